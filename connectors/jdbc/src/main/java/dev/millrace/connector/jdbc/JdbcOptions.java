// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.connector.LookupOptions;
import dev.millrace.spi.option.ConfigOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The options of a {@code jdbc} table: Flink's, {@code connection} and the additive columns. */
final class JdbcOptions {
  static final ConfigOption<String> TABLE_NAME =
      ConfigOption.string("table-name", "The table in the database: 'orders' or 'sales.orders'.");
  static final ConfigOption<String> CONNECTION =
      ConfigOption.string(
          "connection", "The configured connection; 'engine' is the engine's own database.");
  static final ConfigOption<String> URL =
      ConfigOption.string("url", "JDBC URL, where the host allows plain addresses.");
  static final ConfigOption<String> USERNAME =
      ConfigOption.string("username", "User, together with 'url'.");
  static final ConfigOption<String> PASSWORD =
      ConfigOption.string("password", "Password, together with 'url'.");
  static final ConfigOption<String> DRIVER =
      ConfigOption.string(
          "driver", "Class of the driver, together with 'url'; by default the URL decides.");
  static final ConfigOption<Duration> MAX_RETRY_TIMEOUT =
      ConfigOption.duration(
              "connection.max-retry-timeout",
              "Accepted and without meaning: a broken connection is replaced at once.")
          .defaultTo(Duration.ofSeconds(60));

  static final ConfigOption<Integer> SCAN_FETCH_SIZE =
      ConfigOption.integer(
              "scan.fetch-size", "Rows read per round trip; 0 leaves it to the driver.")
          .defaultTo(1000);
  static final ConfigOption<Boolean> SCAN_AUTO_COMMIT =
      ConfigOption.bool(
              "scan.auto-commit",
              "Scan outside a transaction; PostgreSQL then reads the whole table into memory.")
          .defaultTo(false);
  static final ConfigOption<String> SCAN_PARTITION_COLUMN =
      ConfigOption.string(
          "scan.partition.column", "Numeric or temporal column the bounds are about.");
  static final ConfigOption<Integer> SCAN_PARTITION_NUM =
      ConfigOption.integer(
          "scan.partition.num", "Accepted and without meaning: one thread scans all partitions.");
  static final ConfigOption<Long> SCAN_PARTITION_LOWER_BOUND =
      ConfigOption.bigint("scan.partition.lower-bound", "Rows below are not read, as in Flink.");
  static final ConfigOption<Long> SCAN_PARTITION_UPPER_BOUND =
      ConfigOption.bigint("scan.partition.upper-bound", "Rows above are not read, as in Flink.");

  static final ConfigOption<Integer> LOOKUP_MAX_RETRIES =
      ConfigOption.integer("lookup.max-retries", "Attempts after the first, with a new connection.")
          .defaultTo(3);

  static final ConfigOption<Integer> SINK_MAX_ROWS =
      ConfigOption.integer(
              "sink.buffer-flush.max-rows",
              "Rows buffered before they are written; 0 leaves it to the interval.")
          .defaultTo(100);
  static final ConfigOption<Duration> SINK_INTERVAL =
      ConfigOption.duration(
              "sink.buffer-flush.interval", "Longest time a row is buffered; 0 turns it off.")
          .defaultTo(Duration.ofSeconds(1));
  static final ConfigOption<Integer> SINK_MAX_RETRIES =
      ConfigOption.integer("sink.max-retries", "Attempts after the first, with a new connection.")
          .defaultTo(3);
  static final ConfigOption<Integer> SINK_PARALLELISM =
      ConfigOption.integer(
          "sink.parallelism", "Accepted and without meaning: one thread writes, in order.");
  static final ConfigOption<List<String>> SINK_ADDITIVE_COLUMNS =
      new ConfigOption<>(
          "sink.additive-columns",
          JdbcOptions::names,
          "column names separated by commas",
          Optional.of(List.of()),
          "Columns to which a row's value is added, and from which a retracted or undone one is"
              + " subtracted, so that writers do not disturb each other.");

  static final Set<ConfigOption<?>> REQUIRED = Set.of(TABLE_NAME);
  static final Set<ConfigOption<?>> OPTIONAL =
      LookupOptions.with(
          CONNECTION,
          URL,
          USERNAME,
          PASSWORD,
          DRIVER,
          MAX_RETRY_TIMEOUT,
          SCAN_FETCH_SIZE,
          SCAN_AUTO_COMMIT,
          SCAN_PARTITION_COLUMN,
          SCAN_PARTITION_NUM,
          SCAN_PARTITION_LOWER_BOUND,
          SCAN_PARTITION_UPPER_BOUND,
          LOOKUP_MAX_RETRIES,
          SINK_MAX_ROWS,
          SINK_INTERVAL,
          SINK_MAX_RETRIES,
          SINK_PARALLELISM,
          SINK_ADDITIVE_COLUMNS);

  private JdbcOptions() {}

  private static List<String> names(String text) {
    List<String> names = Arrays.stream(text.split(",")).map(String::strip).toList();
    if (names.contains("")) {
      throw new IllegalArgumentException(text);
    }
    return names;
  }
}
