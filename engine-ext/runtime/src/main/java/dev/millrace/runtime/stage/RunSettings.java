// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.TableSource;
import java.util.Map;

/**
 * How a dataflow shall run.
 *
 * @param lanes parallel instances of each keyed step, 1 or more
 * @param transactional transactional sinks stage, and {@link Boundary} commits
 * @param maxStagedRows per transactional sink
 * @param positions where rewindable sources go on, by table name
 * @param sources read instead of those of the dataflow, by table name
 */
public record RunSettings(
    int lanes,
    Services services,
    boolean transactional,
    long maxStagedRows,
    DeadRows deadRows,
    Map<String, String> positions,
    Map<String, TableSource> sources,
    Boundary boundary) {
  public RunSettings {
    sources = Map.copyOf(sources);
    positions = Map.copyOf(positions);
  }
}
