// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.camunda.deadletter.ReplayAnswer;

/**
 * What has come of a replay.
 *
 * @param state REPLAYED, or REQUESTED of the pipeline, which remembers rows
 * @param rowsIn read; none yet, if it is requested
 * @param rowsOut written
 * @param pipelineState of the pipeline that shall process it: one that does not run does so once it
 *     runs again; else null
 */
public record ReplayedDto(String state, long rowsIn, long rowsOut, String pipelineState) {
  public static ReplayedDto of(ReplayAnswer answer) {
    return new ReplayedDto(
        answer.state().name(),
        answer.rowsIn(),
        answer.rowsOut(),
        answer.pipelineState().map(Enum::name).orElse(null));
  }
}
