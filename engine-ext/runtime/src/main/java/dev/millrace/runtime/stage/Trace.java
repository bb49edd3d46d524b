// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.state.SnapshotErrors;
import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.ValueKind;
import dev.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a {@link Recorder} has written down, read again. Immutable. Cold code. */
final class Trace {
  /**
   * Something that happened so many times in a row.
   *
   * @param kind as in {@link Recorder}
   * @param table of the source; empty for a pause
   * @param clockMillis what the clock said while it happened, if it was asked
   */
  record Event(int kind, String table, int rows, int times, OptionalLong clockMillis) {}

  private final List<Event> events = new ArrayList<>();
  private final Map<String, String> starts = new HashMap<>();

  static Trace read(List<byte[]> traces) {
    Trace trace = new Trace();
    for (byte[] each : traces) {
      trace.append(each);
    }
    return trace;
  }

  private void append(byte[] bytes) {
    StateReader in = StateReader.checked(bytes, 0);
    if (!in.flag()) {
      throw SnapshotErrors.notRepeatable();
    }
    List<String> names = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      String name = in.text();
      names.add(name);
      Object start = in.value(ValueKind.TEXT);
      if (start != null) {
        starts.putIfAbsent(name, (String) start);
      }
    }
    StateReader body = new StateReader(in.bytes(), 0);
    in.finish();
    while (!body.isAtEnd()) {
      int kind = body.number(0, Integer.MAX_VALUE);
      int source = kind >>> Recorder.SOURCE_SHIFT;
      body.check(source < Math.max(1, names.size()), "a source that is not there");
      int what = kind & (Recorder.TIMED - 1);
      body.check(what == Recorder.PAUSE || !names.isEmpty(), "an event of no source");
      int rows = body.number(0, RowBatch.DEFAULT_CAPACITY);
      int times = body.number(0, Integer.MAX_VALUE - 1) + 1;
      boolean timed = (kind & Recorder.TIMED) != 0;
      events.add(
          new Event(
              what,
              what == Recorder.PAUSE ? "" : names.get(source),
              rows,
              times,
              timed ? OptionalLong.of(body.number()) : OptionalLong.empty()));
    }
  }

  List<Event> events() {
    return events;
  }

  /** Where sources begin of which that was not known before, by table name. */
  Map<String, String> starts() {
    return starts;
  }

  /** The batches read of each source, by table name, in order. */
  Map<String, List<Event>> batches() {
    Map<String, List<Event>> batches = new HashMap<>();
    for (Event event : events) {
      if (event.kind() == Recorder.ROWS) {
        batches.computeIfAbsent(event.table(), absent -> new ArrayList<>()).add(event);
      }
    }
    return batches;
  }
}
