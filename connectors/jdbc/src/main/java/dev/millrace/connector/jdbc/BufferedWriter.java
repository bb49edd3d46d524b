// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.RowBatch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongSupplier;

/**
 * Writes through a connection of its own, a buffer at a time: at least once, as Flink's sink does.
 * A buffer is one transaction, tried again with a new connection if that breaks. Single-threaded.
 */
final class BufferedWriter implements RowSink {
  private static final int MAX_BUFFERED_ROWS = 10_000;

  private final JdbcSink sink;
  private final SinkTable table;
  private final SinkContext context;
  private final LongSupplier nanoClock;
  private Changes buffer;
  private long oldestNanos;
  private Connection connection;
  private boolean wasAutoCommit;

  BufferedWriter(JdbcSink sink, SinkTable table, SinkContext context, LongSupplier nanoClock) {
    this.sink = sink;
    this.table = table;
    this.context = context;
    this.nanoClock = nanoClock;
    buffer = Changes.of(table);
  }

  @Override
  public void write(RowBatch batch) throws SQLException {
    for (int row = 0; row < batch.size(); row++) {
      buffer(batch, row);
      if (buffer.size() >= maxRows()) {
        flush();
      }
    }
    boolean limited = !sink.interval().isZero();
    if (limited && nanoClock.getAsLong() - oldestNanos >= sink.interval().toNanos()) {
      flush();
    }
  }

  /** Flink takes 0 for "no limit"; memory has one. */
  private int maxRows() {
    return sink.maxRows() == 0 ? MAX_BUFFERED_ROWS : sink.maxRows();
  }

  private void buffer(RowBatch batch, int row) {
    if (buffer.size() == 0) {
      oldestNanos = nanoClock.getAsLong();
    }
    try {
      buffer.add(batch.kind(row), table.binding().accept(batch, row));
    } catch (MillraceException e) {
      context.deadLetter(batch, row, e);
    }
  }

  @Override
  public void flush() throws SQLException {
    if (buffer.size() == 0) {
      return;
    }
    for (int attempt = 0; ; attempt++) {
      try {
        commit();
        buffer = Changes.of(table);
        return;
      } catch (SQLException e) {
        disconnect();
        if (attempt == sink.maxRetries()) {
          throw JdbcErrors.failed("writing", table.table().path(), e);
        }
      } catch (MillraceException e) {
        disconnect();
        if (attempt == sink.maxRetries()
            || !(e.getCause() instanceof SQLException cause)
            || JdbcErrors.blamesRow(cause)) {
          throw e;
        }
      }
    }
  }

  private void commit() throws SQLException {
    if (connection == null) {
      connection = sink.address().open(context.services());
      wasAutoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
    }
    buffer.write(connection, null, context::deadLetter);
    connection.commit();
  }

  /** What is not committed is gone with the connection, which may be broken. */
  private void disconnect() throws SQLException {
    Connection closing = connection;
    connection = null;
    if (closing != null) {
      try (closing) {
        if (closing.isValid(1)) {
          closing.rollback();
          closing.setAutoCommit(wasAutoCommit);
        }
      }
    }
  }

  @Override
  public void finish() throws SQLException {
    flush();
  }

  @Override
  public void close() throws SQLException {
    disconnect();
  }
}
