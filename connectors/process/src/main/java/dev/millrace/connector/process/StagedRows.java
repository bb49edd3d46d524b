// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.List;

/** Rows that wait for a commit, in order; those put aside are passed over. Single-threaded. */
final class StagedRows {
  /** A staged row. */
  static final class Row {
    private final RowBatch batch;
    private final int index;
    private boolean aside;

    private Row(RowBatch batch, int index) {
      this.batch = batch;
      this.index = index;
    }

    RowBatch batch() {
      return batch;
    }

    int index() {
      return index;
    }

    boolean isAside() {
      return aside;
    }
  }

  private final RowType type;
  private final SinkContext context;
  private final List<Row> rows = new ArrayList<>();
  private RowBatch last;
  private int applied;

  StagedRows(RowType type, SinkContext context) {
    this.type = type;
    this.context = context;
  }

  /** Copies the rows that add. */
  void add(RowBatch batch) {
    if (rows.size() + (long) batch.size() > context.maxStagedRows()) {
      throw ProcessErrors.stagedRows(context.maxStagedRows());
    }
    for (int row = 0; row < batch.size(); row++) {
      if (last == null || last.isFull()) {
        last = new RowBatch(type);
      }
      rows.add(new Row(last, last.addCopy(batch, row, batch.kind(row))));
    }
  }

  /** All rows not put aside, in order, to be applied. */
  List<Row> remaining() {
    applied = rows.size();
    return rows.stream().filter(row -> !row.aside).toList();
  }

  /**
   * Makes a dead letter of a row; later passes do without it.
   *
   * @throws MillraceException if such a row shall fail the run; of the cause's own category if that
   *     may pass, so that the run is tried again
   */
  void putAside(Row row, Exception cause) {
    try {
      context.deadLetter(row.batch, row.index, cause);
    } catch (MillraceException failure) {
      throw cause instanceof MillraceException known
              && known.category() == ErrorCategory.CONNECTOR
              && failure.getCause() == cause
          ? known
          : failure;
    }
    row.aside = true;
  }

  /** Forgets what was there to be applied last. */
  void clear() {
    rows.subList(0, applied).clear();
    applied = 0;
  }
}
