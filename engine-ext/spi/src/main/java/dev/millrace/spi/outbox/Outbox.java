// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.outbox;

import java.util.Optional;

/**
 * Takes what shall be sent once a transaction has committed. Single-threaded, as its transaction.
 */
public interface Outbox {
  /** Adds a record behind all others of its target, in this transaction. */
  void append(OutboxTarget target, OutboxRecord record);

  /** The run whose effects are journaled, and may be taken back one day; empty for a pipeline. */
  Optional<String> runId();
}
