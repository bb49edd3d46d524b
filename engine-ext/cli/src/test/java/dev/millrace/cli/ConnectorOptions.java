// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static java.util.Map.entry;

import dev.millrace.spi.connector.ConnectorFactory;
import dev.millrace.spi.connector.MetadataColumns;
import dev.millrace.spi.connector.MetadataFormatFactory;
import dev.millrace.spi.connector.MetadataKey;
import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.option.ConfigOption;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;

/** The options of all connectors and formats in the jar as Markdown, from their factories. */
final class ConnectorOptions {
  private static final String HEAD =
      """
      # Connectors, formats and their options

      Made from the factories that read the options; a test fails if this page is stale. To make it anew:
      `mvn -pl engine-ext/cli -am test -Dtest=ConnectorOptionsTest -Dmillrace.docs.update=true -Dsurefire.failIfNoSpecifiedTests=false`

      An unknown or missing option is an error at validation, with its place in the script. A `#` in a key stands for a
      column's name. The connectors of the process engine (`process-…`, `live-table`, `channel`) are not part of the command
      line; what they do is told in [modelling.md](modelling.md).
      """;

  /** What is guaranteed, and where we differ from Flink on purpose. */
  private static final Map<String, String> NOTES =
      Map.ofEntries(
          entry("blackhole", "Takes every row and keeps none."),
          entry(
              "print",
              """
          Writes rows as Flink does, one a line, in UTF-8: `+I[1, 2.50, null, 2026-01-01T00:00]`. At least once: a run
          that is repeated prints again."""),
          entry(
              "datagen",
              """
          Bounded with `number-of-rows` or a sequence, else without end. A source that is rewound makes the same rows
          again, but for times, which are the clock's."""),
          entry(
              "tpch",
              """
          The tables of TPC-H, made row by row, the same at every run; nothing is downloaded. A table declares the
          columns it wants by their names in TPC-H, in any order, as any fitting type. Bounded, rewindable."""),
          entry(
              "filesystem",
              """
          Reads a file, or all files of a folder and its folders in the order of their paths, but those whose name
          starts with `.` or `_`; `.gz` is unpacked; a link out of the folder is an error. Each row once per run; a
          pipeline goes on after a restart behind the rows it has committed.
          Writes one new file per run, which appears when the run has succeeded: a failed or interrupted run leaves
          nothing. A pipeline shows one per commit. A file that is visible is not taken back (effect class FINAL).
          Flink's partitions, compaction and `source.monitor-interval` are not supported."""),
          entry(
              "http",
              """
          Resources of a host. As a source it asks at an interval; with a cursor or linked pages it goes on behind what it
          has read, without one it reads the whole answer whenever that has changed (`ETag`, `Last-Modified`, its bytes).
          Exactly once as far as the server repeats itself: after a crash it asks again and leaves out the rows it had
          handed on, if the answer still starts with them; otherwise the whole answer counts as new. As a lookup table:
          key columns named in `url-path` go there, the others are query parameters; 404, 410 and 204 are no row. As a
          sink: requests are sent after the commit, in order, at least once with an `Idempotency-Key`; with
          `inverse.method` they are taken back by compensation (effect class COMPENSATABLE, else FINAL). In a server a table
          names a configured host, `'connection' = '<name>'` of `millrace.http.<name>.…`; redirects are not followed, and
          private addresses refused unless configured. More: [http.md](http.md)."""),
          entry(
              "webhook",
              """
          What is posted to `/millrace/hook/<name>` of the host, each body durable before it is acknowledged, read in order,
          exactly once with the pipeline's commit; in an engine only. More: [http.md](http.md#webhook)."""),
          entry(
              "csv",
              """
          Fields by position, no header line. A record that cannot become a row is a dead letter with file and line (or
          fails the run), and one stray quote spoils its own line only. As in Flink an empty field is the empty string
          and an error in any other column, unless `csv.null-literal` or `csv.empty-string-as-null` says else. Where
          Flink 2.3 silently changes what it reads, the record is bad here: a decimal with too many digits (NULL in
          Flink), any text but true and false as BOOLEAN (false), February 30 (March 2), bytes that are not UTF-8, NULL
          in a NOT NULL column."""),
          entry(
              "json",
              """
          One object a line, or an array of objects; fields by name, absent ones are NULL. A record that cannot become a
          row is a dead letter with file and line (or fails the run). Where Flink 2.3 silently changes what it reads,
          the record is bad here: 1.9 as INT (1 in Flink), a decimal with too many digits (NULL), any text but true and
          false as BOOLEAN (false), text after the object (dropped), NULL in a NOT NULL column. A MAP is
          an object; its keys are strings."""),
          entry(
              "kafka",
              """
          Topics as tables. Positions are kept with what became of the rows, never in the broker's group; only committed
          records are read. A record that cannot become rows is a dead letter with `topic/partition/offset`. Written by way
          of the outbox: exactly once for readers of committed records, in order; on the command line as
          `sink.delivery-guarantee` says. Compensation writes a record each (effect class RETRACTABLE): the same value, with
          the header `millrace-compensates`, which repeats the `millrace-record` of the one it takes back. In a server a
          table names a configured cluster, `'connection' = '<name>'` of `millrace.kafka.<name>.…`; the `properties.*`
          below pass, and no others: nothing that loads a class, opens a file or names a host."""),
          entry(
              "raw",
              """
          The bytes of a record are its one column: text, BYTES, BOOLEAN, an integer, FLOAT or DOUBLE; in a file a record
          is a line. No bytes at all are NULL, and the other way round. Bytes that are not of the character set make the
          record bad, where Flink replaces them."""),
          entry(
              "upsert-kafka",
              """
          Topics whose newest record of a key is the row, as a changelog; a record without a value deletes it. The key is the
          primary key. Read from the start, into state that holds a row per key. Written, positioned and configured as
          `kafka`; compensation writes what the key held before as far as the run knew it, else deletes it."""),
          entry(
              "avro",
              """
          Records in Avro's binary encoding or its JSON, one a message, without a header; the schema follows from the table's
          columns as in Flink. Messages only: Flink's container files are not supported. More: [kafka.md](kafka.md#avro)."""),
          entry(
              "avro-confluent",
              """
          Records that name the schema they were written with, which a registry holds; read as what the table says. In a
          server a table names a configured registry, `'avro-confluent.connection' = '<name>'` of
          `millrace.registry.<name>.…`. Flink's `properties` and SSL options are not supported.
          More: [kafka.md](kafka.md#avro)."""),
          entry(
              "debezium-json",
              """
          Changes of a database's rows: `c` and `r` are `+I`, `u` is `-U` and `+U`, `d` is `-D`; written as `c` and `d`, as
          Flink does. An update without `before` is bad. Its metadata columns are those of a `kafka` table."""));

  /** The same for the tables of the process engine. */
  private static final Map<String, String> PROCESS_NOTES =
      Map.of(
          "process-variables",
          """
          Variables of the instance a stream task works for: one row, or with `variable` a list row by row. Written when
          the run commits.""",
          "process-start",
          """
          An instance for each row, in the transaction of the commit; all of a commit in one. Columns other than the
          business key become variables. A row that cannot start takes no other along.""",
          "process-message",
          """
          A message for each row, in the transaction of the commit. Columns that are neither key nor correlated become
          variables. With a `ttl`, one that comes too early waits in the inbox; messages for the same receiver keep their
          order.""",
          "process-history",
          """
          The engine's history events: committed ones only, each once, each instance's in order, recorded from the
          deployment of the pipeline on. Columns by name, any of those in [modelling.md](modelling.md).""",
          "live-table",
          """
          A keyed table in the engine's database, per tenant; needs a primary key. Written in the transaction of the
          commit, undone in runs (effect class REVERSIBLE). Read as a snapshot, by lookup join on the whole key, and by
          `${streams.lookup('name', key)}` in a model.""",
          "channel",
          """
          A durable stream in the engine's database, per tenant, numbered in the order of commits. Written in the
          transaction of the commit; each pipeline reads each event once. Rewindable.""");

  private ConnectorOptions() {}

  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (ConnectorFactory connector : found(ConnectorFactory.class, ConnectorFactory::identifier)) {
      page.append("\n## `").append(connector.identifier()).append("`: ").append(uses(connector));
      page.append("\n\n").append(notes(connector.identifier()));
      formats(page, connector.formatOptions());
      table(page, connector.requiredOptions(), connector.optionalOptions());
      if (connector instanceof MetadataColumns columns) {
        metadata(page, columns.metadataKeys());
      }
    }
    for (FormatFactory format : found(FormatFactory.class, FormatFactory::identifier)) {
      page.append("\n## Format `").append(format.identifier()).append("`\n\n");
      page.append(notes(format.identifier()))
          .append("Keys are written with `")
          .append(format.identifier())
          .append(".` before them.\n\n");
      table(page, Set.of(), format.options());
      if (format instanceof MetadataFormatFactory columns) {
        metadata(page, columns.metadataKeys().stream().map(ConnectorOptions::ofValue).toList());
      }
    }
    return page.toString();
  }

  private static void formats(StringBuilder page, List<String> options) {
    if (!options.isEmpty()) {
      page.append("With a `'")
          .append(String.join("'`, `'", options))
          .append("'` and its options.\n\n");
    }
  }

  private static void metadata(StringBuilder page, List<MetadataKey> keys) {
    page.append("\n| `METADATA FROM` | type | |\n|---|---|---|\n");
    for (MetadataKey key : keys) {
      page.append("| `%s` | `%s` | %s |\n".formatted(key.key(), key.type(), key.description()));
    }
  }

  private static MetadataKey ofValue(MetadataKey key) {
    return new MetadataKey(
        MetadataFormatFactory.PREFIX + key.key(), key.type(), key.writable(), key.description());
  }

  private static String notes(String identifier) {
    String notes = NOTES.getOrDefault(identifier, PROCESS_NOTES.get(identifier));
    return notes == null ? "" : notes + "\n\n";
  }

  private static <T> List<T> found(Class<T> type, Function<T, String> identifier) {
    return ServiceLoader.load(type).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(identifier))
        .toList();
  }

  private static String uses(ConnectorFactory connector) {
    boolean source = connector instanceof SourceFactory;
    boolean sink = connector instanceof SinkFactory;
    return source && sink ? "source and sink" : source ? "source" : "sink";
  }

  private static void table(
      StringBuilder page, Set<ConfigOption<?>> required, Set<ConfigOption<?>> optional) {
    if (required.isEmpty() && optional.isEmpty()) {
      page.append("No options.\n");
      return;
    }
    page.append("| option | value | default | |\n|---|---|---|---|\n");
    sorted(required).forEach(option -> row(page, option, "**required**"));
    sorted(optional).forEach(option -> row(page, option, defaultOf(option)));
  }

  private static List<ConfigOption<?>> sorted(Collection<ConfigOption<?>> options) {
    return options.stream()
        .sorted(Comparator.<ConfigOption<?>, String>comparing(ConfigOption::key))
        .toList();
  }

  private static void row(StringBuilder page, ConfigOption<?> option, String defaultValue) {
    page.append("| `").append(option.key()).append("` | ").append(option.expected());
    page.append(" | ").append(defaultValue).append(" | ");
    page.append(option.description().replace("|", "\\|")).append(" |\n");
  }

  private static String defaultOf(ConfigOption<?> option) {
    return option.defaultValue().map(value -> "`" + shown(value) + "`").orElse("");
  }

  private static String shown(Object value) {
    if (value instanceof Duration duration) {
      return duration.toMillis() + " ms";
    }
    return value instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
        : value.toString();
  }
}
