// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.connector.MetadataKey;
import dev.millrace.spi.row.PackedMap;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.Arrays;
import java.util.List;

/** What an envelope of Debezium tells beside the row, by Flink's keys. */
enum DebeziumMetadata {
  SCHEMA("schema", DataType.STRING, "The JSON of the field 'schema', with 'schema-include'.") {
    @Override
    void read(RowBatch envelope, RowBatch to, int row, int column) {
      to.copyCell(envelope, 0, SCHEMA_TEXT, row, column);
    }
  },
  INGESTION_TIMESTAMP(
      "ingestion-timestamp",
      DataType.timestampLtz(3),
      "When the connector processed the event: 'ts_ms'.") {
    @Override
    void read(RowBatch envelope, RowBatch to, int row, int column) {
      if (envelope.isNull(0, MILLIS)) {
        to.setNull(row, column);
      } else {
        to.setLong(row, column, micros(envelope.getLong(0, MILLIS)));
      }
    }
  },
  SOURCE_TIMESTAMP(
      "source.timestamp",
      DataType.timestampLtz(3),
      "When the source created the event: 'ts_ms' of 'source'.") {
    @Override
    void read(RowBatch envelope, RowBatch to, int row, int column) {
      String millis = property(envelope, "ts_ms");
      if (millis == null) {
        to.setNull(row, column);
      } else {
        to.setLong(row, column, micros(Long.parseLong(millis)));
      }
    }
  },
  SOURCE_DATABASE("source.database", DataType.STRING, "'db' of 'source'.") {
    @Override
    void read(RowBatch envelope, RowBatch to, int row, int column) {
      to.setString(row, column, property(envelope, "db"));
    }
  },
  SOURCE_SCHEMA("source.schema", DataType.STRING, "'schema' of 'source'.") {
    @Override
    void read(RowBatch envelope, RowBatch to, int row, int column) {
      to.setString(row, column, property(envelope, "schema"));
    }
  },
  SOURCE_TABLE("source.table", DataType.STRING, "'table' of 'source'.") {
    @Override
    void read(RowBatch envelope, RowBatch to, int row, int column) {
      to.setString(row, column, property(envelope, "table"));
    }
  },
  SOURCE_PROPERTIES(
      "source.properties", DataType.map(DataType.STRING, DataType.STRING), "All of 'source'.") {
    @Override
    void read(RowBatch envelope, RowBatch to, int row, int column) {
      to.copyCell(envelope, 0, SOURCE, row, column);
    }
  };

  /** The fields of an envelope that metadata is made of. */
  static final RowType ENVELOPE =
      RowType.of(
          new Column("schema", DataType.STRING),
          new Column("ts_ms", DataType.BIGINT),
          new Column("source", DataType.map(DataType.STRING, DataType.STRING)));

  private static final int SCHEMA_TEXT = 0;
  private static final int MILLIS = 1;
  private static final int SOURCE = 2;
  private static final long MICROS_PER_MILLI = 1000;

  private final MetadataKey key;

  DebeziumMetadata(String key, DataType type, String description) {
    this.key = new MetadataKey(key, type, false, description);
  }

  static List<MetadataKey> keys() {
    return Arrays.stream(values()).map(metadata -> metadata.key).toList();
  }

  /** By a key, which was checked before. */
  static DebeziumMetadata of(String written) {
    return Arrays.stream(values())
        .filter(metadata -> metadata.key.matches(written))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(written));
  }

  DataType type() {
    return key.type();
  }

  /**
   * Sets a cell of the key's type.
   *
   * @param envelope one row of {@link #ENVELOPE}
   * @throws RuntimeException if the envelope tells no value of the type
   */
  abstract void read(RowBatch envelope, RowBatch to, int row, int column);

  private static String property(RowBatch envelope, String name) {
    byte[] source = envelope.getBytes(0, SOURCE);
    return source == null ? null : PackedMap.text(source, PackedMap.find(source, name));
  }

  private static long micros(long millis) {
    return Math.multiplyExact(millis, MICROS_PER_MILLI);
  }
}
