// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import java.util.List;

/**
 * Where a process instance comes from, and what it wrote.
 *
 * @param inputs what started and advanced it, oldest first
 * @param runs its runs, oldest first
 */
public record LineageDto(List<TraceDto> inputs, List<OfRun> runs) {
  /**
   * @param written changed rows by table
   */
  public record OfRun(
      String runId, String activityId, String script, String state, List<Written> written) {}

  /** How many rows of a table were changed. */
  public record Written(String connection, String table, long effects) {}
}
