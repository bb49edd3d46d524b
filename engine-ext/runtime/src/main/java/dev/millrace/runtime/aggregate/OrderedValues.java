// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import dev.millrace.runtime.function.Binaries;
import dev.millrace.runtime.function.Strings;
import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.runtime.state.ValueKind;
import dev.millrace.runtime.state.Weighed;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.TreeMap;

/**
 * Values in order, for MIN and MAX that can be taken back. Single-threaded; allocates per value.
 */
public final class OrderedValues implements Stateful, Weighed {
  /** How values compare. */
  public enum Order {
    WORDS(ValueKind.NONE, Comparator.comparingLong(Value::word)),
    FLOATS(ValueKind.NONE, Comparator.comparing(value -> Float.intBitsToFloat((int) value.word()))),
    DOUBLES(ValueKind.NONE, Comparator.comparing(value -> Double.longBitsToDouble(value.word()))),
    STRINGS(ValueKind.TEXT, (a, b) -> Strings.compare((String) a.ref(), (String) b.ref())),
    BYTES(ValueKind.BYTES, (a, b) -> Binaries.compare((byte[]) a.ref(), (byte[]) b.ref())),
    /** Of one scale, so that a word stands for the smaller ones. */
    DECIMALS(ValueKind.DECIMAL, Order::compareDecimals);

    private final ValueKind kind;
    private final Comparator<Value> comparator;

    Order(ValueKind kind, Comparator<Value> comparator) {
      this.kind = kind;
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

  private final Order order;
  private final TreeMap<Value, Long> times;
  private long bytes;

  public OrderedValues(Order order) {
    this.order = order;
    times = new TreeMap<>(order.comparator);
  }

  public void add(long word, Object ref) {
    add(Value.of(word, ref), 1);
  }

  private void add(Value value, long more) {
    if (times.merge(value, more, Long::sum) == more) {
      bytes += value.heapBytes(order.kind);
    }
  }

  public void remove(long word, Object ref) {
    times.computeIfPresent(
        Value.of(word, ref),
        (known, count) -> {
          bytes -= count == 1 ? known.heapBytes(order.kind) : 0;
          return count == 1 ? null : Long.valueOf(count - 1);
        });
  }

  public void addAll(OrderedValues other) {
    other.times.forEach(this::add);
  }

  @Override
  public long heapBytes() {
    return bytes;
  }

  public boolean isEmpty() {
    return times.isEmpty();
  }

  @Override
  public void snapshot(StateWriter out) {
    out.count(times.size());
    times.forEach(
        (value, count) -> {
          value.write(order.kind, out);
          out.number(count);
        });
  }

  @Override
  public void restore(StateReader in) {
    for (int left = in.count(); left > 0; left--) {
      Value value = Value.read(order.kind, in);
      in.check(
          value.ref() != null || order.kind == ValueKind.NONE || order == Order.DECIMALS,
          "a value that is missing");
      long count = in.number();
      in.check(count > 0 && times.put(value, count) == null, "values that are wrong");
      bytes += value.heapBytes(order.kind);
    }
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
