// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import dev.millrace.spi.effect.UndoOutcome;
import dev.millrace.store.Run;
import dev.millrace.store.UndoReport;
import dev.millrace.store.UndoStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a rollback would do now.
 *
 * @param runs newest first, as they would be undone
 * @param unfinished runs still at work: what they are about to write would not be taken back
 */
public record RollbackPreview(List<OfRun> runs, List<Run> unfinished) {
  /**
   * What would become of one run.
   *
   * @param report how many effects would be taken back, and what stands in the way
   * @param changes rows that would change
   * @param conflicts rows that are no longer as the run left them
   * @param finals effects that cannot be taken back, and tables written with such
   * @param isComplete false if there are more steps than were asked for
   */
  public record OfRun(
      Run run,
      UndoReport report,
      List<UndoStep> changes,
      List<UndoStep> conflicts,
      List<String> finals,
      boolean isComplete) {}

  public RollbackPreview {
    runs = List.copyOf(runs);
    unfinished = List.copyOf(unfinished);
  }

  /** True if nothing stands in the way. */
  public boolean isClean() {
    return unfinished.isEmpty()
        && runs.stream().allMatch(run -> run.report().isClean() && run.finals().isEmpty());
  }

  /** For a person. */
  public String text() {
    StringBuilder text = new StringBuilder();
    unfinished.forEach(run -> text.append(ScopeRuns.describeUnfinished(run)).append('\n'));
    for (OfRun each : runs) {
      text.append("run %s of '%s'\n".formatted(each.run().id(), each.run().origin().activityId()));
      lines(text, "would change", each.changes(), UndoStep::describe);
      lines(text, "conflict", each.conflicts(), UndoStep::describe);
      lines(text, "final", each.finals(), Function.identity());
      if (!each.isComplete()) {
        text.append("  …\n");
      }
    }
    return text.toString();
  }

  private static <T> void lines(
      StringBuilder text, String label, List<T> items, Function<T, String> line) {
    for (T item : items) {
      text.append("  ").append(label).append(": ").append(line.apply(item)).append('\n');
    }
  }

  /** Sorts steps, up to a bound. Single-threaded. */
  static final class Steps {
    private final int max;
    private final List<UndoStep> changes = new ArrayList<>();
    private final List<UndoStep> conflicts = new ArrayList<>();
    private final List<UndoStep> finals = new ArrayList<>();
    private boolean complete = true;

    Steps(int max) {
      this.max = max;
    }

    void add(UndoStep step) {
      if (changes.size() + conflicts.size() + finals.size() == max) {
        complete = false;
      } else if (step.isFinal()) {
        finals.add(step);
      } else if (step.outcome() instanceof UndoOutcome.Undone) {
        changes.add(step);
      } else {
        conflicts.add(step);
      }
    }

    OfRun of(Run run, UndoReport report, List<String> finalTables) {
      List<String> allFinals = new ArrayList<>();
      finals.forEach(step -> allFinals.add(step.describe()));
      finalTables.forEach(
          table ->
              allFinals.add(
                  "table '%s' was written, and what was written there stays".formatted(table)));
      return new OfRun(
          run,
          report,
          List.copyOf(changes),
          List.copyOf(conflicts),
          List.copyOf(allFinals),
          complete);
    }

    /** The rows that would change, for a text. */
    List<String> changeLines() {
      List<String> lines = new ArrayList<>();
      changes.forEach(step -> lines.add(step.describe()));
      if (!complete) {
        lines.add("…");
      }
      return lines;
    }
  }
}
