// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.ValueKind;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts values that do not fit a word. Single-threaded; allocates per value. Their order is that
 * of their coming: after a restart the same.
 */
public final class ValueCounts implements Counts {
  private final ValueKind kind;
  private final Map<Value, Long> times = new LinkedHashMap<>();
  private long bytes;

  /**
   * @param kind of their references
   */
  public ValueCounts(ValueKind kind) {
    this.kind = kind;
  }

  @Override
  public boolean add(long word, Object ref, long more) {
    Value value = Value.of(word, ref);
    boolean absent = times.merge(value, more, Long::sum) == more;
    bytes += absent ? value.heapBytes(kind) : 0;
    return absent;
  }

  @Override
  public boolean remove(long word, Object ref) {
    Value value = Value.of(word, ref);
    boolean gone =
        times.containsKey(value)
            && times.computeIfPresent(value, (known, count) -> count == 1 ? null : count - 1)
                == null;
    bytes -= gone ? value.heapBytes(kind) : 0;
    return gone;
  }

  @Override
  public long heapBytes() {
    return bytes;
  }

  @Override
  public void snapshot(StateWriter out) {
    out.count(times.size());
    times.forEach(
        (value, count) -> {
          value.write(kind, out);
          out.number(count);
        });
  }

  @Override
  public void restore(StateReader in) {
    for (int left = in.count(); left > 0; left--) {
      Value value = Value.read(kind, in);
      long count = in.number();
      in.check(count > 0 && times.put(value, count) == null, "counts that are wrong");
      bytes += value.heapBytes(kind);
    }
  }

  @Override
  public Cursor values() {
    Iterator<Map.Entry<Value, Long>> entries = times.entrySet().iterator();
    return new Cursor() {
      private Map.Entry<Value, Long> current;

      @Override
      public boolean next() {
        current = entries.hasNext() ? entries.next() : null;
        return current != null;
      }

      @Override
      public long word() {
        return current.getKey().word();
      }

      @Override
      public Object ref() {
        return current.getKey().ref();
      }

      @Override
      public long times() {
        return current.getValue();
      }
    };
  }
}
