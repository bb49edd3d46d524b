// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.connector.Connections;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps rows in memory until the engine's transaction writes and journals them. Single-threaded, or
 * by calls that do not overlap.
 */
final class StagedWriter implements TransactionalSink {
  private final SinkTable table;
  private final SinkContext context;

  /** What earlier, not yet confirmed calls of {@link #apply} wrote, oldest first. */
  private final Deque<Changes> applied = new ArrayDeque<>();

  private Changes staged;
  private long appliedRows;

  StagedWriter(SinkTable table, SinkContext context) {
    this.table = table;
    this.context = context;
    staged = Changes.of(table);
  }

  @Override
  public void write(RowBatch batch) {
    for (int row = 0; row < batch.size(); row++) {
      stage(batch, row);
    }
  }

  private void stage(RowBatch batch, int row) {
    if (appliedRows + staged.size() >= context.maxStagedRows()) {
      throw JdbcErrors.tooManyStaged(table.table().path(), context.maxStagedRows());
    }
    try {
      staged.add(batch.kind(row), table.binding().accept(batch, row));
    } catch (MillraceException e) {
      context.deadLetter(batch, row, e);
    }
  }

  @Override
  public void apply(SinkTransaction transaction) throws SQLException {
    if (staged.size() > 0) {
      applied.addLast(staged);
      appliedRows += staged.size();
      staged = Changes.of(table);
    }
    TableJournal journal = new TableJournal(transaction.journal(), Connections.ENGINE, table);
    for (Changes changes : applied) {
      changes.write(transaction.connection(), journal, context::deadLetter);
    }
  }

  @Override
  public void committed() {
    applied.clear();
    appliedRows = 0;
  }
}
