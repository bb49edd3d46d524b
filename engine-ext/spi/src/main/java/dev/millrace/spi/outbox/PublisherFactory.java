// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.outbox;

import dev.millrace.spi.connector.Services;

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
