// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.row.ChangeKind;
import java.sql.Connection;
import java.sql.SQLException;

/** Rows that wait to be written. Single-threaded. */
interface Changes {
  /**
   * @param row values in their columns' classes; kept
   * @throws dev.millrace.spi.error.MillraceException category DATA, if it cannot be written
   */
  void add(ChangeKind kind, Object[] row);

  /** Rows held: one per key, where there is a key. */
  int size();

  /**
   * Writes all within the connection's open transaction; keeps them.
   *
   * @param journal null for none
   * @throws dev.millrace.spi.error.MillraceException category DATA, if the database refuses a row
   */
  void write(Connection connection, TableJournal journal) throws SQLException;

  static Changes of(SinkTable table) {
    return table.isKeyed() ? new KeyedChanges(table) : new AppendedRows(table);
  }
}
