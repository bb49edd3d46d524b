// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import static dev.millrace.connector.format.FormatHarness.row;
import static dev.millrace.connector.format.FormatHarness.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.type.DataType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Expected rows and files are what Flink 2.3.0 gave for the same text, unless a name says else. */
class JsonFormatTest {
  private final FormatHarness pair = json(DataType.INT, DataType.STRING);

  @Test
  void rowsAreReadByName() throws IOException {
    assertThat(
            pair.read(
                """
                {"a":1,"b":"x"}
                {"b":3,"a":" 2 "}

                {"b":{"x":[1, 2.0]},"z":{"q":[1]}}
                {"a":null,"b":true}
                {"A":1}
                {"a":4,"b":1.50}\
                """))
        .containsExactly(
            "+I[1, x]",
            "+I[2, 3]",
            "+I[null, {\"x\":[1,2.0]}]",
            "+I[null, true]",
            "+I[null, null]",
            "+I[4, 1.50]");
    assertThat(pair.deadLetters).isEmpty();
  }

  @Test
  void columnThatIsNotReadIsNotConverted() throws IOException {
    assertThat(pair.readOnly(new int[] {1}, "{\"a\":\"one\",\"b\":\"x\"}\n{\"b\":\"y\"}\n{\"a\":1"))
        .containsExactly("+I[x]", "+I[y]");
    assertThat(pair.deadLetters).singleElement().asString().startsWith("f:3: ");
    assertThat(pair.readOnly(new int[] {}, "{\"a\":1}\n{}")).containsExactly("+I[]", "+I[]");
  }

  @Test
  void arrayIsOneRowPerElementAcrossBatches() throws IOException {
    assertThat(pair.read("[{\"a\":1},{\"a\":2},{\"a\":3},{\"a\":4},{\"a\":5}]\r\n{\"a\":6}"))
        .containsExactly(
            "+I[1, null]",
            "+I[2, null]",
            "+I[3, null]",
            "+I[4, null]",
            "+I[5, null]",
            "+I[6, null]");
  }

  @Test
  void malformedLinesAreDeadLettersAndTheNextLineIsRead() throws IOException {
    assertThat(pair.read("{\"a\":1\nnot json\n17\n{\"a\":2} {\"a\":3}\n[{\"a\":4},5]\n{\"a\":6}"))
        .containsExactly("+I[4, null]", "+I[6, null]");
    assertThat(pair.deadLetters).hasSize(5);
    assertThat(pair.deadLetters.get(0)).startsWith("f:1: {\"a\":1: not JSON");
    assertThat(pair.deadLetters.get(2)).contains("expected a JSON object");
    assertThat(pair.deadLetters.get(3)).contains("text follows");
  }

  @Test
  void badValuesAreDeadLettersThatSayWhy() throws IOException {
    assertBad(DataType.INT, "99999999999", "out of range");
    assertBad(DataType.INT, "1.5", "not an integer");
    assertBad(DataType.INT, "1e999999999", "not an integer");
    assertBad(DataType.INT, "true", "not an integer");
    assertBad(DataType.INT, "\"\"", "''");
    assertBad(DataType.INT, "{\"x\":1}", "object or array");
    assertBad(DataType.TINYINT, "300", "out of range");
    assertBad(DataType.decimal(4, 2), "12345", "DECIMAL(4, 2)");
    assertBad(DataType.BOOLEAN, "1", "true or false");
    assertBad(DataType.DATE, "\"2026-02-30\"", "FEBRUARY 30");
    assertBad(DataType.timestamp(3), "\"2026-01-02T03:04:05\"", "yyyy-MM-dd HH:mm:ss");
    assertBad(DataType.BYTES, "\"!\"", "base64");
    assertBad(DataType.INT.notNull(), "null", "NOT NULL");
  }

  @Test
  void ignoredErrorsLeaveNullFieldsAndLeaveOutMalformedLines() throws IOException {
    FormatHarness lenient = pair.with(Map.of("ignore-parse-errors", "true"));
    assertThat(
            lenient.read(
                "{\"a\":\"x\",\"b\":\"y\"}\nnot json\n{\"a\":1\n{\"a\":5}\n17\n"
                    + "{\"a\":{\"q\":1},\"b\":\"k\"}\n"))
        .containsExactly("+I[null, y]", "+I[5, null]", "+I[null, k]");
    assertThat(lenient.deadLetters).isEmpty();
  }

  @Test
  void missingFieldIsBadIfTheOptionSaysSo() throws IOException {
    FormatHarness strict = pair.with(Map.of("fail-on-missing-field", "true"));
    assertThat(strict.read("{\"a\":1}\n{\"a\":1,\"b\":null}\n")).containsExactly("+I[1, null]");
    assertThat(strict.deadLetters).singleElement().asString().contains("field 'b' is missing");
    assertThatThrownBy(
            () ->
                pair.with(Map.of("fail-on-missing-field", "true", "ignore-parse-errors", "true"))
                    .read(""))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("exclude each other");
  }

  @Test
  void valuesAreReadAsFlinkReadsThem() throws IOException {
    assertThat(
            json(DataType.DOUBLE, DataType.FLOAT)
                .read("{\"a\":1,\"b\":\"1.5\"}\n{\"a\":\"NaN\",\"b\":1e3}"))
        .containsExactly("+I[1.0, 1.5]", "+I[NaN, 1000.0]");
    assertThat(json(DataType.decimal(4, 2)).read("{\"a\":1}\n{\"a\":\"1.255\"}\n{\"a\":1.255}"))
        .containsExactly("+I[1.00]", "+I[1.26]", "+I[1.26]");
    assertThat(json(DataType.BIGINT).read("{\"a\":1.0}\n{\"a\":1e3}"))
        .containsExactly("+I[1]", "+I[1000]");
    assertThat(json(DataType.DATE).read("{\"a\":\"2026-01-02\"}"))
        .containsExactly("+I[2026-01-02]");
    assertThat(
            json(DataType.timestamp(3), DataType.timestampLtz(3))
                .read("{\"a\":\"2026-01-02 03:04:05.123456\",\"b\":\"2026-01-02 03:04:05Z\"}"))
        .containsExactly("+I[2026-01-02T03:04:05.123, 2026-01-02T03:04:05Z]");
    assertThat(
            json(DataType.timestamp(3), DataType.timestampLtz(3))
                .with(Map.of("timestamp-format.standard", "ISO-8601"))
                .read("{\"a\":\"2026-01-02T03:04:05.5\",\"b\":\"2026-01-02T03:04:05Z\"}"))
        .containsExactly("+I[2026-01-02T03:04:05.500, 2026-01-02T03:04:05Z]");
    assertThat(json(DataType.STRING).read("{\"a\":\"x\ty\"}\n{\"a\":\"\\u00e9\"}\r\n"))
        .containsExactly("+I[x\ty]", "+I[é]");
  }

  @Test
  void valuesAreWrittenAsFlinkWritesThem() throws IOException {
    FormatHarness all =
        json(
            DataType.BOOLEAN,
            DataType.TINYINT,
            DataType.DOUBLE,
            DataType.decimal(10, 2),
            DataType.STRING,
            DataType.BYTES,
            DataType.DATE,
            DataType.TIME,
            DataType.timestamp(3),
            DataType.timestampLtz(3),
            DataType.STRING);
    Object[] values =
        row(
            true,
            1,
            1e10,
            new BigDecimal("1000"),
            "a\"b é /",
            new byte[] {1, 2},
            LocalDate.of(2026, 1, 2),
            LocalTime.of(8, 30),
            LocalDateTime.of(2026, 1, 2, 3, 4, 5),
            Instant.parse("2026-01-02T03:04:05.12Z"),
            null);
    assertThat(all.write(values, values))
        .isEqualTo(
            """
            {"a":true,"b":1,"c":1.0E10,"d":1E+3,"e":"a\\"b é /","f":"AQI=","g":"2026-01-02",\
            "h":"08:30:00","i":"2026-01-02 03:04:05","j":"2026-01-02 03:04:05.12Z","k":null}
            """
                .repeat(2));
    assertThat(
            all.with(
                    Map.of(
                        "timestamp-format.standard",
                        "ISO-8601",
                        "encode.decimal-as-plain-number",
                        "true",
                        "encode.ignore-null-fields",
                        "true"))
                .write(values))
        .contains("\"d\":1000.00,", "\"2026-01-02T03:04:05\"", "\"2026-01-02T03:04:05.12Z\"}\n");
    assertThat(json(DataType.DOUBLE).write(row(Double.NaN))).isEqualTo("{\"a\":\"NaN\"}\n");
  }

  private static void assertBad(DataType type, String value, String why) throws IOException {
    FormatHarness harness = json(type);
    assertThat(harness.read("{\"a\":" + value + "}\n")).isEmpty();
    assertThat(harness.deadLetters)
        .singleElement()
        .asString()
        .startsWith("f:1: {")
        .contains("column 'a'")
        .containsIgnoringCase(why);
  }

  private static FormatHarness json(DataType... types) {
    return FormatHarness.of(new JsonFactory(), types);
  }

  @Test
  void objectIsAMapByName() throws IOException {
    FormatHarness maps =
        json(
            DataType.map(DataType.STRING, DataType.INT),
            DataType.map(DataType.STRING, DataType.map(DataType.STRING, DataType.STRING)));
    assertThat(
            maps.read(
                """
                {"a":{"x":1,"y":null,"x":2},"b":{"o":{"p":[1]},"n":null}}
                {"a":{},"b":null}
                {"a":[1]}
                {"a":{"x":"one"}}
                {"a":"x"}\
                """))
        .containsExactly("+I[{x=2, y=null}, {n=null, o={p=[1]}}]", "+I[{}, null]");
    assertThat(maps.deadLetters).hasSize(3);
    assertThat(maps.with(Map.of("ignore-parse-errors", "true")).read("{\"a\":{\"x\":\"one\"}}"))
        .containsExactly("+I[{x=null}, null]");
  }

  @Test
  void mapIsWrittenAsAnObjectAndAKeyThatIsNullAsTheOptionsSay() throws IOException {
    FormatHarness maps = json(DataType.map(DataType.STRING, DataType.BYTES));
    Map<String, byte[]> map = new LinkedHashMap<>();
    map.put("x", new byte[] {1});
    map.put("y", null);
    assertThat(maps.encode(row(map))).containsExactly(utf8("{\"a\":{\"x\":\"AQ==\",\"y\":null}}"));
    map.put(null, new byte[0]);
    assertThatThrownBy(() -> maps.encode(row(map))).hasMessageContaining("map-null-key.mode");
    assertThat(maps.with(Map.of("map-null-key.mode", "DROP")).encode(row(map)))
        .containsExactly(utf8("{\"a\":{\"x\":\"AQ==\",\"y\":null}}"));
    assertThat(
            maps.with(Map.of("map-null-key.mode", "LITERAL", "map-null-key.literal", "none"))
                .encode(row(map)))
        .containsExactly(utf8("{\"a\":{\"x\":\"AQ==\",\"y\":null,\"none\":\"\"}}"));
  }

  @Test
  void keysThatAreNoNamesAreRefused() {
    assertThatThrownBy(() -> json(DataType.map(DataType.INT, DataType.INT)).read("{}"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("the keys must be STRING");
  }
}
