// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A pipeline as stored.
 *
 * @param name its identity across redeployments
 * @param scriptHash tells a changed script from the same one deployed again
 * @param takeovers how often its node died with it since it last committed
 * @param totals over all commits
 * @param committedAt the newest commit
 */
public record Pipeline(
    String name,
    String script,
    String scriptHash,
    Optional<String> deploymentId,
    Optional<String> tenantId,
    PipelineState state,
    long epoch,
    Optional<String> owner,
    Optional<Instant> leaseUntil,
    Optional<Instant> dueAt,
    int attempts,
    int takeovers,
    Optional<RunFailure> failure,
    Totals totals,
    Instant createdAt,
    Optional<Instant> committedAt) {

  /** Rows and commits since the pipeline was first deployed. */
  public record Totals(long rowsIn, long rowsOut, long late, long dead, long commits) {}

  public Claim claim() {
    return new Claim(name, epoch);
  }
}
