// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.deadletter;

import dev.millrace.engine.RunMetrics;
import dev.millrace.store.PipelineState;
import dev.millrace.store.StoredDeadLetter;
import java.util.Optional;

/**
 * What has come of the wish to replay a dead letter.
 *
 * @param state {@code REPLAYED}: it is processed; {@code REQUESTED}: its pipeline, which remembers
 *     rows, processes it between two batches
 * @param rowsIn read in its place; of what is requested none yet
 * @param rowsOut written
 * @param pipelineState of the pipeline that shall process it: one that does not run does so once it
 *     runs again; empty if the letter is processed
 */
public record ReplayAnswer(
    StoredDeadLetter.State state,
    long rowsIn,
    long rowsOut,
    Optional<PipelineState> pipelineState) {

  static ReplayAnswer done(RunMetrics metrics) {
    return new ReplayAnswer(
        StoredDeadLetter.State.REPLAYED, metrics.rowsIn(), metrics.rowsOut(), Optional.empty());
  }

  static ReplayAnswer requested(PipelineState pipeline) {
    return new ReplayAnswer(StoredDeadLetter.State.REQUESTED, 0, 0, Optional.of(pipeline));
  }
}
