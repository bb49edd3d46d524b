// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.ValueKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down what decides a run's order, so that it can be repeated. Single-threaded; allocates
 * now and then.
 *
 * <pre>
 *   trace = repeatable │ sources: name, where it begins if that was unknown │ (kind + 8 × source │ rows │ times − 1 │ clock, if it was read) … │ CRC32C
 * </pre>
 *
 * Equal events in a row are one with how often it came.
 */
final class Recorder {
  static final int ROWS = 0;
  static final int PAUSE = 1;
  static final int IDLE = 2;
  static final int END = 3;

  /** Set in the kind of an event during which the clock was read. */
  static final int TIMED = 4;

  static final int SOURCE_SHIFT = 3;

  private static final Recorder NONE = new Recorder(false);

  private final boolean on;
  private final List<String> sources = new ArrayList<>();
  private final Map<Integer, String> starts = new HashMap<>();
  private StateWriter events = new StateWriter(Integer.MAX_VALUE);
  private int kind = -1;
  private int rows;
  private int times;
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
    sources.add(name);
    return sources.size() - 1;
  }

  /** Where the rows of a source begin, which was not known before. */
  void start(int source, String position) {
    if (on) {
      starts.put(source, position);
    }
  }

  void rows(int source, int count) {
    event(ROWS | source << SOURCE_SHIFT, count);
  }

  void pause() {
    event(PAUSE, 0);
  }

  void idle(int source) {
    event(IDLE | source << SOURCE_SHIFT, 0);
  }

  void end(int source) {
    event(END | source << SOURCE_SHIFT, 0);
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

  private void event(int newKind, int newRows) {
    if (!on) {
      return;
    }
    recorded++;
    if (!timed && newKind == kind && newRows == rows) {
      times++;
      return;
    }
    write();
    kind = newKind;
    rows = newRows;
    times = 1;
    timed = false;
  }

  private void write() {
    if (kind >= 0) {
      events.number(timed ? kind | TIMED : kind);
      events.number(rows);
      events.number(times - 1);
      if (timed) {
        events.number(clockMillis);
      }
    }
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
    kind = -1;
    timed = false;
    taken = recorded;
    StateWriter trace = new StateWriter(Integer.MAX_VALUE);
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
