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
   * The settings of a system, as its client names them.
   *
   * @param kind {@code kafka}
   */
  Optional<Map<String, String>> find(String kind, String name);

  Set<String> names(String kind);
}
