// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import dev.millrace.spi.row.RowBatch;
import java.util.Arrays;

/**
 * Finds the slots of all rows with a key. Single-threaded; allocates only when it grows.
 *
 * <pre>
 *   bucket ─→ slot 4 ─nextRow→ slot 9 ─nextRow→ slot 2       rows of one key
 *               │ nextKey
 *             slot 7 ─nextRow→ …                             rows of another key in that bucket
 * </pre>
 *
 * The first row of a key stands for the key, so a key with many rows does not slow its neighbours.
 */
final class KeyIndex {
  static final int NONE = -1;

  /** As long as {@link #hashes}. */
  private static final int ARRAYS = 4;

  private final RowStore rows;
  private final int[] keys;
  private int[] buckets = new int[16];
  private int[] hashes = new int[16];
  private int[] nextRow = new int[16];
  private int[] previousRow = new int[16];
  private int[] nextKey = new int[16];
  private int keyCount;

  KeyIndex(RowStore rows, int[] keys) {
    this.rows = rows;
    this.keys = keys;
    Arrays.fill(buckets, NONE);
  }

  /** The first slot whose key equals the given cells, or {@link #NONE}. */
  int first(RowBatch batch, int row, int[] columns) {
    return find(Cells.hash(batch, row, columns), batch, row, columns);
  }

  /** The next slot of the same key, or {@link #NONE}. */
  int next(int slot) {
    return nextRow[slot];
  }

  private int find(int hash, RowBatch batch, int row, int[] columns) {
    for (int head = buckets[bucket(hash)]; head != NONE; head = nextKey[head]) {
      if (hashes[head] == hash
          && Cells.equal(rows.batch(head), rows.row(head), keys, batch, row, columns)) {
        return head;
      }
    }
    return NONE;
  }

  private int bucket(int hash) {
    return hash & (buckets.length - 1);
  }

  void add(int slot) {
    ensureSlots(rows.slots());
    int hash = Cells.hash(rows.batch(slot), rows.row(slot), keys);
    int head = find(hash, rows.batch(slot), rows.row(slot), keys);
    hashes[slot] = hash;
    if (head == NONE) {
      addKey(slot);
    } else {
      insertAfter(head, slot);
    }
  }

  private void addKey(int slot) {
    if (keyCount == buckets.length) {
      grow();
    }
    nextRow[slot] = NONE;
    previousRow[slot] = NONE;
    linkKey(slot, buckets);
    keyCount++;
  }

  private void linkKey(int head, int[] into) {
    int bucket = hashes[head] & (into.length - 1);
    nextKey[head] = into[bucket];
    into[bucket] = head;
  }

  private void insertAfter(int head, int slot) {
    int following = nextRow[head];
    nextRow[slot] = following;
    previousRow[slot] = head;
    nextRow[head] = slot;
    if (following != NONE) {
      previousRow[following] = slot;
    }
  }

  /** Removes a slot while its row is still stored. */
  void remove(int slot) {
    int following = nextRow[slot];
    int before = previousRow[slot];
    if (following != NONE) {
      previousRow[following] = before;
    }
    if (before != NONE) {
      nextRow[before] = following;
    } else {
      replaceHead(slot, following);
    }
  }

  private void replaceHead(int head, int successor) {
    int replacement = nextKey[head];
    if (successor != NONE) {
      nextKey[successor] = nextKey[head];
      replacement = successor;
    } else {
      keyCount--;
    }
    int bucket = bucket(hashes[head]);
    if (buckets[bucket] == head) {
      buckets[bucket] = replacement;
      return;
    }
    int before = buckets[bucket];
    while (nextKey[before] != head) {
      before = nextKey[before];
    }
    nextKey[before] = replacement;
  }

  /**
   * All slots, such that adding them in this order to an empty index makes an equal one: the first
   * row of each key, then the others from the last one on.
   */
  int[] slotsToAdd(int size) {
    int[] slots = new int[size];
    int at = 0;
    for (int bucket : buckets) {
      for (int head = bucket; head != NONE; head = nextKey[head]) {
        slots[at++] = head;
        int last = head;
        while (nextRow[last] != NONE) {
          last = nextRow[last];
        }
        for (; last != head; last = previousRow[last]) {
          slots[at++] = last;
        }
      }
    }
    return slots;
  }

  long heapBytes() {
    return (long) Integer.BYTES * (buckets.length + ARRAYS * hashes.length);
  }

  private void ensureSlots(int count) {
    if (count > hashes.length) {
      int length = count * 2;
      hashes = Arrays.copyOf(hashes, length);
      nextRow = Arrays.copyOf(nextRow, length);
      previousRow = Arrays.copyOf(previousRow, length);
      nextKey = Arrays.copyOf(nextKey, length);
    }
  }

  private void grow() {
    int[] grown = new int[buckets.length * 2];
    Arrays.fill(grown, NONE);
    for (int first : buckets) {
      for (int head = first; head != NONE; ) {
        int following = nextKey[head];
        linkKey(head, grown);
        head = following;
      }
    }
    buckets = grown;
  }
}
