// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.spi.row.RowBatch;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rows one input of a join has now, as a multiset, by key; for an outer input with the number
 * of rows each is joined with. Single-threaded; allocates only when it grows.
 */
final class JoinState implements Stateful {
  static final int NONE = KeyIndex.NONE;

  /** What the indexes take, at least; cells are accounted for by their bytes. */
  private static final int BYTES_PER_ROW = 16 * Integer.BYTES;

  private final RowStore rows;
  private final KeyIndex byKey;
  private final RowIndex byRow;
  private int[] associations = new int[16];

  JoinState(JoinInput input) {
    rows = new RowStore(input.type());
    byKey = new KeyIndex(rows, input.keys());
    byRow = new RowIndex(rows, IntStream.range(0, input.type().size()).toArray());
  }

  void add(RowBatch batch, int row, int associated) {
    int slot = rows.add(batch, row);
    byKey.add(slot);
    byRow.add(slot);
    setAssociated(slot, associated);
  }

  private void setAssociated(int slot, int associated) {
    if (slot >= associations.length) {
      associations = Arrays.copyOf(associations, (slot + 1) * 2);
    }
    associations[slot] = associated;
  }

  /** Takes back one row equal to the given one; one that was never added is passed over. */
  void retract(RowBatch batch, int row) {
    int slot = byRow.remove(batch, row);
    if (slot != RowIndex.NONE) {
      byKey.remove(slot);
      rows.free(slot);
    }
  }

  /** The first slot whose key equals those cells, or {@link #NONE}. */
  int first(RowBatch batch, int row, int[] columns) {
    return byKey.first(batch, row, columns);
  }

  /** The next slot of the same key, or {@link #NONE}. */
  int next(int slot) {
    return byKey.next(slot);
  }

  RowBatch batch(int slot) {
    return rows.batch(slot);
  }

  int row(int slot) {
    return rows.row(slot);
  }

  /**
   * Changes with how many rows a row is joined.
   *
   * @return with how many it is now
   */
  int associate(int slot, int change) {
    associations[slot] += change;
    return associations[slot];
  }

  long heapBytes() {
    return rows.heapBytes()
        + byKey.heapBytes()
        + byRow.heapBytes()
        + (long) Integer.BYTES * associations.length;
  }

  int size() {
    return rows.size();
  }

  /** Rows in the order of one index, then their numbers in the order of the other. */
  @Override
  public void snapshot(StateWriter out) {
    int[] slots = byKey.slotsToAdd(rows.size());
    int[] numbers = new int[rows.slots()];
    out.count(slots.length);
    for (int i = 0; i < slots.length; i++) {
      numbers[slots[i]] = i;
      rows.write(slots[i], out);
      out.number(associations[slots[i]]);
    }
    for (int slot : byRow.slotsToAdd()) {
      out.number(numbers[slot]);
    }
  }

  @Override
  public void restore(StateReader in) {
    int count = in.count();
    in.reserve((long) count * BYTES_PER_ROW);
    for (int left = count; left > 0; left--) {
      int slot = rows.read(in);
      byKey.add(slot);
      setAssociated(slot, in.number(Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    boolean[] added = new boolean[count];
    for (int left = count; left > 0; left--) {
      int slot = in.number(0, count - 1);
      in.check(!added[slot], "a row twice");
      added[slot] = true;
      byRow.add(slot);
    }
  }
}
