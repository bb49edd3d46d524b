// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.connector.MetadataKey;
import dev.millrace.spi.row.PackedMap;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What a record knows beside key and value: Flink's keys, and single headers. */
enum RecordMetadata {
  TOPIC(
      new MetadataKey(
          "topic",
          DataType.STRING.notNull(),
          true,
          "The record's topic. Written where the table has several.")) {
    @Override
    void read(ConsumerRecord<?, ?> record, String key, RowBatch batch, int row, int column) {
      batch.setString(row, column, record.topic());
    }
  },
  PARTITION(
      new MetadataKey("partition", DataType.INT.notNull(), false, "The record's partition.")) {
    @Override
    void read(ConsumerRecord<?, ?> record, String key, RowBatch batch, int row, int column) {
      batch.setInt(row, column, record.partition());
    }
  },
  HEADERS(
      new MetadataKey(
          "headers",
          DataType.map(DataType.STRING, DataType.BYTES).notNull(),
          true,
          "All headers by name; of several of one name the last. Written are those whose name and"
              + " bytes are not NULL.")) {
    @Override
    void read(ConsumerRecord<?, ?> record, String key, RowBatch batch, int row, int column) {
      // by name, so that records with the same headers have the same map
      Map<String, byte[]> headers = new TreeMap<>();
      record.headers().forEach(header -> headers.put(header.key(), header.value()));
      PackedMap.Builder map = new PackedMap.Builder();
      headers.forEach((name, value) -> map.add(name).add(value));
      batch.setBytes(row, column, map.toBytes());
    }
  },
  HEADER(
      new MetadataKey(
          "header.#",
          DataType.BYTES,
          true,
          "The bytes of the last header of that name, or NULL; not in Flink.")) {
    @Override
    void read(ConsumerRecord<?, ?> record, String key, RowBatch batch, int row, int column) {
      Header header = record.headers().lastHeader(headerName(key));
      batch.setBytes(row, column, header == null ? null : header.value());
    }
  },
  LEADER_EPOCH(
      new MetadataKey("leader-epoch", DataType.INT, false, "The record's leader epoch, or NULL.")) {
    @Override
    void read(ConsumerRecord<?, ?> record, String key, RowBatch batch, int row, int column) {
      if (record.leaderEpoch().isPresent()) {
        batch.setInt(row, column, record.leaderEpoch().get());
      } else {
        batch.setNull(row, column);
      }
    }
  },
  OFFSET(
      new MetadataKey(
          "offset", DataType.BIGINT.notNull(), false, "The record's place in its partition.")) {
    @Override
    void read(ConsumerRecord<?, ?> record, String key, RowBatch batch, int row, int column) {
      batch.setLong(row, column, record.offset());
    }
  },
  TIMESTAMP(
      new MetadataKey(
          "timestamp", DataType.timestampLtz(3).notNull(), true, "The record's time.")) {
    @Override
    void read(ConsumerRecord<?, ?> record, String key, RowBatch batch, int row, int column) {
      batch.setLong(row, column, record.timestamp() * MICROS_PER_MILLI);
    }
  },
  TIMESTAMP_TYPE(
      new MetadataKey(
          "timestamp-type",
          DataType.STRING.notNull(),
          false,
          "NoTimestampType, CreateTime or LogAppendTime.")) {
    @Override
    void read(ConsumerRecord<?, ?> record, String key, RowBatch batch, int row, int column) {
      batch.setString(row, column, record.timestampType().toString());
    }
  };

  static final long MICROS_PER_MILLI = 1000;
  private static final String HEADER_PREFIX = "header.";

  private final MetadataKey key;

  RecordMetadata(MetadataKey key) {
    this.key = key;
  }

  static List<MetadataKey> keys() {
    return Arrays.stream(values()).map(metadata -> metadata.key).toList();
  }

  /** By a key as written, which was checked before. */
  static RecordMetadata of(String written) {
    return Arrays.stream(values())
        .filter(metadata -> metadata.key.matches(written))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(written));
  }

  /** {@code trace} of {@code header.trace}. */
  static String headerName(String written) {
    return written.substring(HEADER_PREFIX.length());
  }

  /** Sets a cell of the key's type. */
  abstract void read(ConsumerRecord<?, ?> record, String key, RowBatch batch, int row, int column);
}
