// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads whole rows by key, many at once. */
record RowReader(DatabaseTable table, List<TableColumn> keyColumns, Connection connection) {

  /** All columns of the rows with these keys, locked until the transaction ends. */
  Map<RowKey, Object[]> lock(List<Object[]> keys) throws SQLException {
    return read(keys, " FOR UPDATE");
  }

  /** All columns of the rows with these keys. */
  Map<RowKey, Object[]> read(List<Object[]> keys) throws SQLException {
    return read(keys, "");
  }

  private Map<RowKey, Object[]> read(List<Object[]> keys, String suffix) throws SQLException {
    Map<RowKey, Object[]> found = new HashMap<>();
    if (canAskAtOnce()) {
      if (!keys.isEmpty()) {
        String order = " ORDER BY " + table.list(keyColumns);
        read(keys, table.selectAll() + " WHERE " + anyOf(keys.size()) + order + suffix, found);
      }
    } else {
      String one = table.selectAll() + " WHERE " + table.keyCondition(keyColumns) + suffix;
      for (Object[] key : keys) {
        read(List.<Object[]>of(key), one, found);
      }
    }
    return found;
  }

  /** H2 uses no index for alternatives over several columns, and is asked without a network. */
  private boolean canAskAtOnce() {
    return keyColumns.size() == 1 || table.dialect() == Dialect.POSTGRESQL;
  }

  private String anyOf(int count) {
    return keyColumns.size() == 1
        ? table.quoted(keyColumns.get(0).name())
            + " IN ("
            + String.join(", ", Collections.nCopies(count, "?"))
            + ")"
        : String.join(
            " OR ", Collections.nCopies(count, "(" + table.keyCondition(keyColumns) + ")"));
  }

  private void read(List<Object[]> keys, String sql, Map<RowKey, Object[]> found)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (Object[] key : keys) {
        for (int i = 0; i < key.length; i++) {
          keyColumns.get(i).kind().write(select, parameter++, key[i]);
        }
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Object[] row = readRow(table, rows);
          found.put(keyOf(row), row);
        }
      }
    }
  }

  /** The row the result set is on, read as {@link DatabaseTable#selectAll()} lists it. */
  static Object[] readRow(DatabaseTable table, ResultSet rows) throws SQLException {
    Object[] row = new Object[table.columns().size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = table.columns().get(i).kind().read(rows, i + 1);
    }
    return row;
  }

  private RowKey keyOf(Object[] row) {
    Object[] key =
        keyColumns.stream().map(column -> row[table.columns().indexOf(column)]).toArray();
    return RowKey.of(keyColumns, key);
  }
}
