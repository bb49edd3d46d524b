// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.UndoOutcome;
import dev.millrace.store.RollbackOrder;
import dev.millrace.store.Run;
import dev.millrace.store.Undo;
import dev.millrace.store.UndoReport;
import dev.millrace.store.UndoStep;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/**
 * Undoes all runs of a scope in one command of the engine, or none. A run still at work is a
 * conflict; where conflicts are skipped or forced, it is left alone and reported. Thread-safe.
 */
record ScopeUndo(Undo undo) {
  /**
   * What happened: everything, or nothing as there are conflicts.
   *
   * @param reports of runs left alone as they are still at work, too
   */
  record Outcome(List<UndoReport> reports, int unfinished, long cancelled) {
    List<String> conflicts() {
      return reports.stream().flatMap(report -> report.conflicts().stream()).toList();
    }

    RollbackOrder.Done done() {
      return new RollbackOrder.Done(
          reports.size() - unfinished,
          reports.stream().mapToLong(UndoReport::undone).sum(),
          reports.stream().mapToLong(report -> report.skipped().size()).sum(),
          cancelled);
    }
  }

  /**
   * What keeps a scope from being undone. It leaves the command, which is thereby rolled back: a
   * cancelled process instance lives on.
   */
  static final class ConflictException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<UndoReport> reports;

    ConflictException(List<UndoReport> reports) {
      super(null, null, false, false);
      this.reports = reports;
    }

    List<UndoReport> reports() {
      return reports;
    }
  }

  Outcome execute(
      CommandContext command,
      Connection db,
      RollbackScope scope,
      ConflictPolicy policy,
      boolean cancelStarted)
      throws Exception {
    ScopeRuns inScope = new ScopeRuns(command, db);
    List<UndoReport> unfinished =
        inScope.unfinished(scope).stream().map(run -> unfinished(run, policy)).toList();
    List<String> runs = inScope.undoable(scope).stream().map(Run::id).toList();
    Undo all =
        cancelStarted
            ? undo.with(
                new StartedInstances(
                    command.getProcessEngineConfiguration().getRuntimeService(), true))
            : undo;
    Cancelled cancelled = new Cancelled();
    List<UndoReport> reports = new ArrayList<>(unfinished);
    reports.addAll(
        command.runWithoutAuthorization(() -> all.undoAll(db, runs, policy, cancelled::count)));
    Outcome outcome = new Outcome(reports, unfinished.size(), cancelled.instances);
    if (!outcome.conflicts().isEmpty()) {
      throw new ConflictException(reports);
    }
    return outcome;
  }

  private static UndoReport unfinished(Run run, ConflictPolicy policy) {
    List<String> reason = List.of(ScopeRuns.describeUnfinished(run));
    return policy == ConflictPolicy.FAIL
        ? new UndoReport(run.id(), 0, List.of(), reason)
        : new UndoReport(run.id(), 0, reason, List.of());
  }

  private static final class Cancelled {
    private long instances;

    void count(UndoStep step) {
      if (step.effect().connector().equals(StartedInstances.CONNECTOR)
          && step.outcome() instanceof UndoOutcome.Undone) {
        instances++;
      }
    }
  }
}
