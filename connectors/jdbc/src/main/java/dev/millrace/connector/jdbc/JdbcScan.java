// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Reads a table from first row to last. Single-threaded. The connection is given back with the last
 * row, so that no reader holds one while its run commits.
 */
final class JdbcScan implements RowSource {
  private final TableBinding binding;
  private final SourceContext context;
  private final Connection connection;
  private final boolean wasAutoCommit;
  private boolean closed;
  private PreparedStatement select;
  private ResultSet rows;
  private long rowCount;

  private JdbcScan(TableBinding binding, SourceContext context, Connection connection)
      throws SQLException {
    this.binding = binding;
    this.context = context;
    this.connection = connection;
    wasAutoCommit = connection.getAutoCommit();
  }

  static JdbcScan open(JdbcSource source, SourceContext context) throws SQLException {
    Connection connection = source.address().open(context.services());
    try {
      TableBinding all = TableBinding.bind(connection, source.tableName(), source.schema());
      JdbcScan scan = new JdbcScan(all.only(source.read()), context, connection);
      scan.start(source, all);
      return scan;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void start(JdbcSource source, TableBinding all) throws SQLException {
    ScanBounds bounds = source.bounds();
    connection.setAutoCommit(source.autoCommit());
    if (bounds == null) {
      select = connection.prepareStatement(binding.select());
    } else {
      TableColumn column = all.columns().get(bounds.position());
      select =
          connection.prepareStatement(
              binding.select()
                  + " WHERE "
                  + binding.table().quoted(column.name())
                  + " BETWEEN ? AND ?");
      select.setLong(1, bounds.lower());
      select.setLong(2, bounds.upper());
    }
    select.setFetchSize(source.fetchSize());
    rows = select.executeQuery();
  }

  @Override
  public Status poll(RowBatch batch) throws SQLException {
    if (rows == null) {
      return Status.END;
    }
    while (!batch.isFull()) {
      if (!next()) {
        close();
        return Status.END;
      }
      append(batch);
    }
    return Status.MORE;
  }

  private boolean next() {
    try {
      rowCount++;
      return rows.next();
    } catch (SQLException e) {
      throw JdbcErrors.failed("reading", binding.table().path(), e);
    }
  }

  private void append(RowBatch batch) throws SQLException {
    Object[] values = binding.read(rows);
    try {
      binding.declare(values);
    } catch (MillraceException e) {
      context.deadLetter(binding.toString(values), binding.table().path() + ", row " + rowCount, e);
      return;
    }
    int row = batch.add(ChangeKind.INSERT);
    for (int i = 0; i < values.length; i++) {
      RowValues.set(batch, row, i, values[i]);
    }
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    // not asked of the connection: the engine's own pool refuses any question once it is given back
    closed = true;
    rows = null;
    try (connection;
        PreparedStatement closing = select) {
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(wasAutoCommit);
      }
    }
  }
}
