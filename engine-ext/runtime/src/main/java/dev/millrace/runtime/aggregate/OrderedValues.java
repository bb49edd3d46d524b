// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import dev.millrace.runtime.function.Binaries;
import dev.millrace.runtime.function.Strings;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values in order, for MIN and MAX that can be taken back. Single-threaded; allocates per value.
 */
public final class OrderedValues {
  /** How values compare. */
  public enum Order {
    WORDS(Comparator.comparingLong(Value::word)),
    FLOATS(Comparator.comparing(value -> Float.intBitsToFloat((int) value.word()))),
    DOUBLES(Comparator.comparing(value -> Double.longBitsToDouble(value.word()))),
    STRINGS((a, b) -> Strings.compare((String) a.ref(), (String) b.ref())),
    BYTES((a, b) -> Binaries.compare((byte[]) a.ref(), (byte[]) b.ref())),
    /** Of one scale, so that a word stands for the smaller ones. */
    DECIMALS(Order::compareDecimals);

    private final Comparator<Value> comparator;

    Order(Comparator<Value> comparator) {
      this.comparator = comparator;
    }

    private static int compareDecimals(Value a, Value b) {
      if (a.ref() == null && b.ref() == null) {
        return Long.compare(a.word(), b.word());
      }
      if (a.ref() != null && b.ref() != null) {
        return ((BigDecimal) a.ref()).compareTo((BigDecimal) b.ref());
      }
      return a.ref() != null ? ((BigDecimal) a.ref()).signum() : -((BigDecimal) b.ref()).signum();
    }
  }

  private final TreeMap<Value, Long> times;

  public OrderedValues(Order order) {
    times = new TreeMap<>(order.comparator);
  }

  public void add(long word, Object ref) {
    times.merge(Value.of(word, ref), 1L, Long::sum);
  }

  public void remove(long word, Object ref) {
    times.computeIfPresent(
        Value.of(word, ref), (known, count) -> count == 1 ? null : Long.valueOf(count - 1));
  }

  public void addAll(OrderedValues other) {
    for (Map.Entry<Value, Long> entry : other.times.entrySet()) {
      times.merge(entry.getKey(), entry.getValue(), Long::sum);
    }
  }

  public boolean isEmpty() {
    return times.isEmpty();
  }

  private Value end(boolean last) {
    return last ? times.lastKey() : times.firstKey();
  }

  /**
   * @param last the largest, else the smallest
   */
  public long word(boolean last) {
    return end(last).word();
  }

  /**
   * @param last the largest, else the smallest
   */
  public Object ref(boolean last) {
    return end(last).ref();
  }
}
