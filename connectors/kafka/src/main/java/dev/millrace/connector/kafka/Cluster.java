// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.connector.Endpoints;
import dev.millrace.spi.connector.PlainAddresses;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.option.Options;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a table's topics are, and how its clients are set up. Its text names no secret.
 *
 * @param connection the configured cluster; empty for an address the script gives itself
 */
record Cluster(Optional<String> connection, Map<String, String> ofScript) {
  static final String KIND = "kafka";

  /**
   * What a table's options say.
   *
   * @throws dev.millrace.spi.error.MillraceException category SQL, if the host does not offer it
   */
  static Cluster of(TableContext table) {
    Options options = table.options();
    Set<String> plain = ClientProperties.addressKeys(options);
    Optional<String> connection = options.find(KafkaOptions.CONNECTION);
    if (connection.isPresent() && !plain.isEmpty()) {
      throw KafkaErrors.twoAddresses(table.name(), plain.iterator().next());
    }
    Map<String, String> properties = ClientProperties.of(options);
    if (connection.isPresent()) {
      requireKnown(table, connection.get());
      return new Cluster(connection, properties);
    }
    if (plain.isEmpty()) {
      throw KafkaErrors.noAddress(table.name(), known(table.services()));
    }
    String servers = options.find(ClientProperties.BOOTSTRAP_SERVERS).orElse("");
    boolean allowed =
        table
            .services()
            .find(PlainAddresses.class)
            .filter(addresses -> addresses.allows(servers))
            .isPresent();
    if (!allowed) {
      throw KafkaErrors.plainAddress(
          table.name(), plain.iterator().next(), known(table.services()));
    }
    return new Cluster(Optional.empty(), properties);
  }

  /** As a table's options say it. */
  Map<String, String> address() {
    return connection
        .map(name -> Map.of(KafkaOptions.CONNECTION.key(), name))
        .orElseGet(() -> Map.of(ClientProperties.BOOTSTRAP_SERVERS.key(), toString()));
  }

  /** All settings of a client, the configured ones first: a script cannot change an address. */
  Map<String, Object> properties(Services services) {
    Map<String, Object> properties = new HashMap<>(ofScript);
    connection.ifPresent(name -> properties.putAll(withSecrets(services, name)));
    return properties;
  }

  private static Map<String, String> withSecrets(Services services, String name) {
    return services
        .find(Endpoints.class)
        .flatMap(endpoints -> endpoints.withSecrets(KIND, name))
        .orElseThrow(() -> KafkaErrors.unknownConnection(name, name, known(services)));
  }

  private static void requireKnown(TableContext table, String name) {
    if (table.services().find(Endpoints.class).flatMap(all -> all.find(KIND, name)).isEmpty()) {
      throw KafkaErrors.unknownConnection(table.name(), name, known(table.services()));
    }
  }

  private static Set<String> known(Services services) {
    return services.find(Endpoints.class).map(found -> found.names(KIND)).orElse(Set.of());
  }

  /** For messages: no settings, which may hold secrets. */
  @Override
  public String toString() {
    return connection.orElseGet(() -> ofScript.getOrDefault("bootstrap.servers", ""));
  }
}
