// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A parked handler as stored.
 *
 * @param runId claimed for it; empty before, and if its activity had no run left to undo
 * @param attempts failed since it was parked or resumed
 * @param takeovers how often its node died with it since then
 * @param error why it failed, the conflicts for example
 */
public record Rollback(
    String id,
    NewRollback origin,
    RollbackState state,
    Optional<String> runId,
    long epoch,
    Optional<String> owner,
    Optional<Instant> leaseUntil,
    Optional<Instant> dueAt,
    int attempts,
    int takeovers,
    Optional<String> error,
    Instant createdAt,
    Optional<Instant> endedAt) {

  public Claim claim() {
    return new Claim(id, epoch);
  }
}
