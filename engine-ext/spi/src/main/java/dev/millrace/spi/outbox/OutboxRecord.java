// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.outbox;

/**
 * Something to be sent. The arrays are handed over.
 *
 * @param table whose row it is, as the script names it; empty for one that takes another back
 * @param destination within the target, such as a topic
 * @param key null for none
 * @param payload null for none
 * @param headers what else its connector wants to send, in a form of its own
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, handed on as it is
public record OutboxRecord(
    String table, String destination, byte[] key, byte[] payload, byte[] headers) {
  /** With something else to be sent in its place. */
  public OutboxRecord withPayload(byte[] corrected) {
    return new OutboxRecord(table, destination, key, corrected, headers);
  }
}
