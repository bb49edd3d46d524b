// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.error.MillraceException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TraceTest {
  private static Trace.Event event(int kind, String table, int rows, int times) {
    return new Trace.Event(kind, table, rows, times, OptionalLong.empty());
  }

  @Test
  void equalBatchesAreOneEvent() {
    Recorder recorder = Recorder.on();
    int a = recorder.source("a");
    int b = recorder.source("b");
    for (int i = 0; i < 1000; i++) {
      recorder.rows(a, 256);
    }
    recorder.rows(b, 3);
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
    recorder.rows(a, 5);
    recorder.rows(a, 5);
    recorder.clock(17);
    recorder.rows(a, 5);
    assertThat(Trace.read(List.of(recorder.take(true))).events())
        .containsExactly(
            event(Recorder.ROWS, "a", 5, 1),
            new Trace.Event(Recorder.ROWS, "a", 5, 1, OptionalLong.of(17)),
            event(Recorder.ROWS, "a", 5, 1));
  }

  @Test
  void aDamagedTraceIsANamedError() {
    Recorder recorder = Recorder.on();
    recorder.rows(recorder.source("a"), 5);
    byte[] bytes = recorder.take(true);
    bytes[3] ^= 1;
    assertThatThrownBy(() -> Trace.read(List.of(bytes)))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("checksum");
  }
}
