// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which input of which pipeline started or advanced a process instance. Written in the transaction
 * of the start or correlation. Thread-safe.
 */
public final class Lineage {
  private static final int MAX_POSITION_LENGTH = 1000;
  private static final int PAGE_SIZE = 1000;
  private static final String SELECT =
      """
      SELECT ID, PROC_INST_ID, KIND, PIPELINE, TABLE_NAME, POSITION_FROM, POSITION_TO, CREATED_AT
      FROM MR_LINEAGE
      """;

  private final Transactions transactions;
  private final StoreClock clock;

  Lineage(Transactions transactions, StoreClock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What an input did to a process instance. */
  public enum Kind {
    STARTED,
    ADVANCED
  }

  /**
   * An input.
   *
   * @param table the pipeline's source table, as declared
   * @param from where the source stood before, as text of its own; empty at its beginning
   * @param to where it stands after; equal to {@code from} for a single record known exactly
   */
  public record Input(String pipeline, String table, String from, String to) {}

  /** An input with what it did. */
  public record Trace(long id, String processInstanceId, Kind kind, Input input, Instant at) {}

  public void append(Connection connection, String processInstanceId, Kind kind, Input input)
      throws SQLException {
    append(connection, Map.of(processInstanceId, kind), List.of(input));
  }

  /** What all of the inputs together did to each of these process instances. */
  public void append(Connection connection, Map<String, Kind> kinds, List<Input> inputs)
      throws SQLException {
    if (kinds.isEmpty() || inputs.isEmpty()) {
      return;
    }
    String sql =
        """
        INSERT INTO MR_LINEAGE (PROC_INST_ID, KIND, PIPELINE, TABLE_NAME, POSITION_FROM,
          POSITION_TO, CREATED_AT)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """;
    Instant now = clock.now(connection);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Map.Entry<String, Kind> each : kinds.entrySet()) {
        for (Input input : inputs) {
          Columns.bind(
              insert,
              each.getKey(),
              each.getValue().name(),
              input.pipeline(),
              input.table(),
              shortened(input.from()),
              shortened(input.to()),
              now);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private static String shortened(String position) {
    return position.substring(0, Math.min(position.length(), MAX_POSITION_LENGTH));
  }

  /** What started and advanced a process instance, oldest first. */
  public List<Trace> ofProcessInstance(String processInstanceId) throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                Lineage::read,
                SELECT + "WHERE PROC_INST_ID = ? ORDER BY ID",
                processInstanceId));
  }

  /**
   * What a pipeline's input did, oldest first.
   *
   * @param table null for all
   * @param position found as either end of an input, and between them if positions count; null for
   *     all
   */
  public List<Trace> ofPipeline(String pipeline, String table, String position, int first, int max)
      throws SQLException {
    return transactions.read(
        connection ->
            position == null
                ? page(connection, pipeline, table, 0, first, max)
                : at(connection, pipeline, table, position, first, max));
  }

  private static List<Trace> at(
      Connection connection, String pipeline, String table, String position, int first, int max)
      throws SQLException {
    List<Trace> found = new ArrayList<>();
    long skipped = 0;
    List<Trace> page = page(connection, pipeline, table, 0, 0, PAGE_SIZE);
    while (!page.isEmpty()) {
      for (Trace each : page) {
        Input input = each.input();
        if (new PositionRange(input.from(), input.to()).holds(position) && skipped++ >= first) {
          found.add(each);
          if (found.size() == max) {
            return found;
          }
        }
      }
      long last = page.get(page.size() - 1).id();
      page = page(connection, pipeline, table, last, 0, PAGE_SIZE);
    }
    return found;
  }

  private static List<Trace> page(
      Connection connection, String pipeline, String table, long afterId, int first, int max)
      throws SQLException {
    return Sql.list(
        connection,
        Lineage::read,
        SELECT
            + """
            WHERE PIPELINE = ? AND TABLE_NAME = COALESCE(?, TABLE_NAME) AND ID > ?
            ORDER BY ID LIMIT ? OFFSET ?
            """,
        pipeline,
        table,
        afterId,
        max,
        first);
  }

  private static Trace read(ResultSet row) throws SQLException {
    return new Trace(
        row.getLong("ID"),
        row.getString("PROC_INST_ID"),
        Kind.valueOf(row.getString("KIND")),
        new Input(
            row.getString("PIPELINE"),
            row.getString("TABLE_NAME"),
            row.getString("POSITION_FROM"),
            row.getString("POSITION_TO")),
        Columns.instant(row, "CREATED_AT").orElseThrow());
  }
}
