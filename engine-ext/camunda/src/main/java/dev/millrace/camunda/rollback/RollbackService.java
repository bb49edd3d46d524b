// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import dev.millrace.camunda.run.Failures;
import dev.millrace.camunda.run.IncidentJobs;
import dev.millrace.camunda.run.RunPlans;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.camunda.transaction.EngineTransaction;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.JournaledEffect;
import dev.millrace.store.Rollback;
import dev.millrace.store.RollbackOrder;
import dev.millrace.store.RollbackState;
import dev.millrace.store.Run;
import dev.millrace.store.Store;
import dev.millrace.store.Undo;
import dev.millrace.store.UndoReport;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Rollback on request: what an operator or another program may ask. Thread-safe; each call is one
 * transaction of its own, so it must not be made from inside an engine command.
 *
 * <p>{@link #order} queues a rollback: it is carried out by any node, survives a crash in the
 * middle, and can be asked for. {@link #rollBack} does it at once, on this thread.
 *
 * <p>Nothing here asks who may do it: callers do.
 */
public final class RollbackService {
  private final EngineCommands commands;
  private final Store store;
  private final RunPlans plans;
  private final RuntimeService runtime;
  private final Runnable wake;

  /**
   * @param wake told when there is something to do
   */
  public RollbackService(
      EngineCommands commands, Store store, RunPlans plans, RuntimeService runtime, Runnable wake) {
    this.commands = commands;
    this.store = store;
    this.plans = plans;
    this.runtime = runtime;
    this.wake = wake;
  }

  /** The runs in a scope, whatever became of them. */
  public List<Run> runs(RollbackScope scope) {
    return unchecked(() -> commands.read((command, db) -> new ScopeRuns(command, db).all(scope)));
  }

  /**
   * What a rollback would do now. Changes nothing; locks the rows for that moment.
   *
   * @param cancelStarted as it would be asked for
   * @param maxSteps told of each run
   * @throws MillraceException if the journal was removed with the instance's history
   */
  public RollbackPreview preview(RollbackScope scope, boolean cancelStarted, int maxSteps) {
    return unchecked(
        () -> {
          List<Run> runs =
              commands.read((command, db) -> new ScopeRuns(command, db).undoable(scope));
          List<Run> unfinished =
              commands.read((command, db) -> new ScopeRuns(command, db).unfinished(scope));
          Map<String, RollbackPreview.Steps> steps = new LinkedHashMap<>();
          runs.forEach(run -> steps.put(run.id(), new RollbackPreview.Steps(maxSteps)));
          Undo undo =
              cancelStarted
                  ? store.undo().with(new StartedInstances(runtime, false))
                  : store.undo();
          List<UndoReport> reports =
              undo.preview(List.copyOf(steps.keySet()), step -> steps.get(step.runId()).add(step));
          List<RollbackPreview.OfRun> previews = new ArrayList<>();
          for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            previews.add(steps.get(run.id()).of(run, reports.get(i), finalTables(run)));
          }
          return new RollbackPreview(previews, unfinished);
        });
  }

  /** A script that is gone or no longer valid tells nothing: the journal does. */
  private List<String> finalTables(Run run) throws Exception {
    try {
      return RunPlans.finalTables(plans.of(run));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      return List.of("unknown, as its script cannot be read any more: " + Failures.of(e).report());
    }
  }

  /** As {@link #preview(RollbackScope, boolean, int)}, of a process instance. */
  public RollbackPreview preview(String processInstanceId) {
    return preview(RollbackScope.instance(processInstanceId), false, Integer.MAX_VALUE);
  }

  /** As {@link #preview(RollbackScope, boolean, int)}, of one run. */
  public RollbackPreview previewRun(String runId) {
    return preview(RollbackScope.run(runId), false, Integer.MAX_VALUE);
  }

  /**
   * Undoes a scope now, newest run first, all of it or nothing.
   *
   * @param cancelStarted also cancels process instances its runs have started
   * @return one report a run; if one has conflicts, nothing was changed
   */
  public List<UndoReport> rollBack(
      RollbackScope scope, ConflictPolicy policy, boolean cancelStarted) {
    return unchecked(
        () -> {
          try {
            return commands.execute(
                Write.UNDO,
                (command, db) ->
                    new ScopeUndo(store.undo())
                        .execute(command, db, scope, policy, cancelStarted)
                        .reports());
          } catch (ScopeUndo.ConflictException e) {
            return e.reports();
          }
        });
  }

  /** As {@link #rollBack}, of one run, whatever its process instance does. */
  public UndoReport rollBackRun(String runId, ConflictPolicy policy) {
    List<UndoReport> reports = rollBack(RollbackScope.run(runId), policy, false);
    return reports.isEmpty() ? new UndoReport(runId, 0, List.of(), List.of()) : reports.get(0);
  }

  /** As {@link #rollBack}, of a process instance. */
  public List<UndoReport> rollBackInstance(
      String processInstanceId, boolean withCalled, ConflictPolicy policy) {
    return rollBack(
        withCalled
            ? RollbackScope.withCalled(processInstanceId)
            : RollbackScope.instance(processInstanceId),
        policy,
        false);
  }

  /**
   * Queues a rollback.
   *
   * @param requestedBy a user's id; null if nobody says
   * @return its id, for {@link #find}
   * @throws MillraceException if there is nothing to roll back: no such run, or the journal is gone
   */
  public String order(
      RollbackScope scope, ConflictPolicy policy, boolean cancelStarted, String requestedBy) {
    String id =
        unchecked(
            () ->
                commands.execute(
                    Write.ORDER_STEERING,
                    (command, db) -> {
                      List<Run> runs = new ScopeRuns(command, db).all(scope);
                      if (runs.isEmpty()) {
                        throw RollbackErrors.noRuns(scope.processInstanceId().orElse(""));
                      }
                      Run first = runs.get(0);
                      return store
                          .rollbackOrders()
                          .insert(
                              db,
                              new RollbackOrder.Wanted(
                                  scope.runId(),
                                  scope
                                      .processInstanceId()
                                      .orElse(first.origin().processInstanceId()),
                                  scope.withCalled(),
                                  policy,
                                  cancelStarted,
                                  requestedBy,
                                  first.origin().tenantId()));
                    }));
    wake.run();
    return id;
  }

  /** A rollback that was ordered. */
  public Optional<RollbackOrder> find(String orderId) {
    return unchecked(() -> store.rollbackOrders().find(orderId));
  }

  /** The newest rollbacks that were ordered. */
  public List<RollbackOrder> orders(int first, int max) {
    return unchecked(() -> store.rollbackOrders().list(first, max));
  }

  /** The scope of an order. */
  public static RollbackScope scope(RollbackOrder order) {
    return OrderWork.scope(order.wanted());
  }

  /**
   * Goes on with an ordered rollback that met conflicts or failed.
   *
   * @param policy what shall become of rows that stand in the way
   * @return false if it does not stand still
   */
  public boolean resumeOrder(String orderId, ConflictPolicy policy) {
    boolean resumed =
        unchecked(
            () ->
                commands.execute(
                    Write.ORDER_STEERING,
                    (command, db) -> store.rollbackOrders().resume(db, orderId, policy)));
    wake.run();
    return resumed;
  }

  /** Gives an ordered rollback up that has changed nothing yet; false if it has ended. */
  public boolean cancelOrder(String orderId) {
    return unchecked(
        () ->
            commands.execute(
                Write.ORDER_STEERING, (command, db) -> store.rollbackOrders().cancel(db, orderId)));
  }

  /** A running process instance that a run has started. */
  public record Started(
      String processInstanceId, String processDefinitionId, Optional<String> tenantId) {}

  /** What a rollback with {@code cancelStarted} would cancel. */
  public List<Started> started(RollbackScope scope) {
    return unchecked(
        () ->
            commands.read(
                (command, db) -> {
                  List<Started> started = new ArrayList<>();
                  for (Run run : new ScopeRuns(command, db).undoable(scope)) {
                    for (JournaledEffect each :
                        Undo.standing(db, run.id(), StartedInstances.CONNECTOR)) {
                      ExecutionEntity instance =
                          command
                              .getExecutionManager()
                              .findExecutionById(StartedInstances.instance(each.effect()));
                      if (instance != null) {
                        started.add(
                            new Started(
                                instance.getId(),
                                instance.getProcessDefinitionId(),
                                Optional.ofNullable(instance.getTenantId())));
                      }
                    }
                  }
                  return started;
                }));
  }

  /** The compensation handlers of a process instance, oldest first. */
  public List<Rollback> handlers(String processInstanceId) {
    return unchecked(() -> store.rollbacks().ofProcessInstance(processInstanceId));
  }

  /**
   * Goes on with the handlers of a process instance that met a conflict.
   *
   * @param policy what shall become of rows that stand in the way
   * @return how many handlers had waited for this
   */
  public int resume(String processInstanceId, ConflictPolicy policy) {
    return unchecked(
        () -> {
          List<Rollback> waiting =
              store.rollbacks().ofProcessInstance(processInstanceId).stream()
                  .filter(rollback -> rollback.state() == RollbackState.INCIDENT)
                  .toList();
          return commands.execute(
              Write.ROLLBACK_RESUMPTION, (command, db) -> resume(waiting, policy, command, db));
        });
  }

  private int resume(
      List<Rollback> waiting, ConflictPolicy policy, CommandContext command, Connection db)
      throws Exception {
    int resumed = 0;
    for (Rollback rollback : waiting) {
      if (store.rollbacks().resume(db, rollback.id(), policy)) {
        resumed++;
        ExecutionEntity execution =
            command.getExecutionManager().findExecutionById(rollback.origin().executionId());
        if (execution != null) {
          IncidentJobs.resolve(execution, RollbackWork.JOB);
        }
      }
    }
    EngineTransaction.current().afterCommit(wake);
    return resumed;
  }

  @FunctionalInterface
  private interface Request<T> {
    T answer() throws Exception;
  }

  private static <T> T unchecked(Request<T> request) {
    try {
      return request.answer();
    } catch (MillraceException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.of(e);
    } catch (Exception e) {
      throw Failures.of(e);
    }
  }
}
