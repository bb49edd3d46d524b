// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The client settings a script may make with {@code properties.*}: those that load no class, open
 * no file and name no host. Where the host allows plain addresses, those of an address, too.
 */
final class ClientProperties {
  static final String PREFIX = "properties.";

  static final ConfigOption<String> BOOTSTRAP_SERVERS =
      ConfigOption.string(
          PREFIX + "bootstrap.servers", "Host and port, where the host allows plain addresses.");
  static final ConfigOption<String> GROUP_ID =
      ConfigOption.string(PREFIX + "group.id", "The group of 'group-offsets'.");
  static final ConfigOption<String> OFFSET_RESET =
      ConfigOption.string(
          PREFIX + "auto.offset.reset",
          "Where 'group-offsets' starts without any: earliest, latest or none.");

  private static final List<String> TUNING =
      List.of(
          "acks",
          "allow.auto.create.topics",
          "batch.size",
          "buffer.memory",
          "check.crcs",
          "client.id",
          "client.rack",
          "compression.type",
          "connections.max.idle.ms",
          "default.api.timeout.ms",
          "delivery.timeout.ms",
          "enable.idempotence",
          "fetch.max.bytes",
          "fetch.max.wait.ms",
          "fetch.min.bytes",
          "heartbeat.interval.ms",
          "isolation.level",
          "linger.ms",
          "max.block.ms",
          "max.in.flight.requests.per.connection",
          "max.partition.fetch.bytes",
          "max.poll.interval.ms",
          "max.poll.records",
          "max.request.size",
          "metadata.max.age.ms",
          "receive.buffer.bytes",
          "reconnect.backoff.max.ms",
          "reconnect.backoff.ms",
          "request.timeout.ms",
          "retries",
          "retry.backoff.max.ms",
          "retry.backoff.ms",
          "send.buffer.bytes",
          "session.timeout.ms",
          "transaction.timeout.ms");

  /** They name hosts and files, or hold secrets. */
  private static final List<String> ADDRESS =
      List.of(
          "sasl.jaas.config",
          "sasl.mechanism",
          "security.protocol",
          "ssl.endpoint.identification.algorithm",
          "ssl.key.password",
          "ssl.keystore.location",
          "ssl.keystore.password",
          "ssl.keystore.type",
          "ssl.truststore.location",
          "ssl.truststore.password",
          "ssl.truststore.type");

  static final Set<ConfigOption<?>> OPTIONS = options();

  private ClientProperties() {}

  private static Set<ConfigOption<?>> options() {
    Set<ConfigOption<?>> options = new HashSet<>(Set.of(BOOTSTRAP_SERVERS, GROUP_ID, OFFSET_RESET));
    TUNING.forEach(key -> options.add(ConfigOption.string(PREFIX + key, "As in Kafka's client.")));
    ADDRESS.forEach(
        key ->
            options.add(
                ConfigOption.string(
                    PREFIX + key, "As in Kafka's client, where the host allows plain addresses.")));
    return Set.copyOf(options);
  }

  /** The keys of an address a table's options hold, as written. */
  static Set<String> addressKeys(Options options) {
    Set<String> keys = new TreeSet<>();
    for (String key : options.values().keySet()) {
      if (key.equals(BOOTSTRAP_SERVERS.key())
          || (key.startsWith(PREFIX) && ADDRESS.contains(key.substring(PREFIX.length())))) {
        keys.add(key);
      }
    }
    return keys;
  }

  /**
   * What a table's options say, as the client names it. Only what is declared here passes, whatever
   * was checked before.
   */
  static Map<String, String> of(Options options) {
    Map<String, String> properties = new HashMap<>();
    for (ConfigOption<?> option : OPTIONS) {
      String value = options.values().get(option.key());
      if (value != null) {
        properties.put(option.key().substring(PREFIX.length()), value);
      }
    }
    return properties;
  }
}
