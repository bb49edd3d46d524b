// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How far pipelines have read their sources. Thread-safe. */
public final class Positions {
  private final Transactions transactions;

  Positions(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Where each source goes on, by table name. */
  public Map<String, String> of(String pipeline) throws SQLException {
    return transactions.read(connection -> of(connection, pipeline));
  }

  /** As {@link #of(String)}. */
  public static Map<String, String> of(Connection connection, String pipeline) throws SQLException {
    Map<String, String> positions = new LinkedHashMap<>();
    Sql.list(
        connection,
        row -> positions.put(row.getString("TABLE_NAME"), row.getString("POSITION_TEXT")),
        """
        SELECT TABLE_NAME, POSITION_TEXT FROM MR_POSITION WHERE PIPELINE = ? ORDER BY TABLE_NAME
        """,
        pipeline);
    return positions;
  }

  /**
   * A pipeline has another script: its positions go on under other names, or go.
   *
   * @param tables whose positions are kept, each with its name from now on
   */
  public static void keep(Connection connection, String pipeline, Map<String, String> tables)
      throws SQLException {
    Map<String, String> before = of(connection, pipeline);
    Map<String, String> kept = new LinkedHashMap<>();
    before.forEach(
        (table, position) -> {
          if (tables.containsKey(table)) {
            kept.put(tables.get(table), position);
          }
        });
    Sql.update(connection, "DELETE FROM MR_POSITION WHERE PIPELINE = ?", pipeline);
    write(connection, pipeline, kept);
    // what has another name now was read by nothing that remembers it
    Set<String> names = new HashSet<>(before.keySet());
    names.addAll(Snapshots.positioned(connection, pipeline));
    for (String table : names) {
      if (!table.equals(tables.get(table))) {
        Snapshots.forgetTable(connection, pipeline, table);
      }
    }
  }

  /** Forgets where sources are, and with it all that is remembered: they start anew. */
  public static void forget(Connection connection, String pipeline) throws SQLException {
    Snapshots.forget(connection, pipeline);
    Sql.update(connection, "DELETE FROM MR_POSITION WHERE PIPELINE = ?", pipeline);
  }

  /** Where sources go on, by table name, in the transaction of what they stand for. */
  static void write(Connection connection, String pipeline, Map<String, String> positions)
      throws SQLException {
    for (Map.Entry<String, String> position : positions.entrySet()) {
      write(connection, pipeline, position.getKey(), position.getValue());
    }
  }

  private static void write(Connection connection, String pipeline, String table, String position)
      throws SQLException {
    int updated =
        Sql.update(
            connection,
            "UPDATE MR_POSITION SET POSITION_TEXT = ? WHERE PIPELINE = ? AND TABLE_NAME = ?",
            position,
            pipeline,
            table);
    if (updated == 0) {
      Sql.update(
          connection,
          "INSERT INTO MR_POSITION (POSITION_TEXT, PIPELINE, TABLE_NAME) VALUES (?, ?, ?)",
          position,
          pipeline,
          table);
    }
  }
}
