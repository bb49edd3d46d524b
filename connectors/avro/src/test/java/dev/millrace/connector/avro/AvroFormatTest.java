// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import static dev.millrace.connector.avro.Messages.bytes;
import static dev.millrace.connector.avro.Messages.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvroFormatTest {
  private static final DataType[] TYPES = {
    DataType.BOOLEAN,
    DataType.TINYINT,
    DataType.SMALLINT,
    DataType.INT,
    DataType.BIGINT,
    DataType.FLOAT,
    DataType.DOUBLE,
    DataType.decimal(10, 2),
    DataType.decimal(38, 10),
    DataType.character(3),
    DataType.STRING,
    new DataType(TypeRoot.BINARY, 2, 0, true),
    DataType.BYTES,
    DataType.DATE,
    new DataType(TypeRoot.TIME, 3, 0, true),
    DataType.timestamp(3)
  };
  private static final Object[] VALUES = {
    true,
    (byte) -128,
    (short) -32768,
    Integer.MIN_VALUE,
    Long.MIN_VALUE,
    1.5f,
    -2.25,
    new BigDecimal("-12345678.90"),
    new BigDecimal("1234567890123456789012345678.0123456789"),
    "abc",
    "Grüße 🌊",
    bytes(1, 0xff),
    bytes(),
    LocalDate.of(1969, 12, 31),
    LocalTime.of(23, 59, 59, 999_000_000),
    LocalDateTime.of(2026, 1, 2, 3, 4, 5, 678_000_000)
  };

  private static RowType table(DataType... types) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      columns.add(new Column(String.valueOf((char) ('a' + i)), types[i]));
    }
    return new RowType(columns);
  }

  private static Messages avro(RowType table, String... options) {
    return Messages.of(new AvroFactory(), table, options);
  }

  private static final String PRINTED =
      "+I[true, -128, -32768, -2147483648, -9223372036854775808, 1.5, -2.25, -12345678.90,"
          + " 1234567890123456789012345678.0123456789, abc, Grüße 🌊, [1, -1], [], 1969-12-31,"
          + " 23:59:59.999, 2026-01-02T03:04:05.678]";

  @Test
  void everyTypeAndNullAreReadAsWritten() throws IOException {
    Messages avro = avro(table(TYPES));
    List<byte[]> messages = avro.write(VALUES, new Object[TYPES.length]);
    assertThat(avro.read(messages).get(0)).isEqualTo(PRINTED);
    assertThat(avro.read(messages).get(1))
        .isEqualTo("+I[" + "null, ".repeat(TYPES.length - 1) + "null]");
    assertThat(messages.get(1)).hasSize(TYPES.length).containsOnly(0);
  }

  @Test
  void everyTypeAndNullAreReadAsWrittenInJson() throws IOException {
    Messages avro = avro(table(TYPES), "encoding", "json");
    List<byte[]> messages = avro.write(VALUES, new Object[TYPES.length], VALUES);
    assertThat(avro.read(messages).get(0)).isEqualTo(PRINTED);
    assertThat(avro.read(messages).get(1))
        .isEqualTo("+I[" + "null, ".repeat(TYPES.length - 1) + "null]");
    assertThat(text(messages.get(1))).startsWith("{\"a\":null,\"b\":null");
    assertThat(messages.get(2)).isEqualTo(messages.get(0));
  }

  @Test
  void columnThatIsNeverNullTakesNoByteForIt() throws IOException {
    Messages avro = avro(table(DataType.INT.notNull(), DataType.STRING.notNull()));
    List<byte[]> messages = avro.write(row(-1, "ab"));
    assertThat(messages.get(0)).isEqualTo(bytes(1, 4, 'a', 'b'));
    assertThat(avro.read(messages)).containsExactly("+I[-1, ab]");
  }

  @Test
  void timestampsWithAndWithoutZoneAreToldApartIfAsked() throws IOException {
    RowType table =
        table(
            DataType.timestamp(6),
            DataType.timestampLtz(6),
            DataType.timestamp(3),
            DataType.timestampLtz(3));
    Messages avro = avro(table, "timestamp_mapping.legacy", "false");
    assertThat(TableSchema.of(table, Dialect.AVRO_EXACT).schema().toString())
        .contains("\"local-timestamp-micros\"", "\"timestamp-micros\"")
        .contains("\"local-timestamp-millis\"", "\"timestamp-millis\"");
    LocalDateTime local = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 678_901_000);
    Instant instant = Instant.parse("2026-01-02T03:04:05.678901Z");
    assertThat(avro.read(avro.write(row(local, instant, local, instant))))
        .containsExactly(
            "+I[2026-01-02T03:04:05.678901, 2026-01-02T03:04:05.678901Z, 2026-01-02T03:04:05.678,"
                + " 2026-01-02T03:04:05.678Z]");
  }

  @Test
  void typeAvroDoesNotHoldIsRefusedByName() {
    assertThatThrownBy(() -> avro(table(DataType.timestamp(6))).write())
        .hasMessageContaining("column 'a' of type TIMESTAMP(6)")
        .hasMessageContaining("precision can be 3 at most");
    assertThatThrownBy(() -> avro(table(DataType.timestampLtz(3))).write())
        .hasMessageContaining("'avro.timestamp_mapping.legacy' = 'false'");
    assertThatThrownBy(
            () -> avro(table(DataType.INT, new DataType(TypeRoot.TIME, 6, 0, true))).read())
        .hasMessageContaining("column 'b' of type TIME(6)");
    RowType named = RowType.of(new Column("a b", DataType.INT));
    assertThatThrownBy(() -> avro(named).read()).hasMessageContaining("column 'a b'");
  }

  @Test
  void valueOutOfItsColumnsRangeIsBadAndSpoilsNoOther() throws IOException {
    Messages wide = avro(table(DataType.INT.notNull()));
    assertThat(avro(table(DataType.TINYINT.notNull())).read(wide.write(row(128), row(127))))
        .satisfiesExactly(
            bad -> assertThat(bad).contains("column 'a': 128 is not TINYINT"),
            good -> assertThat(good).isEqualTo("+I[127]"));
    assertThat(
            avro(table(new DataType(TypeRoot.TIME, 3, 0, false))).read(wide.write(row(86_400_000))))
        .singleElement()
        .satisfies(bad -> assertThat(bad).contains("out of range"));
    Messages digits = avro(table(DataType.decimal(5, 2).notNull()));
    assertThat(
            avro(table(DataType.decimal(3, 2).notNull()))
                .read(digits.write(row(new BigDecimal("123.45")), row(new BigDecimal("1.45")))))
        .satisfiesExactly(
            bad -> assertThat(bad).contains("it has more digits"),
            good -> assertThat(good).isEqualTo("+I[1.45]"));
  }

  @Test
  void bytesBehindTheRecordMeanAnotherSchema() throws IOException {
    Messages avro = avro(table(DataType.INT.notNull()));
    assertThat(avro.read(bytes(2, 4), bytes(2)))
        .satisfiesExactly(
            bad -> assertThat(bad).startsWith("1 bytes are left behind the record"),
            good -> assertThat(good).isEqualTo("+I[1]"));
  }

  @Test
  void textThatIsNotUtf8IsBad() throws IOException {
    assertThat(avro(table(DataType.STRING.notNull())).read(bytes(2, 0xc3)))
        .singleElement()
        .satisfies(bad -> assertThat(bad).contains("not what its schema says"));
  }

  @Test
  void messageWithoutBytesHasNoRowAndAnEmptyOneIsBad() throws IOException {
    assertThat(avro(table(DataType.INT)).read((byte[]) null)).isEmpty();
    assertThat(avro(table(DataType.INT)).read(bytes()))
        .singleElement()
        .satisfies(bad -> assertThat(bad).contains("0 bytes are left"));
  }

  @Test
  void jsonThatIsNotTheRecordIsBadAndSpoilsNoOther() throws IOException {
    Messages json = avro(table(DataType.INT, DataType.STRING), "encoding", "json");
    byte[] good = json.write(row(1, "x")).get(0);
    assertThat(text(good)).isEqualTo("{\"a\":{\"int\":1},\"b\":{\"string\":\"x\"}}");
    assertThat(
            json.read(
                utf8("{"), utf8("{\"a\":1}"), good, utf8("[]"), utf8("{\"b\":null,\"a\":null}")))
        .satisfiesExactly(
            bad -> assertThat(bad).contains("not what its schema says"),
            bad -> assertThat(bad).contains("not what its schema says"),
            row -> assertThat(row).isEqualTo("+I[1, x]"),
            bad -> assertThat(bad).contains("not what its schema says"),
            row -> assertThat(row).isEqualTo("+I[null, null]"));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
