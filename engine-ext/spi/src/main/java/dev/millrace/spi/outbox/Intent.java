// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.outbox;

/**
 * A record that has been committed and is to be sent.
 *
 * @param sequence its place among those of its target: larger than all before it
 */
public record Intent(long sequence, OutboxRecord record) {}
