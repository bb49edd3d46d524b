// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A {@link Services service}: the configured foreign systems that are no databases, by kind and
 * name. What it gives may hold secrets: never logged, never part of a message. Thread-safe.
 */
public interface Endpoints {
  /**
   * The settings of a system, as its client names them; a secret may be named instead of told.
   *
   * @param kind {@code kafka}
   */
  Optional<Map<String, String>> find(String kind, String name);

  /**
   * The same with all secrets told: for a client that is about to be opened, and kept no longer.
   *
   * @throws dev.millrace.spi.error.MillraceException category CONNECTOR, if a secret is not there
   */
  default Optional<Map<String, String>> withSecrets(String kind, String name) {
    return find(kind, name);
  }

  Set<String> names(String kind);
}
