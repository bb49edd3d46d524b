// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.state.SnapshotErrors;
import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.ValueKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a {@link Recorder} has written down, read again. Immutable. Cold code. */
final class Trace {
  /**
   * Something that happened so many times in a row.
   *
   * @param kind as in {@link Recorder}
   * @param table of the source; empty for a pause
   * @param part the rows are of, where the source has parts; of those alone, any
   * @param cells what the rows hold, if no source has read them
   * @param clockMillis what the clock said while it happened, if it was asked
   */
  record Event(
      int kind,
      String table,
      int rows,
      int times,
      Optional<Part> part,
      Optional<InsertedRows> cells,
      OptionalLong clockMillis) {}

  /** One of the parts of a source, as they were. */
  record Part(Splits all, int number) {
    String name() {
      return all.name(number);
    }
  }

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
    long version = in.number();
    if (version != Recorder.VERSION && version != Recorder.VERSION_WITHOUT_INSERTS) {
      throw SnapshotErrors.traceVersion(version, Recorder.VERSION);
    }
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
    Map<String, Splits> parts = new HashMap<>();
    while (!body.isAtEnd()) {
      appendEvent(body, version, names, parts);
    }
  }

  private void appendEvent(
      StateReader in, long version, List<String> names, Map<String, Splits> parts) {
    int kind = in.number(0, Integer.MAX_VALUE);
    int source = kind >>> Recorder.SOURCE_SHIFT;
    in.check(source < Math.max(1, names.size()), "a source that is not there");
    int what = kind & (Recorder.TIMED - 1);
    in.check(what != Recorder.INSERTED || version == Recorder.VERSION, "rows of a later format");
    in.check(what == Recorder.PAUSE || !names.isEmpty(), "an event of no source");
    String table = what == Recorder.PAUSE ? "" : names.get(source);
    if (what == Recorder.PARTS) {
      parts.put(table, parts(in, parts.get(table)));
      return;
    }
    int rows = in.number(0, RowBatch.DEFAULT_CAPACITY);
    int times = in.number(0, Integer.MAX_VALUE - 1) + 1;
    Optional<Part> part = part(in, what, parts.get(table));
    Optional<InsertedRows> cells =
        what == Recorder.INSERTED
            ? Optional.of(InsertedRows.read(in.bytes(), rows))
            : Optional.empty();
    boolean timed = (kind & Recorder.TIMED) != 0;
    events.add(
        new Event(
            what == Recorder.PART_ROWS ? Recorder.ROWS : what,
            table,
            rows,
            times,
            part,
            cells,
            timed ? OptionalLong.of(in.number()) : OptionalLong.empty()));
  }

  private static Optional<Part> part(StateReader in, int what, Splits all) {
    return switch (what) {
      case Recorder.PART_ROWS -> {
        in.check(all != null && all.size() > 0, "rows of parts that are not told");
        yield Optional.of(new Part(all, in.number(0, all.size() - 1)));
      }
      case Recorder.PARTS_ALONE -> {
        in.check(all != null, "parts that are not told");
        yield Optional.of(new Part(all, 0));
      }
      case Recorder.INSERTED -> {
        int number = in.number(0, all == null ? 0 : all.size());
        yield number == 0 ? Optional.empty() : Optional.of(new Part(all, number - 1));
      }
      default -> Optional.empty();
    };
  }

  private static Splits parts(StateReader in, Splits before) {
    int known = in.number(0, before == null ? 0 : before.size());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < known; i++) {
      names.add(before.name(i));
    }
    for (int left = in.count(); left > 0; left--) {
      names.add(in.text());
    }
    boolean[] silent = new boolean[names.size()];
    for (int left = in.count(); left > 0; left--) {
      silent[in.number(0, silent.length - 1)] = true;
    }
    return new Splits(names, silent);
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
