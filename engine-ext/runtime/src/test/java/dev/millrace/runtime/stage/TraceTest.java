// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.runtime.state.StateWriter;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static Trace.Event event(int kind, String table, int rows, int times) {
    return new Trace.Event(
        kind, table, rows, times, Optional.empty(), Optional.empty(), OptionalLong.empty());
  }

  private static RowBatch batch(int rows) {
    RowBatch batch = new RowBatch(RowType.of());
    batch.size(rows);
    return batch;
  }

  private static RowBatch batch(int rows, Splits parts, int part) {
    RowBatch batch = batch(rows);
    batch.split(parts, part);
    return batch;
  }

  private static String text(Trace.Event event) {
    Trace.Part part = event.part().orElseThrow();
    String all = "";
    for (int i = 0; i < part.all().size(); i++) {
      all += (part.all().isSilent(i) ? " -" : " ") + part.all().name(i);
    }
    return event.rows() + "*" + event.times() + " of " + part.name() + " among" + all;
  }

  @Test
  void equalBatchesAreOneEvent() {
    Recorder recorder = Recorder.on();
    int a = recorder.source("a");
    int b = recorder.source("b");
    for (int i = 0; i < 1000; i++) {
      recorder.rows(a, batch(256));
    }
    recorder.rows(b, batch(3));
    recorder.pause();
    recorder.idle(b);
    recorder.end(a);
    byte[] bytes = recorder.take(true);
    assertThat(bytes).hasSizeLessThan(40);
    assertThat(Trace.read(List.of(bytes)).events())
        .containsExactly(
            event(Recorder.ROWS, "a", 256, 1000),
            event(Recorder.ROWS, "b", 3, 1),
            event(Recorder.PAUSE, "", 0, 1),
            event(Recorder.IDLE, "b", 0, 1),
            event(Recorder.END, "a", 0, 1));
    assertThat(Trace.read(List.of(recorder.take(true))).events()).isEmpty();
  }

  @Test
  void aBatchDuringWhichTheClockWasReadStandsAlone() {
    Recorder recorder = Recorder.on();
    int a = recorder.source("a");
    recorder.rows(a, batch(5));
    recorder.rows(a, batch(5));
    recorder.clock(17);
    recorder.rows(a, batch(5));
    assertThat(Trace.read(List.of(recorder.take(true))).events())
        .containsExactly(
            event(Recorder.ROWS, "a", 5, 1),
            new Trace.Event(
                Recorder.ROWS, "a", 5, 1, Optional.empty(), Optional.empty(), OptionalLong.of(17)),
            event(Recorder.ROWS, "a", 5, 1));
  }

  @Test
  void aDamagedTraceIsANamedError() {
    Recorder recorder = Recorder.on();
    recorder.rows(recorder.source("a"), batch(5));
    byte[] bytes = recorder.take(true);
    bytes[3] ^= 1;
    assertThatThrownBy(() -> Trace.read(List.of(bytes)))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void rowsOfPartsAreToldByNameWithTheSilentOnes() {
    Recorder recorder = Recorder.on();
    int a = recorder.source("a");
    Splits two = new Splits(List.of("p", "q"), new boolean[2]);
    recorder.rows(a, batch(5, two, 1));
    recorder.rows(a, batch(5, two, 1));
    recorder.rows(a, batch(5, two, 0));
    recorder.rows(
        a, batch(5, new Splits(List.of("p", "q", "r"), new boolean[] {false, true, false}), 2));
    byte[] first = recorder.take(true);
    recorder.rows(a, batch(7, two, 0));
    List<Trace.Event> events = Trace.read(List.of(first, recorder.take(true))).events();
    assertThat(events.stream().map(TraceTest::text))
        .containsExactly(
            "5*2 of q among p q",
            "5*1 of p among p q",
            "5*1 of r among p -q r",
            "7*1 of p among p q");
    recorder.parts(a, two);
    Trace.Event alone = Trace.read(List.of(recorder.take(true))).events().get(0);
    assertThat(alone.kind()).isEqualTo(Recorder.PARTS_ALONE);
    assertThat(text(alone)).endsWith("among p q");
    assertThat(events.get(0).part().orElseThrow().all())
        .isSameAs(events.get(1).part().orElseThrow().all());
  }

  private static final RowType TYPE =
      RowType.of(
          new Column("n", DataType.BIGINT.notNull()),
          new Column("t", DataType.STRING),
          new Column("d", DataType.decimal(30, 2)));

  private static RowBatch inserted() {
    RowBatch batch = new RowBatch(TYPE);
    int row = batch.add(ChangeKind.DELETE);
    batch.setLong(row, 0, -7);
    batch.setString(row, 1, "pear");
    batch.setDecimal(row, 2, new BigDecimal("1234567890123456789012345.67"));
    row = batch.add(ChangeKind.INSERT);
    batch.setLong(row, 0, Long.MAX_VALUE);
    batch.setNull(row, 1);
    batch.setDecimal(row, 2, new BigDecimal("0.50"));
    return batch;
  }

  @Test
  void rowsNoSourceHasReadAreInTheTraceThemselves() {
    Recorder recorder = Recorder.on();
    int a = recorder.source("a");
    recorder.rows(a, batch(5));
    recorder.inserted(a, inserted());
    recorder.clock(17);
    recorder.inserted(a, inserted());
    recorder.rows(a, batch(5));
    List<Trace.Event> events = Trace.read(List.of(recorder.take(true))).events();
    assertThat(events.stream().map(Trace.Event::kind))
        .containsExactly(Recorder.ROWS, Recorder.INSERTED, Recorder.INSERTED, Recorder.ROWS);
    assertThat(events.get(1).clockMillis()).hasValue(17);
    assertThat(events.get(2).clockMillis()).isEmpty();
    assertThat(events.get(2).part()).isEmpty();
    assertThat(events.get(2).cells().orElseThrow().batch(TYPE)).hasToString(inserted().toString());
  }

  @Test
  void insertedRowsGoByTheNamesOfTheirColumns() {
    Recorder recorder = Recorder.on();
    recorder.inserted(recorder.source("a"), inserted());
    RowType other =
        RowType.of(
            new Column("d", DataType.decimal(30, 2).notNull()),
            new Column("more", DataType.STRING),
            new Column("most", DataType.STRING.notNull()));
    Trace.Event event = Trace.read(List.of(recorder.take(true))).events().get(0);
    assertThat(event.cells().orElseThrow().batch(other))
        .hasToString(
            """
            -D[1234567890123456789012345.67, null, ]
            +I[0.50, null, ]
            """);
  }

  @Test
  void insertedRowsAreOfAPart() {
    Recorder recorder = Recorder.on();
    int a = recorder.source("a");
    Splits two = new Splits(List.of("p", "q"), new boolean[2]);
    RowBatch batch = inserted();
    batch.split(two, 1);
    recorder.rows(a, batch(5, two, 0));
    recorder.inserted(a, batch);
    assertThat(Trace.read(List.of(recorder.take(true))).events().stream().map(TraceTest::text))
        .containsExactly("5*1 of p among p q", "2*1 of q among p q");
  }

  @Test
  void aTraceOfAnotherReleaseIsANamedError() {
    StateWriter older = new StateWriter(100);
    older.flag(true);
    older.count(0);
    older.bytes(new byte[0]);
    older.checksum();
    assertThatThrownBy(() -> Trace.read(List.of(older.toByteArray())))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("this release reads 3");
  }

  /** The same events as the release before wrote them. */
  private static byte[] inFormatTwo(byte[] trace) {
    StateWriter two = new StateWriter(100);
    two.number(Recorder.VERSION_WITHOUT_INSERTS);
    StateWriter three = new StateWriter(100);
    three.number(Recorder.VERSION);
    int from = three.toByteArray().length;
    byte[] head = two.toByteArray();
    int body = trace.length - from - Integer.BYTES;
    byte[] all = Arrays.copyOf(head, head.length + body);
    System.arraycopy(trace, from, all, head.length, body);
    CRC32C sum = new CRC32C();
    sum.update(all);
    return ByteBuffer.allocate(all.length + Integer.BYTES)
        .put(all)
        .putInt((int) sum.getValue())
        .array();
  }

  @Test
  void aTraceFromBeforeRowsWereInsertedIsReadAsItIs() {
    Recorder recorder = Recorder.on();
    int a = recorder.source("a");
    recorder.rows(a, batch(5));
    recorder.pause();
    assertThat(Trace.read(List.of(inFormatTwo(recorder.take(true)))).events())
        .containsExactly(event(Recorder.ROWS, "a", 5, 1), event(Recorder.PAUSE, "", 0, 1));
    recorder.inserted(a, inserted());
    byte[] none = inFormatTwo(recorder.take(true));
    assertThatThrownBy(() -> Trace.read(List.of(none))).hasMessageContaining("later format");
  }
}
