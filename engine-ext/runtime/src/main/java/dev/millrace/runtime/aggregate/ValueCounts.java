// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Counts values that do not fit a word. Single-threaded; allocates per value. */
public final class ValueCounts implements Counts {
  private final Map<Value, Long> times = new HashMap<>();

  @Override
  public boolean add(long word, Object ref, long more) {
    return times.merge(Value.of(word, ref), more, Long::sum) == more;
  }

  @Override
  public boolean remove(long word, Object ref) {
    Value value = Value.of(word, ref);
    return times.containsKey(value)
        && times.computeIfPresent(value, (known, count) -> count == 1 ? null : count - 1) == null;
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
