// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import dev.millrace.runtime.operator.Operator;
import dev.millrace.runtime.operator.Output;
import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import java.util.stream.IntStream;

/**
 * Makes a changelog whole that tells of each key only what it is now, as Flink's {@code
 * ChangelogNormalize}: it keeps the row of each key. Single-threaded; called only by its stage's
 * thread; allocates only when it grows.
 *
 * <pre>
 *   +row   of a new key: +I[row]     of a known one: -U[old], +U[row], or nothing if they are equal
 *   -row   of a known key: -D[old]   of an unknown one: nothing
 * </pre>
 */
public final class NormalizeOperator implements Operator, Stateful {
  /** What the index takes, at least; cells are accounted for by their bytes. */
  private static final int BYTES_PER_ROW = 8 * Integer.BYTES;

  private final int[] keys;
  private final int[] all;
  private final RowStore rows;
  private final KeyIndex byKey;
  private final RowBatch changes;

  /**
   * @param input with the keys of which there is one row at a time
   */
  public NormalizeOperator(JoinInput input) {
    keys = input.keys();
    all = IntStream.range(0, input.type().size()).toArray();
    rows = new RowStore(input.type());
    byKey = new KeyIndex(rows, keys);
    changes = new RowBatch(input.type());
  }

  @Override
  public void rows(int input, RowBatch batch, Output out) throws Exception {
    for (int row = 0; row < batch.size(); row++) {
      if (changes.size() + 2 > changes.capacity()) {
        flush(out);
      }
      int slot = byKey.first(batch, row, keys);
      if (batch.kind(row).adds()) {
        put(slot, batch, row);
      } else if (slot != KeyIndex.NONE) {
        emit(ChangeKind.DELETE, slot);
        forget(slot);
      }
    }
    flush(out);
  }

  private void put(int slot, RowBatch batch, int row) {
    if (slot == KeyIndex.NONE) {
      changes.addCopy(batch, row, ChangeKind.INSERT);
    } else if (Cells.equal(rows.batch(slot), rows.row(slot), all, batch, row, all)) {
      return;
    } else {
      emit(ChangeKind.UPDATE_BEFORE, slot);
      changes.addCopy(batch, row, ChangeKind.UPDATE_AFTER);
      forget(slot);
    }
    byKey.add(rows.add(batch, row));
  }

  private void emit(ChangeKind kind, int slot) {
    changes.addCopy(rows.batch(slot), rows.row(slot), kind);
  }

  private void forget(int slot) {
    byKey.remove(slot);
    rows.free(slot);
  }

  private void flush(Output out) throws Exception {
    if (!changes.isEmpty()) {
      out.rows(changes);
      changes.clear();
    }
  }

  @Override
  public long heapBytes() {
    return rows.heapBytes() + byKey.heapBytes();
  }

  @Override
  public void snapshot(StateWriter out) {
    int[] slots = byKey.slotsToAdd(rows.size());
    out.count(slots.length);
    for (int slot : slots) {
      rows.write(slot, out);
    }
  }

  @Override
  public void restore(StateReader in) {
    int count = in.count();
    in.reserve((long) count * BYTES_PER_ROW);
    for (int left = count; left > 0; left--) {
      byKey.add(rows.read(in));
    }
    in.finish();
  }
}
