// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

/**
 * A {@link Services service}: scripts may carry addresses and credentials themselves, such as a
 * JDBC {@code 'url'}. Offered by a host whose own user starts the script, as the command line is; a
 * server does not offer it, and its scripts name configured resources instead. Thread-safe.
 */
@FunctionalInterface
public interface PlainAddresses {
  boolean allows(String address);
}
