// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

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
   * Writes all within the connection's open transaction; keeps them, but for those the database
   * refuses.
   *
   * @param journal null for none
   */
  void write(Connection connection, TableJournal journal, Refused refused) throws SQLException;

  /** Takes rows that the database refuses. */
  @FunctionalInterface
  interface Refused {
    /**
     * Returns if the others shall be written all the same.
     *
     * @throws dev.millrace.spi.error.MillraceException category DATA, if not
     */
    void take(ChangeKind kind, Map<String, Object> row, MillraceException cause);
  }

  static Changes of(SinkTable table) {
    return table.isKeyed() ? new KeyedChanges(table) : new AppendedRows(table);
  }
}
