// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import dev.millrace.camunda.error.CamundaErrors;
import dev.millrace.camunda.run.Failures;
import dev.millrace.camunda.run.IncidentJobs;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.camunda.transaction.EngineTransaction;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.store.Rollback;
import dev.millrace.store.RollbackState;
import dev.millrace.store.Run;
import dev.millrace.store.RunState;
import dev.millrace.store.Store;
import dev.millrace.store.UndoReport;
import java.sql.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * Rollback on request: what an operator or another program may ask. Thread-safe; each call is one
 * transaction of its own, so it must not be made from inside an engine command.
 *
 * <p>Nothing here asks who may do it: callers do.
 */
public final class RollbackService {
  private final EngineCommands commands;
  private final Store store;
  private final Runnable wake;

  public RollbackService(EngineCommands commands, Store store, Runnable wake) {
    this.commands = commands;
    this.store = store;
    this.wake = wake;
  }

  /** What rolling back a process instance would do now, newest run first. Changes nothing. */
  public List<UndoReport> preview(String processInstanceId) {
    return unchecked(
        () ->
            store.undo().preview(undoable(store.runQuery().ofProcessInstance(processInstanceId))));
  }

  /** What rolling back one run would do now. Changes nothing. */
  public UndoReport previewRun(String runId) {
    return unchecked(() -> store.undo().preview(existing(runId).id()));
  }

  /**
   * Undoes one completed run, whatever its process instance does.
   *
   * @return with conflicts only under {@link ConflictPolicy#FAIL}; nothing was then changed
   */
  public UndoReport rollBackRun(String runId, ConflictPolicy policy) {
    return unchecked(() -> store.undo().undo(existing(runId).id(), policy));
  }

  /**
   * Undoes all completed runs of a process instance, newest first, or none of them.
   *
   * @param withCalled also the runs of process instances it called, directly or not; it must then
   *     be a root process instance
   * @return one report a run; if one has conflicts, nothing was changed
   */
  public List<UndoReport> rollBackInstance(
      String processInstanceId, boolean withCalled, ConflictPolicy policy) {
    return unchecked(
        () ->
            store
                .undo()
                .undoAll(
                    undoable(
                        withCalled
                            ? store.runQuery().ofRootProcessInstance(processInstanceId)
                            : store.runQuery().ofProcessInstance(processInstanceId)),
                    policy));
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
          return commands.execute((command, db) -> resume(waiting, policy, command, db));
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

  private static List<String> undoable(List<Run> runs) {
    return runs.stream()
        .filter(run -> run.state() == RunState.COMPLETED)
        .sorted(
            Comparator.comparingLong((Run run) -> run.commitSequence().orElseThrow()).reversed())
        .map(Run::id)
        .toList();
  }

  private Run existing(String runId) throws Exception {
    Optional<Run> run = store.runQuery().find(runId);
    return run.orElseThrow(() -> CamundaErrors.noSuchRun(runId));
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
