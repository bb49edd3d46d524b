// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.effect.EffectJournal;
import dev.millrace.spi.outbox.Outbox;
import java.sql.Connection;

/**
 * The engine's database transaction, open on the calling thread, in which a run's effects happen.
 */
public interface SinkTransaction {
  /** Belongs to the transaction: never commit, roll back or close it. */
  Connection connection();

  EffectJournal journal();

  /**
   * For effects on foreign systems: they happen after the commit.
   *
   * @throws IllegalStateException if the host has none
   */
  default Outbox outbox() {
    throw new IllegalStateException("this host has no outbox");
  }
}
