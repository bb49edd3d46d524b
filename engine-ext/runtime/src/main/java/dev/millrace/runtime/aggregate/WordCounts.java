// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.aggregate;

import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;

/**
 * Counts words in a flat table with open addressing. Single-threaded; allocates only when it grows.
 *
 * <pre>
 *   entries   times │ word     times │ word    …       times 0: free
 * </pre>
 */
public final class WordCounts implements Counts {
  private static final int FIRST_CAPACITY = 8;
  private static final int MAX_CAPACITY_BITS = 29;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long[] entries = new long[FIRST_CAPACITY * 2];
  private int mask = FIRST_CAPACITY - 1;
  private int size;

  @Override
  public boolean add(long word, Object ref, long times) {
    int at = find(word) * 2;
    boolean absent = entries[at] == 0;
    if (absent && size > mask / 2) {
      grow();
      at = find(word) * 2;
    }
    entries[at] += times;
    entries[at + 1] = word;
    if (absent) {
      size++;
    }
    return absent;
  }

  @Override
  public boolean remove(long word, Object ref) {
    int slot = find(word);
    if (entries[slot * 2] == 0) {
      return false;
    }
    entries[slot * 2]--;
    if (entries[slot * 2] > 0) {
      return false;
    }
    size--;
    close(slot);
    return true;
  }

  private int find(long word) {
    int slot = wanted(word);
    while (entries[slot * 2] != 0 && entries[slot * 2 + 1] != word) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int wanted(long word) {
    return (int) ((word * GOLDEN) >>> 32) & mask;
  }

  /** Moves back what was pushed on by a slot now free. */
  private void close(int slot) {
    int free = slot;
    int next = (slot + 1) & mask;
    while (entries[next * 2] != 0) {
      int distance = (next - wanted(entries[next * 2 + 1])) & mask;
      if (distance >= ((next - free) & mask)) {
        entries[free * 2] = entries[next * 2];
        entries[free * 2 + 1] = entries[next * 2 + 1];
        free = next;
      }
      next = (next + 1) & mask;
    }
    entries[free * 2] = 0;
  }

  private void grow() {
    long[] old = entries;
    entries = new long[old.length * 2];
    mask = mask * 2 + 1;
    for (int at = 0; at < old.length; at += 2) {
      if (old[at] != 0) {
        int to = find(old[at + 1]) * 2;
        entries[to] = old[at];
        entries[to + 1] = old[at + 1];
      }
    }
  }

  /** With the place of each word: the order of a walk is part of the state. */
  @Override
  public void snapshot(StateWriter out) {
    out.number(Integer.numberOfTrailingZeros(mask + 1));
    out.count(size);
    for (int slot = 0; slot <= mask; slot++) {
      if (entries[slot * 2] != 0) {
        out.number(slot);
        out.number(entries[slot * 2]);
        out.number(entries[slot * 2 + 1]);
      }
    }
  }

  @Override
  public void restore(StateReader in) {
    int capacity = 1 << in.number(3, MAX_CAPACITY_BITS);
    in.reserve(2L * Long.BYTES * capacity);
    size = in.count();
    in.check(size <= capacity / 2 + 1, "too many words for their table");
    entries = new long[capacity * 2];
    mask = capacity - 1;
    int slot = -1;
    for (int left = size; left > 0; left--) {
      slot = in.number(slot + 1, mask);
      entries[slot * 2] = in.number();
      entries[slot * 2 + 1] = in.number();
      in.check(entries[slot * 2] > 0, "a word that is not there");
    }
  }

  @Override
  public long heapBytes() {
    return (long) Long.BYTES * entries.length;
  }

  @Override
  public Cursor values() {
    return new Cursor() {
      private int at = -2;

      @Override
      public boolean next() {
        do {
          at += 2;
        } while (at < entries.length && entries[at] == 0);
        return at < entries.length;
      }

      @Override
      public long word() {
        return entries[at + 1];
      }

      @Override
      public Object ref() {
        return null;
      }

      @Override
      public long times() {
        return entries[at];
      }
    };
  }
}
