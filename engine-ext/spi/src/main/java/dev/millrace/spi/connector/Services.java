// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the host offers connectors, by type: configured connections, file roots, a clock, the
 * running process instance. Immutable.
 */
public final class Services {
  private static final Services NONE = new Services(Map.of());

  private final Map<Class<?>, Object> byType;

  private Services(Map<Class<?>, Object> byType) {
    this.byType = byType;
  }

  public static Services none() {
    return NONE;
  }

  /** These services and one more; replaces the one of that type. */
  public <T> Services with(Class<T> type, T service) {
    Map<Class<?>, Object> all = new HashMap<>(byType);
    all.put(type, service);
    return new Services(Map.copyOf(all));
  }

  public <T> Optional<T> find(Class<T> type) {
    return Optional.ofNullable(type.cast(byType.get(type)));
  }

  /**
   * @throws IllegalStateException if the host does not offer it
   */
  public <T> T get(Class<T> type) {
    return find(type)
        .orElseThrow(() -> new IllegalStateException("no " + type.getSimpleName() + " offered"));
  }
}
