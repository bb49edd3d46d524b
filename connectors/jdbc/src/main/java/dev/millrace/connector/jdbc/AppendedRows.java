// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.row.ChangeKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

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
  public void write(Connection connection, TableJournal journal, Refused refused)
      throws SQLException {
    Set<Object[]> left = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int from = 0; from < rows.size(); from += CHUNK_SIZE) {
      List<Object[]> chunk = rows.subList(from, Math.min(from + CHUNK_SIZE, rows.size()));
      try {
        insertTogether(connection, chunk, journal);
      } catch (SQLException e) {
        checkBlamesRow(e);
        // drivers do not tell reliably which row of a batch failed
        for (Object[] row : chunk) {
          if (!insertAlone(connection, row, journal, refused)) {
            left.add(row);
          }
        }
      }
    }
    rows.removeIf(left::contains);
  }

  private boolean insertAlone(
      Connection connection, Object[] row, TableJournal journal, Refused refused)
      throws SQLException {
    try {
      insertTogether(connection, List.<Object[]>of(row), journal);
      return true;
    } catch (SQLException e) {
      checkBlamesRow(e);
      String text = Rows.toString(table.columns(), row);
      refused.take(
          ChangeKind.INSERT,
          Rows.toMap(table.columns(), row),
          JdbcErrors.rowRefused(table.table().path(), text, e));
      return false;
    }
  }

  private void checkBlamesRow(SQLException failure) {
    if (!JdbcErrors.blamesRow(failure)) {
      throw JdbcErrors.failed("writing", table.table().path(), failure);
    }
  }

  /** All of them, or none. */
  private void insertTogether(Connection connection, List<Object[]> chunk, TableJournal journal)
      throws SQLException {
    Savepoint start = connection.setSavepoint();
    try {
      insert(connection, chunk, journal);
    } catch (SQLException e) {
      connection.rollback(start);
      throw e;
    }
    connection.releaseSavepoint(start);
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
}
