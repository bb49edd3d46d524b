// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.config;

import dev.millrace.spi.connector.Connections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The engine's database and the configured ones. Immutable. */
public final class ConfiguredConnections implements Connections {
  private final Map<String, DataSource> byName;

  public ConfiguredConnections(DataSource engine, Map<String, DataSource> others) {
    byName = new TreeMap<>(others);
    byName.put(ENGINE, engine);
  }

  @Override
  public Optional<DataSource> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  @Override
  public Set<String> names() {
    return Set.copyOf(byName.keySet());
  }
}
