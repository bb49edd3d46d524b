// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.outbox;

/**
 * That a target is still this node's to send to. A node that stood still may have lost it to
 * another, which has sent newer records since.
 */
@FunctionalInterface
public interface Hold {
  /** Nobody else sends: there is one node only. */
  Hold UNDISPUTED = () -> {};

  /**
   * Asks without a trip to the database: cheap enough for each record.
   *
   * @throws InterruptedException if another node may have the target by now, or this one stops:
   *     nothing more may be sent
   */
  void check() throws InterruptedException;
}
