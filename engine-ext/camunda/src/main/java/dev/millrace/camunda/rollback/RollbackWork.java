// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import dev.millrace.camunda.run.Failures;
import dev.millrace.camunda.run.IncidentJobs;
import dev.millrace.camunda.run.RetryPolicy;
import dev.millrace.camunda.run.RunPlans;
import dev.millrace.camunda.task.StreamRollbackBehavior;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.camunda.work.Interruption;
import dev.millrace.camunda.work.Work;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.AfterFailure;
import dev.millrace.store.Claim;
import dev.millrace.store.OnFinal;
import dev.millrace.store.Retention;
import dev.millrace.store.Rollback;
import dev.millrace.store.Rollbacks;
import dev.millrace.store.Run;
import dev.millrace.store.RunQuery;
import dev.millrace.store.RunState;
import dev.millrace.store.Undo;
import dev.millrace.store.UndoReport;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The undo of all parked handlers of one process instance. Single-threaded but for its claims. */
public final class RollbackWork implements Work {
  /** The job type of incidents of rollbacks. */
  static final String JOB = "millrace-rollback";

  private static final int MAX_STEPS_TOLD = 50;
  private static final Logger LOG = LoggerFactory.getLogger(RollbackWork.class);

  /**
   * What all rollbacks of a node share.
   *
   * @param wakeAfter told when a rollback is due again
   */
  public record Tools(
      EngineCommands commands,
      Rollbacks rollbacks,
      Undo undo,
      RunPlans plans,
      RetryPolicy retries,
      Consumer<Duration> wakeAfter) {}

  private final String processInstanceId;
  private final List<Rollback> handlers;
  private final List<Claim> claims;
  private final Tools tools;

  /**
   * @param handlers in the order in which they are undone
   */
  RollbackWork(String processInstanceId, List<Rollback> handlers, Tools tools) {
    this.processInstanceId = processInstanceId;
    this.handlers = handlers;
    this.tools = tools;
    claims = new CopyOnWriteArrayList<>(handlers.stream().map(Rollback::claim).toList());
  }

  @Override
  public List<Claim> claims() {
    return claims;
  }

  @Override
  public String name() {
    return "rollback of process instance " + processInstanceId;
  }

  @Override
  public void perform(Interruption interruption) throws InterruptedException {
    Iterator<Rollback> rest = handlers.iterator();
    boolean going = true;
    while (going && rest.hasNext()) {
      going = perform(rest.next(), interruption);
    }
  }

  /** Returns whether the next, older one may follow. */
  private boolean perform(Rollback handler, Interruption interruption) throws InterruptedException {
    try {
      FaultPoint.ROLLBACK_STARTED.reached();
      tools.retries().checkTakeovers(handler.takeovers());
      Outcome outcome =
          interruption.guard(
              () ->
                  tools
                      .commands()
                      .execute(Write.ROLLBACK, (command, db) -> undo(handler, command, db)));
      claims.remove(handler.claim());
      return outcome == Outcome.DONE;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | Error e) {
      failed(handler, Failures.of(e));
      return false;
    }
  }

  private enum Outcome {
    DONE,
    LOST,
    HELD
  }

  private Outcome undo(Rollback handler, CommandContext command, Connection db) throws Exception {
    if (!tools.rollbacks().lock(db, handler.claim())) {
      return Outcome.LOST;
    }
    FaultPoint.ROLLBACK_LOCKED.reached();
    if (waiting(command, handler).filter(ExecutionEntity::isSuspended).isPresent()) {
      holdWhileSuspended(handler, db);
      return Outcome.HELD;
    }
    Optional<String> run = handler.runId();
    if (run.isPresent()) {
      undo(handler, run.get(), command, db);
    } else if (handler.origin().onConflict() == ConflictPolicy.FAIL) {
      checkNotForgotten(db);
    }
    tools.rollbacks().done(db, handler.claim());
    waiting(command, handler).ifPresent(StreamRollbackBehavior::rolledBack);
    return Outcome.DONE;
  }

  /** No attempt is counted: nothing is wrong. */
  private void holdWhileSuspended(Rollback handler, Connection db) throws Exception {
    Duration delay =
        tools.retries().delayAfter(Duration.between(handler.createdAt(), Instant.now()));
    tools.rollbacks().postpone(db, handler.claim(), delay);
    tools.wakeAfter().accept(delay);
  }

  /**
   * @throws MillraceException if something stood in the way: it rolls back the whole command, and
   *     with it also instances that were cancelled
   */
  private void undo(Rollback handler, String runId, CommandContext command, Connection db)
      throws Exception {
    ConflictPolicy policy = handler.origin().onConflict();
    RollbackPreview.Steps steps = new RollbackPreview.Steps(MAX_STEPS_TOLD);
    UndoReport report = undoOf(handler, command).undo(db, runId, policy, steps::add);
    List<String> reasons = new ArrayList<>(report.conflicts());
    finalTables(handler, runId, db)
        .forEach(table -> reasons.add("table '%s': what was written is final".formatted(table)));
    reasons.addAll(finalsBehind(handler, runId, db));
    if (!reasons.isEmpty() && policy == ConflictPolicy.FAIL) {
      throw RollbackErrors.conflicts(
          handler.origin().compensatedActivityId(), reasons, steps.changeLines());
    }
  }

  private Undo undoOf(Rollback handler, CommandContext command) {
    return switch (handler.origin().onFinal()) {
      case REFUSE, ASK -> tools.undo();
      case KEEP -> tools.undo().keepingFinals();
      case CANCEL ->
          tools
              .undo()
              .with(
                  new StartedInstances(
                      command.getProcessEngineConfiguration().getRuntimeService(), true));
    };
  }

  /** Tables about whose final effects the handler shall ask, without a journal. */
  private List<String> finalTables(Rollback handler, String runId, Connection db) throws Exception {
    return switch (handler.origin().onFinal()) {
      case REFUSE, KEEP -> List.of();
      case ASK, CANCEL ->
          RunPlans.finalTables(tools.plans().of(RunQuery.find(db, runId).orElseThrow()));
    };
  }

  /**
   * What younger runs of the process instance have written that is final and still stands: nothing
   * before it is undone without asking, unless the model says what becomes of final effects.
   */
  private List<String> finalsBehind(Rollback handler, String runId, Connection db)
      throws Exception {
    OnFinal onFinal = handler.origin().onFinal();
    if (onFinal == OnFinal.KEEP || onFinal == OnFinal.CANCEL) {
      return List.of();
    }
    long undone = RunQuery.find(db, runId).orElseThrow().commitSequence().orElse(Long.MAX_VALUE);
    List<String> reasons = new ArrayList<>();
    for (Run run : RunQuery.ofProcessInstances(db, Set.of(processInstanceId))) {
      if (run.state() == RunState.COMPLETED
          && run.metrics().rowsOut() > 0
          && run.commitSequence().orElse(0) > undone) {
        RunPlans.allFinalTables(tools.plans().of(run))
            .forEach(
                table ->
                    reasons.add(
                        "table '%s': what '%s' wrote after it is final"
                            .formatted(table, run.origin().activityId())));
      }
    }
    return reasons;
  }

  /** A handler whose journal was removed must not pass for one with nothing to undo. */
  private void checkNotForgotten(Connection db) throws Exception {
    Optional<Retention.Forgotten> forgotten = Retention.forgotten(db, processInstanceId);
    if (forgotten.isPresent()) {
      throw RollbackErrors.notCompensatable(processInstanceId, forgotten.get().since());
    }
  }

  private static Optional<ExecutionEntity> waiting(CommandContext command, Rollback handler) {
    return Optional.ofNullable(
            command.getExecutionManager().findExecutionById(handler.origin().executionId()))
        .filter(each -> handler.origin().activityId().equals(each.getActivityId()))
        .filter(each -> handler.origin().activityInstanceId().equals(each.getActivityInstanceId()));
  }

  private void incident(
      Rollback handler, MillraceException failure, CommandContext command, Connection db)
      throws Exception {
    if (tools
        .rollbacks()
        .fail(db, handler.claim(), failure.report(), new AfterFailure.Incident())) {
      waiting(command, handler)
          .ifPresent(execution -> IncidentJobs.create(execution, JOB, handler.id(), failure));
    }
  }

  /** Rows that were changed since are for the operator: no fault of ours. */
  private void log(MillraceException failure) {
    if (failure.category() == ErrorCategory.DATA) {
      LOG.info("{} waits for an operator: {}", name(), failure.report());
    } else {
      LOG.warn("{} failed: {}", name(), failure.report(), failure);
    }
  }

  private void failed(Rollback handler, MillraceException failure) throws InterruptedException {
    log(failure);
    FaultPoint.ROLLBACK_FAILING.reached();
    boolean passing =
        failure.category() == ErrorCategory.CONNECTOR
            || failure.category() == ErrorCategory.RESOURCE;
    int failedAttempts = handler.attempts() + 1;
    try {
      if (passing && tools.retries().allows(failedAttempts)) {
        Duration delay = tools.retries().delay(failedAttempts);
        tools.rollbacks().fail(handler.claim(), failure.report(), new AfterFailure.Retry(delay));
        tools.wakeAfter().accept(delay);
      } else {
        tools
            .commands()
            .execute(
                Write.ROLLBACK_FAILURE,
                (command, db) -> {
                  incident(handler, failure, command, db);
                  return null;
                });
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the failure of " + name() + " was not recorded", e);
    }
  }
}
