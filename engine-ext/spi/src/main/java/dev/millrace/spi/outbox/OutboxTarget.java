// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.outbox;

/**
 * A foreign system: what is sent to one is sent in order.
 *
 * @param kind of system, which decides the factory of publishers: {@code kafka}
 * @param name by which it is configured
 */
public record OutboxTarget(String kind, String name) {
  /** Of {@link #toString}. */
  public static OutboxTarget parse(String text) {
    int colon = text.indexOf(':');
    return new OutboxTarget(text.substring(0, colon), text.substring(colon + 1));
  }

  /** {@code kafka:main}. */
  @Override
  public String toString() {
    return kind + ":" + name;
  }
}
