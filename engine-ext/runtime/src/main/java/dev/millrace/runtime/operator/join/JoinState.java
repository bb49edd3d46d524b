// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import dev.millrace.spi.row.RowBatch;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rows one input of a join has now, as a multiset, by key; for an outer input with the number
 * of rows each is joined with. Single-threaded; allocates only when it grows.
 */
final class JoinState {
  static final int NONE = KeyIndex.NONE;

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

  int size() {
    return rows.size();
  }
}
