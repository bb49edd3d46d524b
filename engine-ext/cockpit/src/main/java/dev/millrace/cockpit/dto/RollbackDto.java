// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.store.RollbackOrder;
import java.time.Instant;
import java.util.Locale;

/**
 * A rollback an operator asked for.
 *
 * @param state QUEUED, CONFLICT, FAILED, DONE or CANCELLED
 * @param message why it stands still: the conflicts, or what failed
 */
public record RollbackDto(
    String id,
    String state,
    String runId,
    String processInstanceId,
    boolean calledInstances,
    String onConflict,
    boolean cancelStarted,
    long runsUndone,
    long effectsUndone,
    long effectsSkipped,
    long instancesCancelled,
    int attempts,
    String message,
    String requestedBy,
    String tenantId,
    Instant createdAt,
    Instant endedAt) {

  public static RollbackDto of(RollbackOrder order) {
    RollbackOrder.Wanted wanted = order.wanted();
    return new RollbackDto(
        order.id(),
        order.state().name(),
        wanted.runId().orElse(null),
        wanted.processInstanceId(),
        wanted.withCalled(),
        wanted.onConflict().name().toLowerCase(Locale.ROOT),
        wanted.cancelStarted(),
        order.done().runs(),
        order.done().effects(),
        order.done().skipped(),
        order.done().cancelled(),
        order.attempts(),
        order.error().orElse(null),
        wanted.requestedBy(),
        wanted.tenantId(),
        order.createdAt(),
        order.endedAt().orElse(null));
  }
}
