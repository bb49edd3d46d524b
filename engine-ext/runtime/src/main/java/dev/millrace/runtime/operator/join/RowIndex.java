// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import dev.millrace.spi.row.RowBatch;
import java.util.Arrays;

/**
 * Finds the slot of a row by all its cells. Equal rows each have their entry. Single-threaded;
 * allocates only when it grows.
 */
final class RowIndex {
  static final int NONE = -1;

  private final RowStore rows;
  private final int[] columns;
  private int[] buckets = new int[16];
  private int[] hashes = new int[16];
  private int[] next = new int[16];
  private int size;

  RowIndex(RowStore rows, int[] allColumns) {
    this.rows = rows;
    columns = allColumns;
    Arrays.fill(buckets, NONE);
  }

  void add(int slot) {
    if (rows.slots() > next.length) {
      hashes = Arrays.copyOf(hashes, rows.slots() * 2);
      next = Arrays.copyOf(next, rows.slots() * 2);
    }
    if (size == buckets.length) {
      grow();
    }
    hashes[slot] = Cells.hash(rows.batch(slot), rows.row(slot), columns);
    link(slot, buckets);
    size++;
  }

  long heapBytes() {
    return (long) Integer.BYTES * (buckets.length + hashes.length + next.length);
  }

  private void link(int slot, int[] into) {
    int bucket = hashes[slot] & (into.length - 1);
    next[slot] = into[bucket];
    into[bucket] = slot;
  }

  private void grow() {
    int[] grown = new int[buckets.length * 2];
    Arrays.fill(grown, NONE);
    int[] last = new int[grown.length];
    for (int head : buckets) {
      for (int slot = head; slot != NONE; ) {
        int following = next[slot];
        append(slot, grown, last);
        slot = following;
      }
    }
    buckets = grown;
  }

  /** Keeps the order of equal rows: which of them is taken back must not depend on growth. */
  private void append(int slot, int[] into, int[] last) {
    int bucket = hashes[slot] & (into.length - 1);
    if (into[bucket] == NONE) {
      into[bucket] = slot;
    } else {
      next[last[bucket]] = slot;
    }
    next[slot] = NONE;
    last[bucket] = slot;
  }

  /** All slots, such that adding them in this order to an empty index makes an equal one. */
  int[] slotsToAdd() {
    int[] slots = new int[size];
    int at = size;
    for (int head : buckets) {
      for (int slot = head; slot != NONE; slot = next[slot]) {
        slots[--at] = slot;
      }
    }
    return slots;
  }

  /**
   * Removes one entry whose row equals the given one.
   *
   * @return its slot, or {@link #NONE}
   */
  int remove(RowBatch batch, int row) {
    int hash = Cells.hash(batch, row, columns);
    int bucket = hash & (buckets.length - 1);
    int before = NONE;
    for (int slot = buckets[bucket]; slot != NONE; slot = next[slot]) {
      if (hashes[slot] == hash && holds(slot, batch, row)) {
        if (before == NONE) {
          buckets[bucket] = next[slot];
        } else {
          next[before] = next[slot];
        }
        size--;
        return slot;
      }
      before = slot;
    }
    return NONE;
  }

  private boolean holds(int slot, RowBatch batch, int row) {
    return Cells.equal(rows.batch(slot), rows.row(slot), columns, batch, row, columns);
  }
}
