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
 * @param wish what an operator wants and has not got yet
 * @param remembers what its plan remembers, as {@code dev.millrace.plan.Memory}; empty if it was
 *     deployed by a release that kept no state
 * @param sources what its plan reads, as {@code dev.millrace.plan.Sources}; empty if it was
 *     deployed by a release that did not keep it
 * @param nextScript what it goes on as once it is drained
 * @param nextSources what that reads
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
    Optional<Instant> committedAt,
    Optional<PipelineWish> wish,
    Optional<String> remembers,
    Optional<String> sources,
    Optional<String> nextScript,
    Optional<String> nextSources) {

  /** Rows and commits since the pipeline was first deployed. */
  public record Totals(long rowsIn, long rowsOut, long late, long dead, long commits) {}

  public Claim claim() {
    return new Claim(name, epoch);
  }
}
