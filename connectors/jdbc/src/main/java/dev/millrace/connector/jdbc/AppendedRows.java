// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.row.ChangeKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;

/** Rows for a table without a declared key: each is inserted. Single-threaded. */
final class AppendedRows implements Changes {
  private static final int CHUNK_SIZE = 100;

  private final SinkTable table;
  private final List<Object[]> rows = new ArrayList<>();

  AppendedRows(SinkTable table) {
    this.table = table;
  }

  @Override
  public void add(ChangeKind kind, Object[] row) {
    rows.add(row);
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public void write(Connection connection, TableJournal journal) throws SQLException {
    for (int from = 0; from < rows.size(); from += CHUNK_SIZE) {
      List<Object[]> chunk = rows.subList(from, Math.min(from + CHUNK_SIZE, rows.size()));
      Savepoint start = connection.setSavepoint();
      try {
        insert(connection, chunk, journal);
      } catch (SQLException e) {
        connection.rollback(start);
        throw blame(connection, chunk, e);
      }
      connection.releaseSavepoint(start);
    }
  }

  private void insert(Connection connection, List<Object[]> chunk, TableJournal journal)
      throws SQLException {
    String sql = InsertRow.sql(table.table(), table.columns());
    try (PreparedStatement insert = prepare(connection, sql, journal != null)) {
      for (Object[] row : chunk) {
        InsertRow.bind(insert, table.columns(), row);
        insert.addBatch();
      }
      insert.executeBatch();
      if (journal != null) {
        try (ResultSet inserted = insert.getGeneratedKeys()) {
          while (inserted.next()) {
            journal.appended(RowReader.readRow(table.table(), inserted));
          }
        }
      }
    }
  }

  /** With images, the rows as stored come back from the insert itself. */
  private PreparedStatement prepare(Connection connection, String sql, boolean images)
      throws SQLException {
    if (!images) {
      return connection.prepareStatement(sql);
    }
    String[] all = table.table().columns().stream().map(TableColumn::name).toArray(String[]::new);
    return connection.prepareStatement(sql, all);
  }

  /** Drivers do not tell reliably which row of a batch failed: tries them one by one. */
  private RuntimeException blame(
      Connection connection, List<Object[]> chunk, SQLException batchFailure) throws SQLException {
    String path = table.table().path();
    if (!JdbcErrors.blamesRow(batchFailure)) {
      return JdbcErrors.failed("writing", path, batchFailure);
    }
    for (Object[] row : chunk) {
      Savepoint start = connection.setSavepoint();
      try {
        insert(connection, List.<Object[]>of(row), null);
      } catch (SQLException e) {
        connection.rollback(start);
        return JdbcErrors.rowRefused(path, Rows.toString(table.columns(), row), e);
      }
    }
    return JdbcErrors.failed("writing", path, batchFailure);
  }
}
