// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.option.ConfigOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of {@code kafka} and {@code upsert-kafka} tables: Flink's, and {@code connection}.
 */
final class KafkaOptions {
  /** {@code scan.startup.mode}. */
  enum Startup {
    EARLIEST_OFFSET,
    LATEST_OFFSET,
    GROUP_OFFSETS,
    TIMESTAMP,
    SPECIFIC_OFFSETS
  }

  /** {@code scan.bounded.mode}. */
  enum Bound {
    UNBOUNDED,
    LATEST_OFFSET,
    GROUP_OFFSETS,
    TIMESTAMP,
    SPECIFIC_OFFSETS
  }

  /** {@code value.fields-include}. */
  enum ValueFields {
    ALL,
    EXCEPT_KEY
  }

  /** {@code sink.delivery-guarantee}. */
  enum Delivery {
    NONE,
    AT_LEAST_ONCE,
    EXACTLY_ONCE
  }

  /** {@code sink.partitioner}. */
  enum Partitioner {
    DEFAULT,
    FIXED,
    ROUND_ROBIN
  }

  private static final String ONE_THREAD =
      "Accepted and without meaning: one thread writes a table, in order.";
  private static final int MAX_READERS = 1024;

  static final String FORMAT = "format";
  static final String KEY_FORMAT = "key.format";
  static final String VALUE_FORMAT = "value.format";

  static final ConfigOption<String> CONNECTION =
      ConfigOption.string("connection", "The configured cluster: 'millrace.kafka.<name>'.");
  static final ConfigOption<List<String>> TOPIC =
      list("topic", "The topic; several to read from, or to choose from by metadata 'topic'.");
  static final ConfigOption<String> TOPIC_PATTERN =
      ConfigOption.string("topic-pattern", "Regular expression (RE2) of the topics to read.");

  static final ConfigOption<List<String>> KEY_FIELDS =
      list("key.fields", "The columns that are the record's key.");
  static final ConfigOption<String> KEY_FIELDS_PREFIX =
      ConfigOption.string(
          "key.fields-prefix", "What the names of key columns start with, and the key's do not.");
  static final ConfigOption<ValueFields> VALUE_FIELDS_INCLUDE =
      ConfigOption.oneOf(
              "value.fields-include",
              ValueFields.class,
              "Whether the columns of the key are part of the value, too.")
          .defaultTo(ValueFields.ALL);

  static final ConfigOption<Startup> STARTUP_MODE =
      ConfigOption.oneOf(
              "scan.startup.mode",
              Startup.class,
              "Where reading starts, the first time; then the position committed with the work"
                  + " decides.")
          .defaultTo(Startup.GROUP_OFFSETS);
  static final ConfigOption<String> STARTUP_OFFSETS =
      ConfigOption.string(
          "scan.startup.specific-offsets", "'partition:0,offset:42;partition:1,offset:300'.");
  static final ConfigOption<Long> STARTUP_TIMESTAMP =
      ConfigOption.bigint("scan.startup.timestamp-millis", "Milliseconds since the epoch.");
  static final ConfigOption<Bound> BOUNDED_MODE =
      ConfigOption.oneOf(
              "scan.bounded.mode", Bound.class, "Where reading ends, as it is at the start.")
          .defaultTo(Bound.UNBOUNDED);
  static final ConfigOption<String> BOUNDED_OFFSETS =
      ConfigOption.string(
          "scan.bounded.specific-offsets",
          "The first offsets not read; partitions not named are not read.");
  static final ConfigOption<Long> BOUNDED_TIMESTAMP =
      ConfigOption.bigint("scan.bounded.timestamp-millis", "Milliseconds since the epoch.");
  static final ConfigOption<Duration> DISCOVERY_INTERVAL =
      ConfigOption.duration(
              "scan.topic-partition-discovery.interval",
              "How often new partitions are looked for; 0 for never. They are read from their"
                  + " start.")
          .defaultTo(Duration.ofMinutes(5));
  static final ConfigOption<Integer> SCAN_PARALLELISM =
      new ConfigOption<>(
          "scan.parallelism",
          KafkaOptions::readers,
          "a number from 1 to " + MAX_READERS,
          Optional.empty(),
          "How many consumers share the partitions, each on a thread of its own; as many as the run"
              + " has lanes unless given.");

  static final ConfigOption<Partitioner> PARTITIONER =
      ConfigOption.oneOf(
              "sink.partitioner",
              Partitioner.class,
              "'default' and 'round-robin' leave it to the client, 'fixed' is the first partition;"
                  + " classes are not loaded.")
          .defaultTo(Partitioner.DEFAULT);
  static final ConfigOption<Delivery> DELIVERY =
      ConfigOption.oneOf(
              "sink.delivery-guarantee",
              Delivery.class,
              "For the command line. In the engine, output is exactly once by the outbox.")
          .defaultTo(Delivery.AT_LEAST_ONCE);
  static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX =
      ConfigOption.string(
          "sink.transactional-id-prefix", "Names the transactions of 'exactly-once'.");
  static final ConfigOption<String> NAMING_STRATEGY =
      ConfigOption.string(
          "sink.transaction-naming-strategy",
          "Accepted and without meaning: one transactional id a table.");
  static final ConfigOption<Integer> SINK_PARALLELISM =
      ConfigOption.integer("sink.parallelism", ONE_THREAD);

  private static final Set<ConfigOption<?>> COMMON =
      Set.of(
          CONNECTION,
          TOPIC,
          TOPIC_PATTERN,
          KEY_FIELDS_PREFIX,
          VALUE_FIELDS_INCLUDE,
          BOUNDED_MODE,
          BOUNDED_OFFSETS,
          BOUNDED_TIMESTAMP,
          DISCOVERY_INTERVAL,
          SCAN_PARALLELISM,
          DELIVERY,
          TRANSACTIONAL_ID_PREFIX,
          NAMING_STRATEGY,
          SINK_PARALLELISM);

  static final Set<ConfigOption<?>> OF_KAFKA =
      withCommon(Set.of(KEY_FIELDS, STARTUP_MODE, STARTUP_OFFSETS, STARTUP_TIMESTAMP, PARTITIONER));

  static final Set<ConfigOption<?>> OF_UPSERT_KAFKA =
      withCommon(
          Set.of(
              ConfigOption.integer(
                  "sink.buffer-flush.max-rows",
                  "Accepted and without meaning: rows are not held back."),
              ConfigOption.duration(
                  "sink.buffer-flush.interval",
                  "Accepted and without meaning: rows are not held back.")));

  private KafkaOptions() {}

  /** These, those of both connectors, and the client's. */
  private static Set<ConfigOption<?>> withCommon(Set<ConfigOption<?>> own) {
    Set<ConfigOption<?>> all = new HashSet<>(own);
    all.addAll(COMMON);
    all.addAll(ClientProperties.OPTIONS);
    return Set.copyOf(all);
  }

  private static ConfigOption<List<String>> list(String key, String description) {
    return new ConfigOption<>(
        key, KafkaOptions::names, "names separated by semicolons", Optional.empty(), description);
  }

  private static Integer readers(String text) {
    int readers = Integer.parseInt(text);
    if (readers < 1 || readers > MAX_READERS) {
      throw new IllegalArgumentException(text);
    }
    return readers;
  }

  private static List<String> names(String text) {
    List<String> names = Arrays.stream(text.split(";")).map(String::strip).toList();
    if (names.isEmpty() || names.contains("")) {
      throw new IllegalArgumentException(text);
    }
    return names;
  }
}
