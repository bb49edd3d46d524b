// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.engine.DeadLetter;
import dev.millrace.store.StoredDeadLetter;
import java.time.Instant;
import java.util.Map;

/**
 * A dead letter.
 *
 * @param side SOURCE, STEP or SINK
 * @param record as text, cut if it is long; its bytes are had by {@code /{id}/bytes}
 * @param row by column, if it had become a row; else null
 * @param replayable whether it can be replayed as it is
 * @param masked whether something is left out
 * @param endedBy who replayed or discarded it, or wants it to be replayed
 * @param attempts how often it went through a running pipeline
 * @param lateRows of it that came too late for all their windows when it was replayed
 */
public record DeadLetterDto(
    long id,
    String state,
    String pipeline,
    String runId,
    String side,
    String table,
    String record,
    Map<String, Object> row,
    String position,
    String error,
    boolean replayable,
    boolean masked,
    Instant createdAt,
    Instant endedAt,
    String endedBy,
    int attempts,
    long lateRows) {

  public static DeadLetterDto of(StoredDeadLetter stored) {
    DeadLetter letter = stored.letter();
    return new DeadLetterDto(
        stored.id(),
        stored.state().name(),
        stored.pipeline().orElse(null),
        stored.runId().orElse(null),
        letter.side().name(),
        letter.table(),
        letter.record(),
        letter.row().isEmpty() ? null : ShownRow.of(letter.row()),
        letter.position(),
        letter.error(),
        stored.isReplayable(),
        letter.masked(),
        stored.createdAt(),
        stored.endedAt().orElse(null),
        stored.endedBy().orElse(null),
        stored.attempts(),
        stored.lateRows());
  }
}
