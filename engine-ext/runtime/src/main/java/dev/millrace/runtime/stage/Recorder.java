// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.ValueKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes down what decides a run's order, so that it can be repeated. Single-threaded; allocates
 * now and then.
 *
 * <pre>
 *   trace = version │ repeatable │ sources: name, where it begins if that was unknown │ event … │ CRC32C
 *   event = kind + 16 × source │ rows │ times − 1 │ part, if PART_ROWS │ clock, if it was read
 *         | PARTS + 16 × source │ names as before, count │ further names │ numbers of the silent ones
 *         | INSERTED + 16 × source │ rows │ 0 │ part + 1, or 0 │ the rows themselves │ clock, if …
 * </pre>
 *
 * Equal events in a row are one with how often it came. The parts of a source, such as a topic's
 * partitions, are told before rows of one, and whenever they or their silence have changed. Rows
 * that were inserted are written down whole ({@link InsertedRows}): no source could give them
 * again.
 */
final class Recorder {
  static final int VERSION = 3;

  /** The same without rows that were inserted. */
  static final int VERSION_WITHOUT_INSERTS = 2;

  static final int ROWS = 0;
  static final int PAUSE = 1;
  static final int IDLE = 2;
  static final int END = 3;
  static final int PARTS = 4;
  static final int PART_ROWS = 5;
  static final int PARTS_ALONE = 6;
  static final int INSERTED = 7;

  /** Set in the kind of an event during which the clock was read. */
  static final int TIMED = 8;

  static final int SOURCE_SHIFT = 4;

  private static final Recorder NONE = new Recorder(false);

  private final boolean on;
  private final List<String> sources = new ArrayList<>();
  private final Map<Integer, String> starts = new HashMap<>();

  /** The parts of each source as this trace has told them; null before. */
  private final List<Splits> told = new ArrayList<>();

  private StateWriter events = new StateWriter(Integer.MAX_VALUE);
  private int kind = -1;
  private int rows;
  private int part;
  private int times;
  private Optional<byte[]> cells = Optional.empty();
  private boolean timed;
  private long clockMillis;
  private long taken;
  private long recorded;

  private Recorder(boolean on) {
    this.on = on;
  }

  static Recorder on() {
    return new Recorder(true);
  }

  /** Writes nothing down. */
  static Recorder off() {
    return NONE;
  }

  /** A new source's number. */
  int source(String name) {
    if (!on) {
      return 0;
    }
    sources.add(name);
    told.add(null);
    return sources.size() - 1;
  }

  /** Where the rows of a source begin, which was not known before. */
  void start(int source, String position) {
    if (on) {
      starts.put(source, position);
    }
  }

  void rows(int source, RowBatch batch) {
    Splits parts = batch.splits();
    if (parts == null) {
      event(ROWS | source << SOURCE_SHIFT, batch.size(), 0);
      return;
    }
    tell(source, parts);
    event(PART_ROWS | source << SOURCE_SHIFT, batch.size(), batch.split());
  }

  /** Other parts than before, without rows. */
  void parts(int source, Splits parts) {
    tell(source, parts);
    event(PARTS_ALONE | source << SOURCE_SHIFT, 0, 0);
  }

  /** Rows no source has read. */
  void inserted(int source, RowBatch batch) {
    if (!on) {
      return;
    }
    Splits parts = batch.splits();
    if (parts != null) {
      tell(source, parts);
    }
    event(INSERTED | source << SOURCE_SHIFT, batch.size(), parts == null ? 0 : batch.split() + 1);
    cells = Optional.of(InsertedRows.write(batch));
  }

  void pause() {
    event(PAUSE, 0, 0);
  }

  void idle(int source) {
    event(IDLE | source << SOURCE_SHIFT, 0, 0);
  }

  void end(int source) {
    event(END | source << SOURCE_SHIFT, 0, 0);
  }

  private void tell(int source, Splits parts) {
    if (!on || parts == told.get(source)) {
      return;
    }
    write();
    forget();
    int known = sameNames(told.set(source, parts), parts);
    events.number(PARTS | source << SOURCE_SHIFT);
    events.number(known);
    events.count(parts.size() - known);
    int silent = 0;
    for (int i = 0; i < parts.size(); i++) {
      if (i >= known) {
        events.text(parts.name(i));
      }
      silent += parts.isSilent(i) ? 1 : 0;
    }
    events.count(silent);
    for (int i = 0; i < parts.size(); i++) {
      if (parts.isSilent(i)) {
        events.number(i);
      }
    }
  }

  private static int sameNames(Splits before, Splits now) {
    int most = before == null ? 0 : Math.min(before.size(), now.size());
    int same = 0;
    while (same < most && before.name(same).equals(now.name(same))) {
      same++;
    }
    return same;
  }

  /** The clock was read for the first time since the event began. */
  void clock(long millis) {
    if (on && kind >= 0) {
      if (times > 1) {
        times--;
        write();
        times = 1;
      }
      timed = true;
      clockMillis = millis;
    }
  }

  private void event(int newKind, int newRows, int newPart) {
    if (!on) {
      return;
    }
    recorded++;
    boolean same = newKind == kind && newRows == rows && newPart == part;
    if (!timed && cells.isEmpty() && same) {
      times++;
      return;
    }
    write();
    kind = newKind;
    rows = newRows;
    part = newPart;
    times = 1;
    timed = false;
    cells = Optional.empty();
  }

  private void write() {
    if (kind >= 0) {
      events.number(timed ? kind | TIMED : kind);
      events.number(rows);
      events.number(times - 1);
      int what = kind & (TIMED - 1);
      if (what == PART_ROWS || what == INSERTED) {
        events.number(part);
      }
      cells.ifPresent(events::bytes);
      if (timed) {
        events.number(clockMillis);
      }
    }
  }

  private void forget() {
    kind = -1;
    timed = false;
    cells = Optional.empty();
  }

  /** Events since the last trace was taken. */
  long pending() {
    return recorded - taken;
  }

  /**
   * What was recorded since this was called last.
   *
   * @param repeatable the same would come of it again
   */
  byte[] take(boolean repeatable) {
    write();
    forget();
    taken = recorded;
    Collections.fill(told, null);
    StateWriter trace = new StateWriter(Integer.MAX_VALUE);
    trace.number(VERSION);
    trace.flag(repeatable);
    trace.count(sources.size());
    for (int i = 0; i < sources.size(); i++) {
      trace.text(sources.get(i));
      trace.value(ValueKind.TEXT, starts.get(i));
    }
    starts.clear();
    trace.bytes(events.toByteArray());
    trace.checksum();
    events = new StateWriter(Integer.MAX_VALUE);
    return trace.toByteArray();
  }
}
