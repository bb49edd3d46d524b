// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.TableSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How a dataflow shall run.
 *
 * @param lanes parallel instances of each keyed step, 1 or more
 * @param readers threads that may share a table, where it can be shared; 1 or more
 * @param transactional transactional sinks stage, and {@link Boundary} commits
 * @param maxStagedRows per transactional sink
 * @param positions where rewindable sources go on, by table name
 * @param sources read instead of those of the dataflow, by table name
 * @param memory for what operators remember, and what waits for a commit
 * @param state present if state is kept beyond the run; then there is one lane
 * @param time what clocks say
 */
public record RunSettings(
    int lanes,
    int readers,
    Services services,
    boolean transactional,
    long maxStagedRows,
    DeadRows deadRows,
    Map<String, String> positions,
    Map<String, TableSource> sources,
    MemoryBudget memory,
    Optional<StateSettings> state,
    Time time,
    Boundary boundary) {
  public RunSettings {
    sources = Map.copyOf(sources);
    positions = Map.copyOf(positions);
    if (state.isPresent() && lanes != 1) {
      throw new IllegalArgumentException("state is kept of runs of one lane only");
    }
  }

  /** The same with state that is kept. */
  public RunSettings with(StateSettings kept) {
    return new RunSettings(
        lanes,
        readers,
        services,
        transactional,
        maxStagedRows,
        deadRows,
        positions,
        sources,
        memory,
        Optional.of(kept),
        time,
        boundary);
  }

  /**
   * Time for a run.
   *
   * @param clock for CURRENT_TIMESTAMP and its kin
   * @param nanoClock {@code System::nanoTime}
   * @param idleTimeout of silence until event time no longer waits for a source; empty for ever
   */
  public record Time(Clock clock, LongSupplier nanoClock, Optional<Duration> idleTimeout) {
    long idleTimeoutNs() {
      return idleTimeout.map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }
  }
}
