// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import static dev.millrace.connector.format.FormatHarness.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.type.DataType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Expected rows and files are what Flink 2.3.0 gave for the same text, unless a name says else. */
class CsvFormatTest {
  private final FormatHarness pair = csv(DataType.INT, DataType.STRING);

  @Test
  void rowsAreReadByPosition() throws IOException {
    assertThat(pair.read("1,x\r\n 2 ,y z\n+3,\"a\"\"b\"\n4,a\"b\n5,  \"q\"\r6,last"))
        .containsExactly(
            "+I[1, x]",
            "+I[2, y z]",
            "+I[3, a\"b]",
            "+I[4, a\"b]",
            "+I[5,   \"q\"]",
            "+I[6, last]");
    assertThat(pair.deadLetters).isEmpty();
  }

  @Test
  void quotedFieldSpansLines() throws IOException {
    assertThat(csv(DataType.STRING, DataType.STRING).read("\"multi\nline\",y\n\"z\"  ,w"))
        .containsExactly("+I[multi\nline, y]", "+I[z, w]");
  }

  @Test
  void columnThatIsNotReadIsNotConverted() throws IOException {
    FormatHarness csv = csv(DataType.INT, DataType.STRING, DataType.INT);
    assertThat(csv.readOnly(new int[] {1, 2}, "one,x,2\n3,y,4\n"))
        .containsExactly("+I[x, 2]", "+I[y, 4]");
    assertThat(csv.readOnly(new int[] {}, "one,x,2\n3,y,4\n")).containsExactly("+I[]", "+I[]");
    assertThat(csv.deadLetters).isEmpty();
  }

  @Test
  void recordIsCutAsAWholeWhateverIsRead() throws IOException {
    FormatHarness csv = csv(DataType.INT, DataType.STRING, DataType.INT);
    assertThat(csv.readOnly(new int[] {0}, "1,x\n2,y,3,\n4,z,5,6\n")).containsExactly("+I[2]");
    assertThat(csv.deadLetters)
        .hasSize(2)
        .allSatisfy(letter -> assertThat(letter).contains("the table 3 columns"));
    assertThat(csv.with(Map.of("ignore-parse-errors", "true")).readOnly(new int[] {0, 2}, "1,x\n"))
        .containsExactly("+I[1, null]");
  }

  @Test
  void byteOrderMarkIsNoText() throws IOException {
    assertThat(csv(DataType.STRING).read("\uFEFFx\n")).containsExactly("+I[x]");
  }

  @Test
  void emptyStringIsAValueOfStringsOnly() throws IOException {
    assertThat(pair.read("1,\n,x\n")).containsExactly("+I[1, ]");
    assertThat(pair.deadLetters).singleElement().asString().startsWith("f:2: ,x: column 'a'");
  }

  @Test
  void nullLiteralIsNullInQuotesToo() throws IOException {
    assertThat(pair.with(Map.of("null-literal", "null")).read("1,null\nnull,\"null\"\n2,NULL\n"))
        .containsExactly("+I[1, null]", "+I[null, null]", "+I[2, NULL]");
    assertThat(pair.with(Map.of("null-literal", "")).read("1,\n,x\n3,\"\"\n"))
        .containsExactly("+I[1, null]", "+I[null, x]", "+I[3, null]");
    assertThat(pair.with(Map.of("empty-string-as-null", "true")).read("1,\n,x\n3,\"\"\n"))
        .containsExactly("+I[1, null]", "+I[null, x]", "+I[3, null]");
  }

  @Test
  void rowsOfAnotherLengthAreDeadLetters() throws IOException {
    assertThat(pair.read("1\n2,x,y\n\n3,ok,\n")).containsExactly("+I[3, ok]");
    assertThat(pair.deadLetters)
        .containsExactly(
            "f:1: 1: the row has 1 fields, the table 2 columns",
            "f:2: 2,x,y: the row has 3 fields, the table 2 columns",
            "f:3: : the row has 1 fields, the table 2 columns");
  }

  @Test
  void ignoredErrorsLeaveNullFieldsAndLeaveOutLongRows() throws IOException {
    FormatHarness lenient = pair.with(Map.of("ignore-parse-errors", "true"));
    assertThat(lenient.read("1\nx,y\n3,z,q\n\n4,ok\n,e\n"))
        .containsExactly(
            "+I[1, null]", "+I[null, y]", "+I[null, null]", "+I[4, ok]", "+I[null, e]");
    assertThat(lenient.deadLetters).isEmpty();
  }

  @Test
  void lengthOptionsAreObeyed() throws IOException {
    assertThat(pair.with(Map.of("ignore-trailing-unmappable", "true")).read("1,x,extra\n"))
        .containsExactly("+I[1, x]");
    FormatHarness strict =
        pair.with(Map.of("fail-on-missing-columns", "true", "ignore-parse-errors", "true"));
    assertThat(strict.read("1\n2,x\n")).containsExactly("+I[2, x]");
    FormatHarness noTrailing = pair.with(Map.of("allow-trailing-comma", "false"));
    assertThat(noTrailing.read("1,x,\n")).isEmpty();
    assertThat(noTrailing.deadLetters).hasSize(1);
  }

  @Test
  void strayQuoteSpoilsItsLineOnly() throws IOException {
    assertThat(pair.read("1,a\n2,\"x\"y\n3,b\n4,\"never closed\n5,c\n"))
        .containsExactly("+I[1, a]", "+I[3, b]", "+I[5, c]");
    assertThat(pair.deadLetters)
        .containsExactly(
            "f:2: 2,\"x\"y: expected ',' after a closing quote, found 'y'",
            "f:4: 4,\"never closed: a quote is never closed");
  }

  @Test
  void commentsAndTrimmingAreOptions() throws IOException {
    assertThat(
            pair.with(Map.of("allow-comments", "true")).read("# hi\n1,a\n#x\n2,#b\n  #y,\"\n3,c"))
        .containsExactly("+I[1, a]", "+I[2, #b]", "+I[3, c]");
    assertThat(pair.with(Map.of("trim-spaces", "true")).read("1,  a  \n 2 ,\"  b \"\n"))
        .containsExactly("+I[1, a]", "+I[2,   b ]");
  }

  @Test
  void delimiterQuoteAndEscapeAreOptions() throws IOException {
    assertThat(pair.with(Map.of("field-delimiter", "\\t")).read("1\ta\n"))
        .containsExactly("+I[1, a]");
    assertThat(pair.with(Map.of("field-delimiter", "\\u0001")).read("1\u0001a\n"))
        .containsExactly("+I[1, a]");
    assertThat(pair.with(Map.of("field-delimiter", ";", "quote-character", "'")).read("1;'a;b'\n"))
        .containsExactly("+I[1, a;b]");
    assertThat(pair.with(Map.of("disable-quote-character", "true")).read("1,\"a\"\n"))
        .containsExactly("+I[1, \"a\"]");
    assertThat(pair.with(Map.of("escape-character", "\\")).read("1,a\\,b\n2,\"a\\\"b\"\n3,a\\nb\n"))
        .containsExactly("+I[1, a,b]", "+I[2, a\"b]", "+I[3, a\nb]");
  }

  @Test
  void valuesAreReadAsFlinkReadsThem() throws IOException {
    assertThat(csv(DataType.decimal(4, 2)).read("1\n1.255\n1e1\n-.5\n"))
        .containsExactly("+I[1.00]", "+I[1.26]", "+I[10.00]", "+I[-0.50]");
    assertThat(csv(DataType.DOUBLE, DataType.FLOAT).read("1,NaN\n1e400,Infinity\n 1d ,0x1p3\n"))
        .containsExactly("+I[1.0, NaN]", "+I[Infinity, Infinity]", "+I[1.0, 8.0]");
    assertThat(csv(DataType.BOOLEAN).read("TRUE\n false \n"))
        .containsExactly("+I[true]", "+I[false]");
    assertThat(csv(DataType.DATE).read("2026-01-02\n2026-1-2\n"))
        .containsExactly("+I[2026-01-02]", "+I[2026-01-02]");
    assertThat(csv(DataType.TIME).read("08:30\n08:30:11\n08:30:11.5\n"))
        .containsExactly("+I[08:30]", "+I[08:30:11]", "+I[08:30:11]");
    assertThat(csv(DataType.timestamp(3)).read("2026-01-02 03:04:05\n1969-12-31 23:59:59.9999\n"))
        .containsExactly("+I[2026-01-02T03:04:05]", "+I[1969-12-31T23:59:59.999]");
    assertThat(csv(DataType.timestampLtz(3)).read("2026-01-02 03:04:05Z\n"))
        .containsExactly("+I[2026-01-02T03:04:05Z]");
    assertThat(csv(DataType.BYTES).read("aGVsbG8=\n"))
        .containsExactly("+I[[104, 101, 108, 108, 111]]");
    assertThat(csv(DataType.varchar(3)).read("abcdef\n")).containsExactly("+I[abcdef]");
  }

  @Test
  void plainDoublesAreExact() throws IOException {
    assertThat(csv(DataType.DOUBLE).read("0.1\n-123.456\n9007199254740993\n1.7976931348623157e308"))
        .containsExactly(
            "+I[0.1]", "+I[-123.456]", "+I[9.007199254740992E15]", "+I[1.7976931348623157E308]");
  }

  @Test
  void badValuesAreDeadLettersThatSayWhy() throws IOException {
    assertBad(DataType.INT, "99999999999", "out of range");
    assertBad(DataType.TINYINT, "300", "out of range");
    assertBad(DataType.BIGINT, "9223372036854775808", "9223372036854775808");
    assertBad(DataType.INT, "1.5", "not an integer");
    assertBad(DataType.decimal(4, 2), "123.4", "DECIMAL(4, 2)");
    assertBad(DataType.decimal(4, 2), "1e999999999", "DECIMAL(4, 2)");
    assertBad(DataType.decimal(4, 2), "1e2147483647", "DECIMAL(4, 2)");
    assertBad(DataType.decimal(38, 2), "9".repeat(2000), "1000 characters");
    assertBad(DataType.BOOLEAN, "yes", "true or false");
    assertBad(DataType.DATE, "2026-02-30", "FEBRUARY 30");
    assertBad(DataType.TIME, "24:00:00", "no such time");
    assertBad(DataType.timestamp(3), "2026-01-02T03:04:05", "yyyy-MM-dd HH:mm:ss");
    assertBad(DataType.timestamp(3), "2026-01-02 03:04", "yyyy-MM-dd HH:mm:ss");
    assertBad(DataType.timestampLtz(3), "2026-01-02 03:04:05", "HH:mm:ssZ");
    assertBad(DataType.BYTES, "!!", "base64");
  }

  @Test
  void tinyDecimalIsZeroAndDoesNotFillTheMemory() throws IOException {
    assertThat(csv(DataType.decimal(4, 2)).read("1e-999999999\n")).containsExactly("+I[0.00]");
  }

  @Test
  void nullIsNoValueOfANotNullColumn() throws IOException {
    FormatHarness strict = csv(DataType.INT.notNull()).with(Map.of("null-literal", "null"));
    assertThat(strict.read("null\n1\n")).containsExactly("+I[1]");
    assertThat(strict.deadLetters).singleElement().asString().contains("NOT NULL");
  }

  @Test
  void bytesThatAreNotUtf8AreADeadLetter() throws IOException {
    byte[] text = "1,ä\n2,ok\n3,😀\n".getBytes(StandardCharsets.UTF_8);
    text[3] = 'x';
    assertThat(pair.read(text)).containsExactly("+I[2, ok]", "+I[3, 😀]");
    assertThat(pair.deadLetters).singleElement().asString().contains("not UTF-8");
  }

  @Test
  void recordsAcrossTheWindowsEdgeAreWhole() throws IOException {
    String longField = "é".repeat(70_000);
    String text = ("1," + longField + "\r\n").repeat(7) + "2,\"" + longField + "\"\r\n";
    assertThat(pair.read(text)).hasSize(8).allMatch(row -> row.endsWith(longField + "]"));
  }

  @Test
  void wrongOptionsAreRefused() {
    assertRefused(Map.of("field-delimiter", ";;"), "'csv.field-delimiter'", "single character");
    assertRefused(Map.of("quote-character", ""), "'csv.quote-character'");
    assertRefused(
        Map.of("quote-character", "'", "disable-quote-character", "true"), "exclude each other");
  }

  @Test
  void valuesAreWrittenAsFlinkWritesThem() throws IOException {
    FormatHarness all =
        csv(
            DataType.BOOLEAN,
            DataType.BIGINT,
            DataType.FLOAT,
            DataType.DOUBLE,
            DataType.decimal(10, 2),
            DataType.BYTES,
            DataType.DATE,
            DataType.TIME,
            DataType.timestamp(3),
            DataType.timestampLtz(3),
            DataType.timestamp(6),
            DataType.STRING);
    Object[] values =
        row(
            true,
            5L,
            1.5f,
            1e10,
            new BigDecimal("1000"),
            new byte[] {1, 2},
            LocalDate.of(2026, 1, 2),
            LocalTime.of(8, 30),
            LocalDateTime.of(2026, 1, 2, 3, 4, 5),
            Instant.parse("2026-01-02T03:04:05.12Z"),
            LocalDateTime.of(2026, 1, 2, 3, 4, 5, 123_456_000),
            null);
    assertThat(all.write(values))
        .isEqualTo(
            "true,5,1.5,1.0E10,1E+3,AQI=,2026-01-02,08:30:00,\"2026-01-02 03:04:05\","
                + "\"2026-01-02 03:04:05.12Z\",\"2026-01-02 03:04:05.123456\",\n");
  }

  @Test
  void textIsQuotedWhereFlinkQuotesIt() throws IOException {
    assertThat(
            csv(DataType.STRING)
                .write(
                    row("a\"b"),
                    row("x y"),
                    row("plain"),
                    row(""),
                    row("#c"),
                    row("new\nline"),
                    row("ümlaut"),
                    row("a;b"),
                    row("-x"),
                    row("looooooooooooooooooooooooooooong"),
                    row("a'b"),
                    row("https://x/y?z=1")))
        .isEqualTo(
            """
            "a""b"
            "x y"
            plain

            "#c"
            "new
            line"
            ümlaut
            a;b
            -x
            "looooooooooooooooooooooooooooong"
            "a'b"
            https://x/y?z=1
            """);
    assertThat(
            pairOfText()
                .with(
                    Map.of(
                        "field-delimiter", ";", "quote-character", "'", "escape-character", "\\"))
                .write(row("a;b", 1), row("a'b", 2), row("a\\b", 3)))
        .isEqualTo("'a;b';1\n'a''b';2\n'a\\\\b';3\n");
    assertThat(
            pairOfText()
                .with(Map.of("disable-quote-character", "true"))
                .write(row("a,b", 1), row("a\"b", 2)))
        .isEqualTo("a,b,1\na\"b,2\n");
    assertThat(pairOfText().with(Map.of("null-literal", "NUL")).write(row("a", null)))
        .isEqualTo("a,NUL\n");
  }

  @Test
  void decimalsAreWrittenInEitherNotation() throws IOException {
    FormatHarness decimal = csv(DataType.decimal(10, 2));
    Object[][] values = {
      row(new BigDecimal("0.00")), row(new BigDecimal("1.50")), row(new BigDecimal("-100000"))
    };
    assertThat(decimal.write(values)).isEqualTo("0\n1.5\n-1E+5\n");
    assertThat(
            decimal.with(Map.of("write-bigdecimal-in-scientific-notation", "false")).write(values))
        .isEqualTo("0.00\n1.50\n-100000.00\n");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    FormatHarness text = pairOfText();
    String[] values = {"a\"b", "x,y", "", "new\r\nline", " lead", "trail ", "\"", "😀"};
    for (String value : values) {
      assertThat(text.read(text.write(row(value, 1)))).containsExactly("+I[" + value + ", 1]");
    }
  }

  private static void assertBad(DataType type, String text, String why) throws IOException {
    FormatHarness harness = csv(type);
    assertThat(harness.read(text + "\n")).isEmpty();
    assertThat(harness.deadLetters)
        .singleElement()
        .asString()
        .startsWith("f:1: ")
        .contains("column 'a'")
        .containsIgnoringCase(why);
  }

  private static void assertRefused(Map<String, String> options, String... words) {
    assertThatThrownBy(() -> csv(DataType.INT).with(options).read(""))
        .isInstanceOf(MillraceException.class)
        .hasMessageContainingAll(words);
  }

  private static FormatHarness pairOfText() {
    return csv(DataType.STRING, DataType.INT);
  }

  private static FormatHarness csv(DataType... types) {
    return FormatHarness.of(new CsvFactory(), types);
  }

  @Test
  void mapsAreRefusedByName() {
    FormatHarness maps =
        FormatHarness.of(new CsvFactory(), DataType.map(DataType.STRING, DataType.INT));
    assertThatThrownBy(() -> maps.read(""))
        .hasMessage("format 'csv' cannot hold column 'a' of type MAP<STRING, INT>");
    assertThatThrownBy(() -> maps.write()).hasMessageContaining("MAP<STRING, INT>");
  }
}
