// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.effect.ConflictPolicy;
import java.time.Instant;
import java.util.Optional;

/**
 * A rollback an operator asked for.
 *
 * @param attempts failed since it was given or resumed
 * @param takeovers from nodes that died with it since then
 * @param error why it stands still: the conflicts, or what failed
 */
public record RollbackOrder(
    String id,
    Wanted wanted,
    State state,
    long epoch,
    Optional<String> owner,
    Optional<Instant> dueAt,
    int attempts,
    int takeovers,
    Optional<String> error,
    Done done,
    Instant createdAt,
    Optional<Instant> endedAt) {

  /**
   * What shall be undone.
   *
   * @param runId of the one run; empty for all of the process instance
   * @param withCalled also the runs of instances it called, directly or not
   * @param cancelStarted also cancel process instances its runs have started
   * @param requestedBy a user's id; null if nobody said
   * @param tenantId null without one
   */
  public record Wanted(
      Optional<String> runId,
      String processInstanceId,
      boolean withCalled,
      ConflictPolicy onConflict,
      boolean cancelStarted,
      String requestedBy,
      String tenantId) {}

  /**
   * What was done: all of it, or nothing yet.
   *
   * @param skipped effects left as they are
   * @param cancelled process instances
   */
  public record Done(long runs, long effects, long skipped, long cancelled) {}

  /**
   * Where an order is.
   *
   * <pre>
   *   insert ──→ QUEUED ── done ──→ DONE
   *               ↑  │
   *        resume │  ├── conflicts ──→ CONFLICT
   *               │  └── failed ─────→ FAILED      QUEUED, CONFLICT, FAILED ── cancel ──→ CANCELLED
   *               └──────┴───────────────┘
   * </pre>
   */
  public enum State {
    /** A node works on it, or will. */
    QUEUED,
    /** Rows stood in the way; nothing was changed. An operator decides. */
    CONFLICT,
    /** It failed; nothing was changed. An operator decides. */
    FAILED,
    /** All is undone. */
    DONE,
    /** An operator gave it up; nothing was changed. */
    CANCELLED
  }

  public Claim claim() {
    return new Claim(id, epoch);
  }
}
