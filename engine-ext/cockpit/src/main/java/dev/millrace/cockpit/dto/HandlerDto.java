// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.store.Rollback;
import java.time.Instant;
import java.util.Locale;

/**
 * A compensation handler that waits, or is done.
 *
 * @param runId claimed for it, if there was one left
 * @param message why it stands still
 */
public record HandlerDto(
    String id,
    String state,
    String activityId,
    String compensatedActivityId,
    String runId,
    String onConflict,
    int attempts,
    String message,
    Instant createdAt,
    Instant endedAt) {

  public static HandlerDto of(Rollback handler) {
    return new HandlerDto(
        handler.id(),
        handler.state().name(),
        handler.origin().activityId(),
        handler.origin().compensatedActivityId(),
        handler.runId().orElse(null),
        handler.origin().onConflict().name().toLowerCase(Locale.ROOT),
        handler.attempts(),
        handler.error().orElse(null),
        handler.createdAt(),
        handler.endedAt().orElse(null));
  }
}
