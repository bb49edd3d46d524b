// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/** {@code INSERT} of one row. */
final class InsertRow {
  private InsertRow() {}

  static String sql(DatabaseTable table, List<TableColumn> columns) {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(table.quotedPath(), table.list(columns), parameters(columns.size()));
  }

  /** Also writes columns the database would fill by itself, such as identities. */
  static String overridingSql(DatabaseTable table, List<TableColumn> columns) {
    return "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)"
        .formatted(table.quotedPath(), table.list(columns), parameters(columns.size()));
  }

  private static String parameters(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }

  static void bind(PreparedStatement statement, List<TableColumn> columns, Object[] row)
      throws SQLException {
    for (int i = 0; i < row.length; i++) {
      columns.get(i).kind().write(statement, i + 1, row[i]);
    }
  }
}
