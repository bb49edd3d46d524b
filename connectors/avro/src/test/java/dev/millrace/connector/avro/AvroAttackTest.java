// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import static dev.millrace.connector.avro.Messages.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What records and schemas of strangers must not be able to do. */
class AvroAttackTest {
  private static final RowType ID = RowType.of(new Column("id", DataType.INT));

  private static byte[] encoded(Consumer<Script> script) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      script.accept(call -> call.write(encoder));
      encoder.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Calls of an encoder. */
  private interface Script {
    void say(Call call) throws IOException;

    default void longs(long... values) {
      for (long value : values) {
        try {
          say(encoder -> encoder.writeLong(value));
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  private interface Call {
    void write(BinaryEncoder encoder) throws IOException;
  }

  @ParameterizedTest
  @ValueSource(longs = {2_000_000_000L, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE, 4})
  void lengthThatIsALieAllocatesNothing(long length) throws IOException {
    byte[] lie = encoded(script -> script.longs(length, 0));
    for (DataType type :
        List.of(
            DataType.STRING.notNull(),
            DataType.BYTES.notNull(),
            DataType.decimal(9, 2).notNull())) {
      Messages avro = Messages.of(new AvroFactory(), RowType.of(new Column("v", type)));
      long before = allocated();
      assertThat(avro.read(lie))
          .singleElement()
          .satisfies(bad -> assertThat(bad).contains("a length of " + length + " is claimed"));
      assertThat(allocated() - before).isLessThan(20_000_000);
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** Fields the table does not have are skipped, and skipping must not take for ever either. */
  @Test
  void countOfItemsThatTakeNoBytesIsBounded() throws IOException {
    Schema writer =
        schema(
            "{\"name\":\"nulls\",\"type\":{\"type\":\"array\",\"items\":\"null\"}},"
                + "{\"name\":\"m\",\"type\":{\"type\":\"map\",\"values\":\"long\"}}");
    refused(writer, encoded(script -> script.longs(Long.MAX_VALUE, 0, 0)), "items are claimed");
    refused(writer, encoded(script -> script.longs(Long.MIN_VALUE, 1, 0)), "is claimed");
    refused(writer, encoded(script -> script.longs(0, Long.MAX_VALUE, 0)), "items are claimed");
    byte[] manyBlocks = new byte[60_000];
    for (int i = 0; i + 3 <= manyBlocks.length; i += 3) {
      System.arraycopy(bytes(0xc0, 0xa9, 0x07), 0, manyBlocks, i, 3);
    }
    refused(writer, manyBlocks, "items are claimed");
  }

  private static void refused(Schema writer, byte[] message, String why) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThatThrownBy(() -> read(writer, message))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why));
  }

  private static void read(Schema writer, byte[] message) throws IOException {
    MessageBytes in = new MessageBytes();
    in.begin(message, 0);
    new AvroRows(writer, TableSchema.of(ID, Dialect.AVRO)).add(in, new RowBatch(ID, 1));
  }

  @Test
  void deepDataIsSkippedWithoutTheThreadsStack() throws IOException {
    Schema writer =
        schema(
            "{\"name\":\"list\",\"type\":{\"type\":\"record\",\"name\":\"N\",\"fields\":["
                + "{\"name\":\"next\",\"type\":[\"null\",\"N\"]}]}}");
    byte[] deep = new byte[1_000_001];
    Arrays.fill(deep, 0, deep.length - 1, (byte) 2);
    read(writer, deep);
  }

  /** A byte 2 is one item, a key of one letter, or that letter. */
  @ParameterizedTest
  @ValueSource(strings = {"\"array\",\"items\"", "\"map\",\"values\""})
  void listsWithinListsAreABadRecordAndSpoilNoOther(String list) throws IOException {
    Schema writer =
        schema(
            "{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"tree\",\"type\":{\"type\":\"record\",\"name\":\"N\",\"fields\":["
                + "{\"name\":\"kids\",\"type\":{\"type\":"
                + list
                + ":\"N\"}}]}}");
    MessageBytes in = new MessageBytes();
    AvroRows rows = new AvroRows(writer, TableSchema.of(ID, Dialect.AVRO));
    AvroMessages messages =
        new AvroMessages(
            (message, batch) -> {
              in.begin(message, 0);
              PlainRecords.addWhole(rows, in, batch);
            });
    byte[] deep = new byte[1_000_000];
    Arrays.fill(deep, (byte) 2);
    RowBatch batch = new RowBatch(ID, 2);
    messages.begin(deep);
    assertThatThrownBy(() -> messages.next(batch))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> assertThat(e.code().category()).isEqualTo(ErrorCategory.DATA))
        .hasMessageContaining("nested too deeply");
    messages.begin(bytes(14, 0));
    assertThat(messages.next(batch)).isFalse();
    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.rowToString(0)).isEqualTo("+I[7]");
  }

  /** To give a number another scale takes as many digits as the two differ by. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"bytes\",\"precision\":100000000,\"scale\":100000000",
        "\"bytes\",\"precision\":1001",
        "\"fixed\",\"name\":\"F\",\"size\":1000,\"precision\":1001,\"scale\":1001"
      })
  void decimalOfMoreDigitsThanAnybodyNeedsIsRefused(String decimal) {
    assertThatThrownBy(
            () ->
                schema(
                    "{\"name\":\"d\",\"type\":[\"null\",{\"logicalType\":\"decimal\",\"type\":%s}]}"
                        .formatted(decimal)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("digits, which are more than 1000");
  }

  @Test
  void anyBytesAreARowOrABadRecordButNothingElse() throws IOException {
    Random random = new Random(42);
    RowType table =
        RowType.of(
            new Column("a", DataType.STRING),
            new Column("b", DataType.decimal(20, 3)),
            new Column("c", DataType.timestamp(3)),
            new Column("d", DataType.BOOLEAN));
    Messages avro = Messages.of(new AvroFactory(), table);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      assertThat(avro.read(noise)).hasSize(1);
    }
  }

  private static Schema schema(String fields) {
    return ForeignSchema.parse(
        "{\"type\":\"record\",\"name\":\"W\",\"fields\":[" + fields + "]}", List.of());
  }

  @Test
  void deepSchemaIsRefused() {
    String deep = "{\"type\":\"array\",\"items\":".repeat(10_000) + "\"int\"" + "}".repeat(10_000);
    assertThatThrownBy(() -> schema("{\"name\":\"a\",\"type\":" + deep + "}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nested deeper");
  }

  /** Records that each hold two of the next: twice as much with each of them, in little text. */
  @Test
  void smallSchemaThatUnfoldsToALargeOneIsRefused() {
    StringBuilder text = new StringBuilder();
    String leaf = "\"int\"";
    for (int i = 0; i < 30; i++) {
      text.append(
          "{\"type\":\"record\",\"name\":\"R%d\",\"fields\":[{\"name\":\"a\",\"type\":"
              .formatted(i));
    }
    text.append(leaf);
    for (int i = 29; i >= 0; i--) {
      text.append("},{\"name\":\"b\",\"type\":")
          .append(i == 29 ? leaf : "\"R" + (i + 1) + "\"")
          .append("}]}");
    }
    assertThat(text).hasSizeLessThan(4000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () ->
            assertThatThrownBy(() -> ForeignSchema.parse(text.toString(), List.of()))
                .hasMessageContaining("unfolds"));
  }

  @Test
  void schemaNamesNoClassThatIsLoaded() throws IOException {
    Schema writer =
        schema(
            "{\"name\":\"id\",\"type\":\"int\",\"java-class\":\"%s\"},"
                    .formatted(Loaded.class.getName())
                + "{\"name\":\"s\",\"type\":{\"type\":\"string\",\"java-class\":\"%s\",\"avro.java.string\":\"String\"}}"
                    .formatted(Loaded.class.getName()));
    read(writer, bytes(2, 2, 'x'));
    assertThat(System.getProperty("millrace.test.loaded")).isNull();
  }

  /** Leaves a trace if it is ever initialised. */
  static final class Loaded {
    static {
      System.setProperty("millrace.test.loaded", "true");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "\"int\"", "{\"type\":\"nonsense\"}", "[]", "null", "7"})
  void whatIsNoRecordsSchemaIsRefused(String text) {
    assertThatThrownBy(() -> ForeignSchema.parse(text, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
