// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.engine.DeadLetter;
import java.time.Instant;
import java.util.Optional;

/**
 * A dead letter as stored; ids grow.
 *
 * @param runId of the run it is of; else it is a pipeline's
 * @param refused what was to be sent to a foreign system, where that is what went wrong, and is
 *     whole
 * @param endedBy who replayed or discarded it, or wants it to be replayed, if somebody said
 * @param attempts how often it went through a running pipeline
 * @param lateRows of it that came too late for all their windows when it was replayed
 */
public record StoredDeadLetter(
    long id,
    Optional<String> runId,
    Optional<String> pipeline,
    DeadLetter letter,
    Optional<RefusedRecord> refused,
    State state,
    Instant createdAt,
    Optional<Instant> endedAt,
    Optional<String> endedBy,
    int attempts,
    long lateRows) {

  /** Whether it can be replayed as it is. */
  public boolean isReplayable() {
    return refused.isPresent() || letter.isReplayable();
  }

  /** What became of a dead letter. */
  public enum State {
    /** Nobody has looked after it yet. */
    OPEN,
    /** The pipeline it is of shall process it again as soon as it runs. */
    REQUESTED,
    /** Processed again, as it was or corrected; once. */
    REPLAYED,
    /** An operator has decided that it is not needed. */
    DISCARDED
  }
}
