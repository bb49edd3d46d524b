// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.connector.kafka.KafkaOptions.Delivery;
import dev.millrace.connector.kafka.KafkaOptions.Partitioner;
import dev.millrace.connector.kafka.KafkaOptions.Startup;
import dev.millrace.spi.connector.MetadataColumns;
import dev.millrace.spi.connector.MetadataKey;
import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.row.ChangelogMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code 'connector' = 'kafka'}: each record is a row, or as many as its format says. */
public final class KafkaFactory implements SourceFactory, SinkFactory, MetadataColumns {
  @Override
  public String identifier() {
    return "kafka";
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return KafkaOptions.OF_KAFKA;
  }

  @Override
  public List<String> formatOptions() {
    return List.of(KafkaOptions.FORMAT, KafkaOptions.KEY_FORMAT, KafkaOptions.VALUE_FORMAT);
  }

  @Override
  public List<MetadataKey> metadataKeys() {
    return RecordMetadata.keys();
  }

  @Override
  public List<String> metadataFormatOptions() {
    return List.of(KafkaOptions.FORMAT, KafkaOptions.VALUE_FORMAT);
  }

  @Override
  public TableSource source(TableContext table) {
    Cluster cluster = Cluster.of(table);
    Topics topics = Topics.of(table);
    RecordShape shape = shape(table);
    DecodingFormat value =
        table.decodingFormat(valueOption(table), shape.physicalValueType(), shape.valueMetadata());
    refuseKey(table, value.changelogMode());
    ScanRange range = ScanRange.of(table, topics, table.options().get(KafkaOptions.STARTUP_MODE));
    requireGroup(table, range);
    return new KafkaSource(
        table.name(),
        cluster,
        topics,
        shape,
        keyDecoding(table, shape),
        value,
        false,
        range,
        table.options().get(KafkaOptions.DISCOVERY_INTERVAL),
        table.options().find(KafkaOptions.SCAN_PARALLELISM));
  }

  /** Group offsets need a group, in Flink too. */
  static void requireGroup(TableContext table, ScanRange range) {
    boolean group =
        range.startup() == Startup.GROUP_OFFSETS
            || range.bound() == KafkaOptions.Bound.GROUP_OFFSETS;
    if (group && table.options().find(ClientProperties.GROUP_ID).isEmpty()) {
      throw KafkaErrors.requires(
          table.name(), ClientProperties.GROUP_ID.key(), "mode 'group-offsets'");
    }
  }

  @Override
  public TableSink sink(TableContext table) {
    Cluster cluster = Cluster.of(table);
    Topics topics = Topics.of(table);
    RecordShape shape = shape(table);
    EncodingFormat value = valueEncoding(table, valueOption(table), topics, shape);
    refuseKey(table, value.changelogMode());
    Partitioner partitioner = table.options().get(KafkaOptions.PARTITIONER);
    if (partitioner == Partitioner.ROUND_ROBIN && shape.hasKey()) {
      throw KafkaErrors.roundRobinWithKey(table.name());
    }
    return new KafkaSink(
        table.name(),
        cluster,
        targets(table, topics, shape),
        shape,
        keyEncoding(table, topics, shape),
        value,
        false,
        partitioner,
        delivery(table),
        table.options().find(KafkaOptions.TRANSACTIONAL_ID_PREFIX).orElse(""));
  }

  private static RecordShape shape(TableContext table) {
    Options options = table.options();
    boolean format = options.values().containsKey(KafkaOptions.KEY_FORMAT);
    boolean fields = options.find(KafkaOptions.KEY_FIELDS).isPresent();
    if (format != fields) {
      String missing = format ? KafkaOptions.KEY_FIELDS.key() : KafkaOptions.KEY_FORMAT;
      String given = format ? KafkaOptions.KEY_FORMAT : KafkaOptions.KEY_FIELDS.key();
      throw KafkaErrors.requires(table.name(), missing, "'" + given + "'");
    }
    return RecordShape.of(table, options.find(KafkaOptions.KEY_FIELDS).orElse(List.of()));
  }

  /** {@code format} or {@code value.format}. */
  private static String valueOption(TableContext table) {
    boolean format = table.options().values().containsKey(KafkaOptions.FORMAT);
    boolean valueFormat = table.options().values().containsKey(KafkaOptions.VALUE_FORMAT);
    if (format == valueFormat) {
      throw KafkaErrors.oneOf(table.name(), KafkaOptions.FORMAT, KafkaOptions.VALUE_FORMAT);
    }
    return format ? KafkaOptions.FORMAT : KafkaOptions.VALUE_FORMAT;
  }

  private static void refuseKey(TableContext table, ChangelogMode mode) {
    if (table.primaryKey().length > 0 && mode == ChangelogMode.INSERT_ONLY) {
      throw KafkaErrors.keyNotAllowed(
          table.name(), table.options().values().get(valueOption(table)));
    }
  }

  static Optional<DecodingFormat> keyDecoding(TableContext table, RecordShape shape) {
    if (!shape.hasKey()) {
      return Optional.empty();
    }
    DecodingFormat format = table.decodingFormat(KafkaOptions.KEY_FORMAT, shape.keyType());
    requireInsertOnly(table, format.changelogMode(), KafkaOptions.KEY_FORMAT);
    return Optional.of(format);
  }

  static EncodingFormat valueEncoding(
      TableContext table, String option, Topics topics, RecordShape shape) {
    return table.encodingFormat(option, shape.valueType(), subject(topics, "-value"));
  }

  /** The name a registry of schemas knows the records by, as in Flink. */
  private static Map<String, String> subject(Topics topics, String suffix) {
    return topics.isSingle() ? Map.of("subject", topics.names().get(0) + suffix) : Map.of();
  }

  static Optional<EncodingFormat> keyEncoding(
      TableContext table, Topics topics, RecordShape shape) {
    if (!shape.hasKey()) {
      return Optional.empty();
    }
    EncodingFormat format =
        table.encodingFormat(KafkaOptions.KEY_FORMAT, shape.keyType(), subject(topics, "-key"));
    requireInsertOnly(table, format.changelogMode(), KafkaOptions.KEY_FORMAT);
    return Optional.of(format);
  }

  static void requireInsertOnly(TableContext table, ChangelogMode mode, String option) {
    if (mode != ChangelogMode.INSERT_ONLY) {
      throw KafkaErrors.changingFormat(table.name(), option, table.options().values().get(option));
    }
  }

  /** The topics a row may be written to; one that may choose must say which. */
  static Topics targets(TableContext table, Topics topics, RecordShape shape) {
    if (!topics.isSingle() && shape.metadataColumn("topic") < 0) {
      throw KafkaErrors.topicColumnNeeded(table.name());
    }
    return topics;
  }

  static Delivery delivery(TableContext table) {
    Delivery delivery = table.options().get(KafkaOptions.DELIVERY);
    if (delivery == Delivery.EXACTLY_ONCE
        && table.options().find(KafkaOptions.TRANSACTIONAL_ID_PREFIX).isEmpty()) {
      throw KafkaErrors.requires(
          table.name(),
          KafkaOptions.TRANSACTIONAL_ID_PREFIX.key(),
          "'sink.delivery-guarantee' = 'exactly-once'");
    }
    return delivery;
  }
}
