// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values as they came, for FIRST_VALUE and LAST_VALUE that can be taken back. Taking back removes
 * the oldest of equal values, as Flink does. Single-threaded; allocates per value.
 */
public final class ArrivedValues {
  private final TreeMap<Long, Value> byArrival = new TreeMap<>();
  private final Map<Value, Deque<Long>> arrivals = new HashMap<>();
  private long next;

  public void add(long word, Object ref) {
    add(Value.of(word, ref));
  }

  private void add(Value value) {
    long arrival = next++;
    byArrival.put(arrival, value);
    arrivals.computeIfAbsent(value, absent -> new ArrayDeque<>()).add(arrival);
  }

  public void remove(long word, Object ref) {
    Value value = Value.of(word, ref);
    Deque<Long> known = arrivals.get(value);
    if (known != null) {
      byArrival.remove(known.remove());
      if (known.isEmpty()) {
        arrivals.remove(value);
      }
    }
  }

  /** Those of the other came later. */
  public void addAll(ArrivedValues other) {
    other.byArrival.values().forEach(this::add);
  }

  public boolean isEmpty() {
    return byArrival.isEmpty();
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
