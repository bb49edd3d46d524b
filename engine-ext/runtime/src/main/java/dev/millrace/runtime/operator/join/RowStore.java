// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.ValueKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.util.Arrays;

/**
 * Rows kept beyond a call, each in a numbered slot until it is freed; freed slots are used again.
 * Single-threaded; allocates only when it grows.
 *
 * <pre>
 *   slot = chunk (upper bits) | row in chunk (lower 8 bits)
 * </pre>
 */
final class RowStore {
  private static final int ROW_BITS = 8;
  private static final int CHUNK_ROWS = 1 << ROW_BITS;
  private static final int ROW_MASK = CHUNK_ROWS - 1;

  private final RowType type;
  private RowBatch[] chunks = new RowBatch[4];
  private int[] freeSlots = new int[16];
  private int freeCount;
  private int usedSlots;
  private final long chunkBytes;
  private final ValueKind[] kinds;

  /** What cells refer to. */
  private long refBytes;

  RowStore(RowType type) {
    this.type = type;
    kinds = new ValueKind[type.size()];
    Arrays.setAll(kinds, column -> ValueKind.of(type.type(column)));
    RowBatch one = new RowBatch(type, 1);
    long rowBytes = 0;
    for (int column = 0; column < kinds.length; column++) {
      rowBytes += one.words(column) == null ? 0 : Long.BYTES + 1;
      rowBytes += one.refs(column) == null ? 0 : Integer.BYTES;
    }
    chunkBytes = CHUNK_ROWS * rowBytes;
  }

  /** The batch that holds a slot, at {@link #row}. */
  RowBatch batch(int slot) {
    return chunks[slot >>> ROW_BITS];
  }

  int row(int slot) {
    return slot & ROW_MASK;
  }

  /** Rows held now. */
  int size() {
    return usedSlots - freeCount;
  }

  /** One more than the largest slot ever given out. */
  int slots() {
    return usedSlots;
  }

  int add(RowBatch from, int fromRow) {
    int slot = freeCount > 0 ? freeSlots[--freeCount] : nextSlot();
    RowBatch batch = batch(slot);
    int row = row(slot);
    for (int column = 0; column < type.size(); column++) {
      batch.copyCell(from, fromRow, column, row, column);
    }
    refBytes += refBytes(batch, row);
    return slot;
  }

  private int nextSlot() {
    int chunk = usedSlots >>> ROW_BITS;
    if (chunk == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunk * 2);
    }
    if (chunks[chunk] == null) {
      chunks[chunk] = new RowBatch(type, CHUNK_ROWS);
    }
    return usedSlots++;
  }

  private long refBytes(RowBatch batch, int row) {
    long bytes = 0;
    for (int column = 0; column < kinds.length; column++) {
      if (kinds[column] != ValueKind.NONE) {
        bytes += kinds[column].heapBytes(valueAt(batch, row, column));
      }
    }
    return bytes;
  }

  /** About how much memory the rows take. */
  long heapBytes() {
    long chunksInUse = (usedSlots + CHUNK_ROWS - 1) >>> ROW_BITS;
    return chunksInUse * chunkBytes + (long) Integer.BYTES * freeSlots.length + refBytes;
  }

  void free(int slot) {
    refBytes -= refBytes(batch(slot), row(slot));
    for (int column = 0; column < type.size(); column++) {
      batch(slot).setNull(row(slot), column); // lets go of strings
    }
    if (freeCount == freeSlots.length) {
      freeSlots = Arrays.copyOf(freeSlots, freeCount * 2);
    }
    freeSlots[freeCount++] = slot;
  }

  /** Writes one row. */
  void write(int slot, StateWriter out) {
    RowBatch batch = batch(slot);
    int row = row(slot);
    for (int column = 0; column < type.size(); column++) {
      if (batch.words(column) != null) {
        out.flag(batch.nulls(column)[row]);
        out.number(batch.words(column)[row]);
      }
      out.value(kinds[column], valueAt(batch, row, column));
    }
  }

  private static Object valueAt(RowBatch batch, int row, int column) {
    return batch.refs(column) == null ? null : batch.refs(column)[row];
  }

  /** Reads one row into a new slot. */
  int read(StateReader in) {
    int slot = nextSlot();
    RowBatch batch = batch(slot);
    int row = row(slot);
    for (int column = 0; column < type.size(); column++) {
      if (batch.words(column) != null) {
        batch.nulls(column)[row] = in.flag();
        batch.words(column)[row] = in.number();
      }
      Object value = in.value(kinds[column]);
      if (batch.refs(column) != null) {
        batch.refs(column)[row] = value;
      }
    }
    refBytes += refBytes(batch, row);
    return slot;
  }
}
