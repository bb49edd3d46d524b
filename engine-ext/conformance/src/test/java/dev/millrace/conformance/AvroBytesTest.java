// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.connector.avro.AvroFactory;
import dev.millrace.connector.avro.ConfluentFactory;
import dev.millrace.spi.connector.PlainAddresses;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.format.MessageDecoder;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.formats.avro.AvroFormatOptions.AvroEncoding;
import org.apache.flink.formats.avro.AvroRowDataDeserializationSchema;
import org.apache.flink.formats.avro.AvroRowDataSerializationSchema;
import org.apache.flink.formats.avro.AvroToRowDataConverters;
import org.apache.flink.formats.avro.RowDataToAvroConverters;
import org.apache.flink.formats.avro.registry.confluent.ConfluentRegistryAvroDeserializationSchema;
import org.apache.flink.formats.avro.registry.confluent.ConfluentRegistryAvroSerializationSchema;
import org.apache.flink.formats.avro.typeutils.AvroSchemaConverter;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.junit.jupiter.api.Test;

/** The same rows as records of Avro, by Flink and by Millrace: byte for byte, both ways. */
class AvroBytesTest {
  /**
   * A column on both sides.
   *
   * @param value ours
   * @param flinkValue as Flink holds it inside
   */
  private record Cell(
      DataType type,
      org.apache.flink.table.types.DataType flinkType,
      Object value,
      Object flinkValue) {}

  private static final LocalDateTime TIME = LocalDateTime.of(1969, 12, 31, 23, 59, 59, 123_000_000);
  private static final Instant INSTANT = Instant.parse("2026-01-02T03:04:05.678Z");

  private static final List<Cell> CELLS =
      List.of(
          new Cell(DataType.BOOLEAN, DataTypes.BOOLEAN(), true, true),
          new Cell(DataType.TINYINT, DataTypes.TINYINT(), (byte) -7, (byte) -7),
          new Cell(DataType.SMALLINT, DataTypes.SMALLINT(), (short) 300, (short) 300),
          new Cell(DataType.INT, DataTypes.INT(), -70_000, -70_000),
          new Cell(DataType.BIGINT, DataTypes.BIGINT(), Long.MIN_VALUE, Long.MIN_VALUE),
          new Cell(DataType.FLOAT, DataTypes.FLOAT(), -1.5f, -1.5f),
          new Cell(DataType.DOUBLE, DataTypes.DOUBLE(), -0.0, -0.0),
          new Cell(
              DataType.decimal(10, 2),
              DataTypes.DECIMAL(10, 2),
              new BigDecimal("-1.28"),
              DecimalData.fromBigDecimal(new BigDecimal("-1.28"), 10, 2)),
          new Cell(
              DataType.decimal(38, 0),
              DataTypes.DECIMAL(38, 0),
              new BigDecimal("99999999999999999999999999999999999999"),
              DecimalData.fromBigDecimal(
                  new BigDecimal("99999999999999999999999999999999999999"), 38, 0)),
          new Cell(DataType.character(2), DataTypes.CHAR(2), "ab", StringData.fromString("ab")),
          new Cell(DataType.STRING, DataTypes.STRING(), "é🌊", StringData.fromString("é🌊")),
          new Cell(DataType.BYTES, DataTypes.BYTES(), new byte[] {0, -1}, new byte[] {0, -1}),
          new Cell(DataType.DATE, DataTypes.DATE(), LocalDate.ofEpochDay(-1), -1),
          new Cell(
              new DataType(TypeRoot.TIME, 3, 0, true),
              DataTypes.TIME(3),
              LocalTime.ofNanoOfDay(1_000_000),
              1),
          new Cell(
              DataType.timestamp(3),
              DataTypes.TIMESTAMP(3),
              TIME,
              TimestampData.fromLocalDateTime(TIME)));

  private static final List<Cell> TIMES =
      List.of(
          CELLS.get(CELLS.size() - 1),
          new Cell(
              DataType.timestampLtz(3),
              DataTypes.TIMESTAMP_LTZ(3),
              INSTANT,
              TimestampData.fromInstant(INSTANT)));

  private static RowType table(List<Cell> cells) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      DataType type = cells.get(i).type();
      columns.add(new Column("n" + i, type));
      columns.add(new Column("v" + i, type.notNull()));
    }
    return new RowType(columns);
  }

  private static org.apache.flink.table.types.logical.RowType flinkTable(List<Cell> cells) {
    List<DataTypes.Field> fields = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      fields.add(DataTypes.FIELD("n" + i, cells.get(i).flinkType()));
      fields.add(DataTypes.FIELD("v" + i, cells.get(i).flinkType().notNull()));
    }
    return (org.apache.flink.table.types.logical.RowType)
        DataTypes.ROW(fields).notNull().getLogicalType();
  }

  /** One row with NULLs, one without. */
  private static RowBatch rows(List<Cell> cells) {
    RowBatch batch = new RowBatch(table(cells), 2);
    for (boolean isNull : new boolean[] {true, false}) {
      int row = batch.add(ChangeKind.INSERT);
      for (int i = 0; i < cells.size(); i++) {
        RowValues.set(batch, row, 2 * i, isNull ? null : cells.get(i).value());
        RowValues.set(batch, row, 2 * i + 1, cells.get(i).value());
      }
    }
    return batch;
  }

  private static List<RowData> flinkRows(List<Cell> cells) {
    List<RowData> rows = new ArrayList<>();
    for (boolean isNull : new boolean[] {true, false}) {
      GenericRowData row = new GenericRowData(2 * cells.size());
      for (int i = 0; i < cells.size(); i++) {
        row.setField(2 * i, isNull ? null : cells.get(i).flinkValue());
        row.setField(2 * i + 1, cells.get(i).flinkValue());
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<byte[]> written(
      FormatFactory factory, List<Cell> cells, Map<String, String> options) throws Exception {
    var encoder = factory.encoding(table(cells), new Options(options)).messages();
    RowBatch rows = rows(cells);
    return List.of(encoder.encode(rows, 0), encoder.encode(rows, 1));
  }

  private static List<byte[]> writtenByFlink(AvroRowDataSerializationSchema flink, List<Cell> cells)
      throws Exception {
    flink.open(null);
    List<byte[]> messages = new ArrayList<>();
    for (RowData row : flinkRows(cells)) {
      messages.add(flink.serialize(row));
    }
    return messages;
  }

  private static String read(
      FormatFactory factory, List<Cell> cells, Map<String, String> options, List<byte[]> messages)
      throws Exception {
    MessageDecoder decoder = factory.decoding(table(cells), new Options(options)).messages();
    RowBatch batch = new RowBatch(table(cells), 2);
    for (byte[] message : messages) {
      decoder.begin(message);
      decoder.next(batch);
    }
    return batch.toString();
  }

  private static void agree(List<Cell> cells, AvroEncoding encoding, boolean legacy)
      throws Exception {
    Map<String, String> options =
        Map.of(
            "encoding", encoding.toString(), "timestamp_mapping.legacy", Boolean.toString(legacy));
    List<byte[]> ours = written(new AvroFactory(), cells, options);
    List<byte[]> flinks =
        writtenByFlink(
            new AvroRowDataSerializationSchema(flinkTable(cells), encoding, legacy), cells);
    if (encoding == AvroEncoding.JSON) {
      // Flink puts an end of line before each record but the first
      assertThat(texts(ours)).isEqualTo(texts(flinks).stream().map(String::strip).toList());
    } else {
      assertThat(ours).usingRecursiveComparison().isEqualTo(flinks);
    }
    assertThat(read(new AvroFactory(), cells, options, flinks)).isEqualTo(rows(cells).toString());
    AvroRowDataDeserializationSchema reader =
        new AvroRowDataDeserializationSchema(
            flinkTable(cells), InternalTypeInfo.of(flinkTable(cells)), encoding, legacy);
    reader.open(null);
    assertThat(List.of(reader.deserialize(ours.get(0)), reader.deserialize(ours.get(1))))
        .isEqualTo(flinkRows(cells));
  }

  private static List<String> texts(List<byte[]> messages) {
    return messages.stream().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).toList();
  }

  @Test
  void binaryRecordsOfAllTypesAreTheSameBytes() throws Exception {
    agree(CELLS, AvroEncoding.BINARY, true);
  }

  /** Floats, too, that are exact as doubles: Avro 1.12 writes others with more digits. */
  @Test
  void jsonRecordsOfAllTypesAreTheSameText() throws Exception {
    agree(CELLS, AvroEncoding.JSON, true);
  }

  @Test
  void timestampsOfTheNewMappingAreTheSameBytes() throws Exception {
    agree(TIMES, AvroEncoding.BINARY, false);
  }

  @Test
  void recordsAndSchemasOfARegistryAreTheSame() throws Exception {
    try (AvroRegistry registry = new AvroRegistry()) {
      FormatFactory confluent =
          new ConfluentFactory()
              .connectedTo(Services.none().with(PlainAddresses.class, address -> true));
      Map<String, String> options = Map.of("url", registry.url(), "subject", "t-value");
      var schema = AvroSchemaConverter.convertToSchema(flinkTable(CELLS));
      List<byte[]> flinks =
          writtenByFlink(
              new AvroRowDataSerializationSchema(
                  flinkTable(CELLS),
                  ConfluentRegistryAvroSerializationSchema.forGeneric(
                      "t-value", schema, registry.url()),
                  RowDataToAvroConverters.createConverter(flinkTable(CELLS))),
              CELLS);
      List<byte[]> ours = written(confluent, CELLS, options);
      assertThat(registry.schemas()).hasSize(1);
      assertThat(ours).usingRecursiveComparison().isEqualTo(flinks);
      assertThat(read(confluent, CELLS, options, flinks)).isEqualTo(rows(CELLS).toString());
      AvroRowDataDeserializationSchema reader =
          new AvroRowDataDeserializationSchema(
              ConfluentRegistryAvroDeserializationSchema.forGeneric(schema, registry.url()),
              AvroToRowDataConverters.createRowConverter(flinkTable(CELLS)),
              InternalTypeInfo.of(flinkTable(CELLS)));
      reader.open(null);
      assertThat(List.of(reader.deserialize(ours.get(0)), reader.deserialize(ours.get(1))))
          .isEqualTo(flinkRows(CELLS));
    }
  }
}
