// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.outbox.OutboxTarget;
import dev.millrace.spi.outbox.Publisher;

/**
 * Opens publishers of one kind of foreign system. Found through {@link java.util.ServiceLoader}.
 */
public interface PublisherFactory {
  /** The {@link OutboxTarget#kind()} it serves. */
  String kind();

  /**
   * @param outboxId of the outbox and the target together: the same for all nodes, different for
   *     any other database
   */
  Publisher open(OutboxTarget target, String outboxId, Services services) throws Exception;
}
