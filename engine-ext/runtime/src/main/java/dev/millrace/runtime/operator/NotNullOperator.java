// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;

/**
 * Keeps NULL out of a sink's NOT NULL columns: such a row is dead, or dropped where the script says
 * so. Single-threaded; called only by its stage's thread; does not allocate per row.
 */
public final class NotNullOperator implements Operator {
  private static final ErrorCode NOT_NULL = ErrorCode.of("OPERATOR", ErrorCategory.DATA, 1);

  private final int[] columns;
  private final boolean drop;
  private final RowBatch kept;
  private OperatorContext context;

  /**
   * @param columns that take no NULL
   * @param drop true to drop such rows silently
   */
  public NotNullOperator(RowType type, int[] columns, boolean drop) {
    this.columns = columns;
    this.drop = drop;
    kept = new RowBatch(type);
  }

  @Override
  public void open(OperatorContext stage) {
    context = stage;
  }

  @Override
  public void rows(int input, RowBatch batch, Output out) throws Exception {
    int row = 0;
    while (row < batch.size() && nullColumn(batch, row) < 0) {
      row++;
    }
    if (row == batch.size()) {
      out.rows(batch);
    } else {
      sift(batch, out);
    }
  }

  private void sift(RowBatch batch, Output out) throws Exception {
    kept.clear();
    for (int row = 0; row < batch.size(); row++) {
      int column = nullColumn(batch, row);
      if (column < 0) {
        kept.addCopy(batch, row, batch.kind(row));
      } else if (!drop) {
        context.deadLetter(batch, row, nullIn(batch.type().name(column)));
      }
    }
    if (!kept.isEmpty()) {
      out.rows(kept);
    }
  }

  /** The first column whose NULL is one too many, or -1. */
  private int nullColumn(RowBatch batch, int row) {
    for (int column : columns) {
      if (batch.isNull(row, column)) {
        return column;
      }
    }
    return -1;
  }

  private static MillraceException nullIn(String column) {
    return new MillraceException(
        NOT_NULL,
        ("column '%s' is NOT NULL, but a null value is written into it; replace it in the query,"
                + " or SET 'table.exec.sink.not-null-enforcer' = 'DROP' to drop such rows")
            .formatted(column));
  }
}
