// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.engine.RunMetrics;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A run as stored.
 *
 * @param origin what it was queued with
 * @param owner the node that holds it; empty unless {@link RunState#RUNNING}
 * @param dueAt not claimable before
 * @param attempts failed since it was queued or requeued
 * @param takeovers how often its node died with it since then
 * @param failure the newest one
 * @param metrics of its completed execution; the watermark is not stored
 * @param commitSequence its place in the journal's order among all completed runs; empty before
 */
public record Run(
    String id,
    NewRun origin,
    RunState state,
    long epoch,
    Optional<String> owner,
    Optional<Instant> leaseUntil,
    Optional<Instant> dueAt,
    int attempts,
    int takeovers,
    Optional<RunFailure> failure,
    RunMetrics metrics,
    OptionalLong commitSequence,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt) {

  public Claim claim() {
    return new Claim(id, epoch);
  }
}
