// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.runtime.state.ValueKind;
import dev.millrace.runtime.state.Weighed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values as they came, for FIRST_VALUE and LAST_VALUE that can be taken back. Taking back removes
 * the oldest of equal values, as Flink does. Single-threaded; allocates per value.
 */
public final class ArrivedValues implements Stateful, Weighed {
  /** Each is in two maps. */
  private static final int TWICE = 2;

  private final ValueKind kind;
  private final TreeMap<Long, Value> byArrival = new TreeMap<>();
  private final Map<Value, Deque<Long>> arrivals = new HashMap<>();
  private long next;
  private long bytes;

  /**
   * @param kind of their references
   */
  public ArrivedValues(ValueKind kind) {
    this.kind = kind;
  }

  public void add(long word, Object ref) {
    add(Value.of(word, ref));
  }

  private void add(Value value) {
    long arrival = next++;
    byArrival.put(arrival, value);
    bytes += TWICE * value.heapBytes(kind);
    arrivals.computeIfAbsent(value, absent -> new ArrayDeque<>()).add(arrival);
  }

  public void remove(long word, Object ref) {
    Value value = Value.of(word, ref);
    Deque<Long> known = arrivals.get(value);
    if (known != null) {
      bytes -= TWICE * byArrival.remove(known.remove()).heapBytes(kind);
      if (known.isEmpty()) {
        arrivals.remove(value);
      }
    }
  }

  /** Those of the other came later. */
  public void addAll(ArrivedValues other) {
    other.byArrival.values().forEach(this::add);
  }

  @Override
  public long heapBytes() {
    return bytes;
  }

  public boolean isEmpty() {
    return byArrival.isEmpty();
  }

  @Override
  public void snapshot(StateWriter out) {
    out.number(next);
    out.count(byArrival.size());
    byArrival.forEach(
        (arrival, value) -> {
          out.number(arrival);
          value.write(kind, out);
        });
  }

  @Override
  public void restore(StateReader in) {
    long last = in.number();
    for (int left = in.count(); left > 0; left--) {
      long arrival = in.number();
      in.check(arrival >= next && arrival < last, "values out of order");
      next = arrival;
      add(Value.read(kind, in));
    }
    next = last;
  }

  private Value end(boolean last) {
    return last ? byArrival.lastEntry().getValue() : byArrival.firstEntry().getValue();
  }

  /**
   * @param last the latest, else the first
   */
  public long word(boolean last) {
    return end(last).word();
  }

  /**
   * @param last the latest, else the first
   */
  public Object ref(boolean last) {
    return end(last).ref();
  }
}
