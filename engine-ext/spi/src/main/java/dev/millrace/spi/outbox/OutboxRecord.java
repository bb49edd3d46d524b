// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.outbox;

/**
 * Something to be sent. The arrays are handed over.
 *
 * @param destination within the target, such as a topic
 * @param key null for none
 * @param payload null for none
 * @param headers what else its connector wants to send, in a form of its own
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, handed on as it is
public record OutboxRecord(String destination, byte[] key, byte[] payload, byte[] headers) {}
