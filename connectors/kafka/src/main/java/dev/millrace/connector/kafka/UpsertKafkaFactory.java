// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

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
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * {@code 'connector' = 'upsert-kafka'}: the newest record of a key is its row, one without a value
 * deletes it. The key is the table's primary key.
 */
public final class UpsertKafkaFactory implements SourceFactory, SinkFactory, MetadataColumns {
  @Override
  public String identifier() {
    return "upsert-kafka";
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return KafkaOptions.OF_UPSERT_KAFKA;
  }

  @Override
  public List<String> formatOptions() {
    return List.of(KafkaOptions.KEY_FORMAT, KafkaOptions.VALUE_FORMAT);
  }

  @Override
  public List<MetadataKey> metadataKeys() {
    return RecordMetadata.keys();
  }

  /** Always from the start, as in Flink: a row may have been written at any time. */
  @Override
  public TableSource source(TableContext table) {
    Cluster cluster = Cluster.of(table);
    Topics topics = Topics.of(table);
    RecordShape shape = shape(table);
    DecodingFormat value = table.decodingFormat(KafkaOptions.VALUE_FORMAT, shape.valueType());
    KafkaFactory.requireInsertOnly(table, value.changelogMode(), KafkaOptions.VALUE_FORMAT);
    ScanRange range = ScanRange.of(table, topics, Startup.EARLIEST_OFFSET);
    KafkaFactory.requireGroup(table, range);
    return new KafkaSource(
        table.name(),
        cluster,
        topics,
        shape,
        KafkaFactory.keyDecoding(table, shape),
        value,
        true,
        range,
        table.options().get(KafkaOptions.DISCOVERY_INTERVAL),
        table.options().find(KafkaOptions.SCAN_PARALLELISM));
  }

  @Override
  public TableSink sink(TableContext table) {
    Cluster cluster = Cluster.of(table);
    RecordShape shape = shape(table);
    Topics topics = KafkaFactory.targets(table, Topics.of(table), shape);
    EncodingFormat value =
        KafkaFactory.valueEncoding(table, KafkaOptions.VALUE_FORMAT, topics, shape);
    KafkaFactory.requireInsertOnly(table, value.changelogMode(), KafkaOptions.VALUE_FORMAT);
    return new KafkaSink(
        table.name(),
        cluster,
        topics,
        shape,
        KafkaFactory.keyEncoding(table, topics, shape),
        value,
        true,
        Partitioner.DEFAULT,
        KafkaFactory.delivery(table),
        table.options().find(KafkaOptions.TRANSACTIONAL_ID_PREFIX).orElse(""));
  }

  private static RecordShape shape(TableContext table) {
    if (table.primaryKey().length == 0) {
      throw KafkaErrors.keyNeeded(table.name());
    }
    List<String> key = Arrays.stream(table.primaryKey()).mapToObj(table.schema()::name).toList();
    return RecordShape.of(table, key);
  }
}
