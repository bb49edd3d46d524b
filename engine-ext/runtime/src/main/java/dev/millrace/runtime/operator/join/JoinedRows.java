// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import dev.millrace.runtime.operator.Output;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;

/** Puts left and right rows side by side. Single-threaded; does not allocate per row. */
final class JoinedRows {
  private final RowBatch batch;
  private final int leftColumns;

  JoinedRows(RowType type, int leftColumns) {
    batch = new RowBatch(type);
    this.leftColumns = leftColumns;
  }

  void join(ChangeKind kind, RowBatch left, int leftRow, RowBatch right, int rightRow, Output out)
      throws Exception {
    int row = addLeft(kind, left, leftRow, out);
    for (int column = leftColumns; column < batch.type().size(); column++) {
      batch.copyCell(right, rightRow, column - leftColumns, row, column);
    }
  }

  /** A left row that has no right one. */
  void pad(ChangeKind kind, RowBatch left, int leftRow, Output out) throws Exception {
    int row = addLeft(kind, left, leftRow, out);
    for (int column = leftColumns; column < batch.type().size(); column++) {
      batch.setNull(row, column);
    }
  }

  private int addLeft(ChangeKind kind, RowBatch left, int leftRow, Output out) throws Exception {
    if (batch.isFull()) {
      flush(out);
    }
    int row = batch.add(kind);
    for (int column = 0; column < leftColumns; column++) {
      batch.copyCell(left, leftRow, column, row, column);
    }
    return row;
  }

  void flush(Output out) throws Exception {
    if (!batch.isEmpty()) {
      out.rows(batch);
      batch.clear();
    }
  }
}
