// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.time.Instant;
import java.util.Optional;

/**
 * How far an outbox is with one foreign system.
 *
 * @param target {@code kafka:main}
 * @param outboxId of the outbox and the target together, made when the target was first used
 * @param committed the sequence of the newest record committed
 * @param published the sequence of the newest record known to be sent
 * @param attempts that failed since a record was last sent
 * @param takeovers how often a node died with it since a record was last sent
 */
public record OutboxTargetState(
    String target,
    String outboxId,
    long epoch,
    Optional<String> owner,
    long committed,
    long published,
    int attempts,
    int takeovers,
    Optional<String> error,
    Optional<Instant> publishedAt) {

  public Claim claim() {
    return new Claim(target, epoch);
  }

  /** Records not known to be sent. */
  public long pending() {
    return committed - published;
  }
}
