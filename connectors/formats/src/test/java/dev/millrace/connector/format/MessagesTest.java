// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import static dev.millrace.connector.format.FormatHarness.row;
import static dev.millrace.connector.format.FormatHarness.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.type.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Formats at work on single messages, as a broker has them. */
class MessagesTest {
  private final FormatHarness json =
      FormatHarness.of(new JsonFactory(), DataType.INT, DataType.STRING);
  private final FormatHarness csv =
      FormatHarness.of(new CsvFactory(), DataType.INT, DataType.STRING);

  @Test
  void jsonMessageMaySpanLines() throws IOException {
    assertThat(json.messages(utf8("{\"a\": 1,\n \"b\": \"x\"}"), utf8("{\"a\":2}")))
        .containsExactly("+I[1, x]", "+I[2, null]");
  }

  @Test
  void arrayLongerThanABatchGoesOnInTheNext() throws IOException {
    assertThat(json.messages(utf8("[{\"a\":1},{\"a\":2},{\"a\":3},{\"a\":4}]"), utf8("[]")))
        .containsExactly("+I[1, null]", "+I[2, null]", "+I[3, null]", "+I[4, null]");
  }

  @Test
  void badMessageSpoilsNoOther() throws IOException {
    assertThat(json.messages(utf8("{"), utf8("{\"a\":1}"), new byte[] {'"', (byte) 0xC3}))
        .satisfiesExactly(
            bad -> assertThat(bad).startsWith("not JSON"),
            good -> assertThat(good).isEqualTo("+I[1, null]"),
            bad -> assertThat(bad).isEqualTo("the record is not UTF-8"));
    assertThat(csv.messages(utf8("x,y"), utf8("1,\"b"), utf8("1,b")))
        .satisfiesExactly(
            bad -> assertThat(bad).contains("'x' is not INT"),
            bad -> assertThat(bad).contains("never closed"),
            good -> assertThat(good).isEqualTo("+I[1, b]"));
  }

  @Test
  void badMessageIsSkippedIfAsked() throws IOException {
    assertThat(json.with(Map.of("ignore-parse-errors", "true")).messages(utf8("{"), utf8("{}")))
        .containsExactly("+I[null, null]");
  }

  @Test
  void messageWithoutBytesHasNoRows() throws IOException {
    assertThat(json.messages((byte[]) null)).isEmpty();
    assertThat(csv.messages((byte[]) null)).isEmpty();
  }

  @Test
  void csvMessageIsOneRecord() throws IOException {
    assertThat(csv.messages(utf8("1,a\n"), utf8("1,a\n2,b")))
        .containsExactly("+I[1, a]", "a message is one record, this one is more");
  }

  @Test
  void messagesAreWrittenWithoutLineEnd() throws IOException {
    assertThat(texts(json.encode(row(1, "x"), row(2, null))))
        .containsExactly("{\"a\":1,\"b\":\"x\"}", "{\"a\":2,\"b\":null}");
    assertThat(texts(csv.encode(row(1, "x y"), row(2, null)))).containsExactly("1,\"x y\"", "2,");
  }

  private static List<String> texts(List<byte[]> messages) {
    return messages.stream().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).toList();
  }
}
