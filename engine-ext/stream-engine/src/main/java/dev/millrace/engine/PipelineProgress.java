// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a pipeline has come since it was started here, and what it waits for.
 *
 * @param metrics rows in, out, late, dead; event time
 * @param sources each table that is read
 * @param windows the next window of each operator that has one open, and why it has not fired
 * @param state how what is remembered is kept; empty if nothing is
 */
public record PipelineProgress(
    RunMetrics metrics, List<Source> sources, List<Window> windows, Optional<State> state) {
  public PipelineProgress {
    sources = List.copyOf(sources);
    windows = List.copyOf(windows);
  }

  /**
   * How far a source has come.
   *
   * @param table its name
   * @param rowsIn read
   * @param watermarkMicros event time it has reached; empty if none is declared or no row has come
   * @param idle event time does not wait for it, as it was silent for {@code
   *     table.exec.source.idle-timeout}
   * @param silent how long no row has come
   * @param lagRows rows it has beyond those read, where it can tell
   */
  public record Source(
      String table,
      long rowsIn,
      OptionalLong watermarkMicros,
      boolean idle,
      Duration silent,
      OptionalLong lagRows) {}

  /**
   * A window that waits for event time.
   *
   * @param operator as EXPLAIN shows it
   * @param firesAtMicros the watermark it waits for
   * @param watermarkMicros that has reached it; empty before the first
   * @param heldBackBy the source whose watermark is the lowest of those it waits for; empty if all
   *     are idle
   * @param heldBackByPart of that source, such as a topic's partition; empty if it has no parts
   */
  public record Window(
      String operator,
      long firesAtMicros,
      OptionalLong watermarkMicros,
      Optional<String> heldBackBy,
      Optional<String> heldBackByPart) {}

  /**
   * What is remembered, as it was last written down.
   *
   * @param snapshots taken since the start
   * @param bytes of the last one
   * @param took how long the pipeline stood still for it
   * @param age of the last one
   * @param rowsSince that would be read again after a crash
   * @param damaged snapshots passed over at the start, as they were damaged
   */
  public record State(
      long snapshots, long bytes, Duration took, Duration age, long rowsSince, int damaged) {}
}
