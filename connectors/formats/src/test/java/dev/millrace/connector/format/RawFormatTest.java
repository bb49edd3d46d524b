// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import static dev.millrace.connector.format.FormatHarness.row;
import static dev.millrace.connector.format.FormatHarness.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.type.DataType;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RawFormatTest {
  private static FormatHarness raw(DataType type) {
    return FormatHarness.of(new RawFactory(), type);
  }

  @Test
  void messageIsTheColumn() throws IOException {
    assertThat(raw(DataType.STRING).messages(utf8("a\nb"), utf8(""), null))
        .containsExactly("+I[a\nb]", "+I[]", "+I[null]");
    assertThat(raw(DataType.BYTES).messages(new byte[] {1, 2})).containsExactly("+I[[1, 2]]");
  }

  @Test
  void nullIsNoMessage() throws IOException {
    assertThat(raw(DataType.STRING).encode(row("x"), row((Object) null)))
        .containsExactly(utf8("x"), null);
  }

  @Test
  void numbersHaveTheirWidthAndOrder() throws IOException {
    assertThat(raw(DataType.INT).messages(new byte[] {0, 0, 1, 2})).containsExactly("+I[258]");
    assertThat(raw(DataType.INT).messages(new byte[] {1}))
        .containsExactly("column 'a': INT takes 4 bytes, the record has 1");
    FormatHarness little = raw(DataType.BIGINT).with(Map.of("endianness", "little-endian"));
    assertThat(little.messages(new byte[] {1, 2, 0, 0, 0, 0, 0, 0})).containsExactly("+I[513]");
    assertThat(little.encode(row(513L))).containsExactly(new byte[] {1, 2, 0, 0, 0, 0, 0, 0});
    assertThat(raw(DataType.DOUBLE).messages(raw(DataType.DOUBLE).encode(row(-2.5)).get(0)))
        .containsExactly("+I[-2.5]");
    assertThat(raw(DataType.FLOAT).messages(raw(DataType.FLOAT).encode(row(0.5f)).get(0)))
        .containsExactly("+I[0.5]");
    assertThat(raw(DataType.TINYINT).messages(new byte[] {-1})).containsExactly("+I[-1]");
    assertThat(raw(DataType.SMALLINT).messages(new byte[] {-1, 0})).containsExactly("+I[-256]");
    assertThat(raw(DataType.BOOLEAN).messages(new byte[] {1}, new byte[] {0}))
        .containsExactly("+I[true]", "+I[false]");
  }

  @Test
  void linesOfFilesAreRows() throws IOException {
    FormatHarness raw = raw(DataType.STRING);
    assertThat(raw.read("a\r\n\nb,c")).containsExactly("+I[a]", "+I[]", "+I[b,c]");
    assertThat(raw.write(row("a"), row((Object) null))).isEqualTo("a\n\n");
  }

  @Test
  void badBytesAreADeadLetterWithFileAndLine() throws IOException {
    FormatHarness raw = raw(DataType.STRING);
    byte[] bytes = {'a', '\n', (byte) 0xC3, '\n', 'b'};
    assertThat(raw.read(bytes)).containsExactly("+I[a]", "+I[b]");
    assertThat(raw.deadLetters).singleElement().asString().startsWith("f:2: ").contains("UTF-8");
  }

  @Test
  void otherCharacterSetsAreRead() throws IOException {
    FormatHarness latin = raw(DataType.STRING).with(Map.of("charset", "ISO-8859-1"));
    assertThat(latin.messages(new byte[] {(byte) 0xE4})).containsExactly("+I[\u00e4]");
    assertThatThrownBy(() -> raw(DataType.STRING).with(Map.of("charset", "nope")).read(""))
        .hasMessageContaining("'raw.charset' is 'nope'");
  }

  @Test
  void exactlyOneFittingColumnIsTaken() {
    assertThatThrownBy(
            () -> FormatHarness.of(new RawFactory(), DataType.INT, DataType.INT).read(""))
        .hasMessageContaining("exactly one column");
    assertThatThrownBy(() -> raw(DataType.DATE).read("")).hasMessageContaining("DATE");
  }
}
