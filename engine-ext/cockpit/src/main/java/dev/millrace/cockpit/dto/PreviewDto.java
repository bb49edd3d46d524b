// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.camunda.rollback.RollbackPreview;
import dev.millrace.spi.effect.UndoOutcome;
import dev.millrace.store.Run;
import dev.millrace.store.UndoStep;
import java.util.List;
import java.util.Map;

/**
 * What a rollback would do now.
 *
 * @param clean true if nothing stands in the way
 * @param unfinished runs still at work, which stand in the way
 * @param text all of it, for a person
 */
public record PreviewDto(
    boolean clean, List<OfRun> runs, List<Unfinished> unfinished, String text) {
  /** A run that has not ended. */
  public record Unfinished(String runId, String activityId, String state) {
    static Unfinished of(Run run) {
      return new Unfinished(run.id(), run.origin().activityId(), run.state().name());
    }
  }

  /**
   * @param changeCount rows that would change, also those not listed
   * @param finals what cannot be taken back
   * @param complete false if more could be listed than was asked for
   */
  public record OfRun(
      String runId,
      String activityId,
      String processInstanceId,
      String state,
      long changeCount,
      List<Step> changes,
      List<Step> conflicts,
      List<String> finals,
      boolean complete) {}

  /**
   * An effect under undo.
   *
   * @param from the columns that would change, as they are; null if there is no row or it is a
   *     conflict
   * @param to as they would be; null if the row would be deleted or it is a conflict
   */
  public record Step(
      long sequence,
      String table,
      Map<String, Object> key,
      Map<String, Object> from,
      Map<String, Object> to,
      String text) {
    static Step of(UndoStep step) {
      Map<String, Object> from = null;
      Map<String, Object> to = null;
      if (step.outcome() instanceof UndoOutcome.Undone undone) {
        from = ShownRow.of(undone.from());
        to = ShownRow.of(undone.to());
      }
      return new Step(
          step.sequence(),
          step.effect().target(),
          ShownRow.of(step.effect().key()),
          from,
          to,
          step.describe());
    }
  }

  public static PreviewDto of(RollbackPreview preview) {
    return new PreviewDto(
        preview.isClean(),
        preview.runs().stream().map(PreviewDto::of).toList(),
        preview.unfinished().stream().map(Unfinished::of).toList(),
        preview.text());
  }

  private static OfRun of(RollbackPreview.OfRun run) {
    return new OfRun(
        run.run().id(),
        run.run().origin().activityId(),
        run.run().origin().processInstanceId(),
        run.run().state().name(),
        run.report().undone(),
        run.changes().stream().map(Step::of).toList(),
        run.conflicts().stream().map(Step::of).toList(),
        run.finals(),
        run.isComplete());
  }
}
