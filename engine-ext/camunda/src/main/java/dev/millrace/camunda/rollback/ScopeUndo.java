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
import java.util.List;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/** Undoes all runs of a scope in one command of the engine, or none. Thread-safe. */
record ScopeUndo(Undo undo) {
  /** What happened: everything, or nothing as there are conflicts. */
  record Outcome(List<UndoReport> reports, long cancelled) {
    List<String> conflicts() {
      return reports.stream().flatMap(report -> report.conflicts().stream()).toList();
    }

    RollbackOrder.Done done() {
      return new RollbackOrder.Done(
          reports.size(),
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
    List<String> runs = new ScopeRuns(command, db).undoable(scope).stream().map(Run::id).toList();
    Undo all =
        cancelStarted
            ? undo.with(
                new StartedInstances(
                    command.getProcessEngineConfiguration().getRuntimeService(), true))
            : undo;
    Cancelled cancelled = new Cancelled();
    List<UndoReport> reports =
        command.runWithoutAuthorization(() -> all.undoAll(db, runs, policy, cancelled::count));
    Outcome outcome = new Outcome(reports, cancelled.instances);
    if (!outcome.conflicts().isEmpty()) {
      throw new ConflictException(reports);
    }
    return outcome;
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
