// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.engine.PipelineProgress;
import dev.millrace.store.StoredProgress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a pipeline has come since it was started on its node.
 *
 * @param at when that was: by now on the node that runs it, else when that last told
 * @param snapshot null if it remembers nothing
 */
public record ProgressDto(
    Instant at, List<Source> sources, List<Window> windows, Snapshot snapshot) {
  /**
   * A table that is read.
   *
   * @param watermark event time it has reached; null if none is declared or no row has come
   * @param idle event time does not wait for it
   * @param lagRows rows it has beyond those read; null if it cannot tell
   */
  public record Source(
      String table, long rowsIn, Instant watermark, boolean idle, long silentMillis, Long lagRows) {
    static Source of(PipelineProgress.Source source) {
      return new Source(
          source.table(),
          source.rowsIn(),
          time(source.watermarkMicros()),
          source.idle(),
          source.silent().toMillis(),
          source.lagRows().isPresent() ? source.lagRows().getAsLong() : null);
    }
  }

  /**
   * The next window of an operator, and why it has not fired.
   *
   * @param operator as EXPLAIN shows it
   * @param firesAt the watermark it waits for
   * @param watermark that has reached it; null before the first
   * @param heldBackBy the source with the lowest watermark; null if all are idle
   * @param heldBackByPart its part with the lowest, such as a topic's partition; null without parts
   */
  public record Window(
      String operator,
      Instant firesAt,
      Instant watermark,
      String heldBackBy,
      String heldBackByPart) {
    static Window of(PipelineProgress.Window window) {
      return new Window(
          window.operator(),
          instant(window.firesAtMicros()).orElse(null),
          time(window.watermarkMicros()),
          window.heldBackBy().orElse(null),
          window.heldBackByPart().orElse(null));
    }
  }

  /**
   * What the pipeline remembers, as it was last written down.
   *
   * @param taken since the start
   * @param rowsSince that would be read again after a crash
   * @param damaged snapshots passed over at the start
   */
  public record Snapshot(
      long taken, long bytes, long tookMillis, long ageMillis, long rowsSince, int damaged) {
    static Snapshot of(PipelineProgress.State state) {
      return new Snapshot(
          state.snapshots(),
          state.bytes(),
          state.took().toMillis(),
          state.age().toMillis(),
          state.rowsSince(),
          state.damaged());
    }
  }

  static ProgressDto of(StoredProgress told) {
    PipelineProgress progress = told.progress();
    return new ProgressDto(
        told.at(),
        progress.sources().stream().map(Source::of).toList(),
        progress.windows().stream().map(Window::of).toList(),
        progress.state().map(Snapshot::of).orElse(null));
  }

  private static Instant time(OptionalLong micros) {
    return micros.isPresent() ? instant(micros.getAsLong()).orElse(null) : null;
  }

  /** The least and the greatest value stand for none and for the end of all input. */
  static Optional<Instant> instant(long micros) {
    return micros == Long.MIN_VALUE || micros == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }
}
