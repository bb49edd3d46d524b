// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.config;

import dev.millrace.spi.connector.Endpoints;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@link dev.millrace.camunda.MillracePlugin#setEndpoints} was given. Immutable. */
public final class ConfiguredEndpoints implements Endpoints {
  private final Map<String, Map<String, Map<String, String>>> byKind;
  private final Secrets secrets;

  /**
   * @param byKind settings by kind, name and key
   */
  public ConfiguredEndpoints(
      Map<String, Map<String, Map<String, String>>> byKind, Secrets secrets) {
    this.byKind = Map.copyOf(byKind);
    this.secrets = secrets;
  }

  @Override
  public Optional<Map<String, String>> find(String kind, String name) {
    return Optional.ofNullable(byKind.getOrDefault(kind, Map.of()).get(name));
  }

  @Override
  public Optional<Map<String, String>> withSecrets(String kind, String name) {
    return find(kind, name)
        .map(settings -> secrets.reveal("millrace." + kind + "." + name, settings));
  }

  @Override
  public Set<String> names(String kind) {
    return byKind.getOrDefault(kind, Map.of()).keySet();
  }
}
