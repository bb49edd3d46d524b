// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.engine.DeadLetter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Rows that could not be processed, kept with their errors. */
public final class DeadLetters {
  private static final int MAX_POSITION_LENGTH = 1000;

  private final Transactions transactions;
  private final StoreClock clock;

  DeadLetters(Transactions transactions, StoreClock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  public void appendToRun(Connection connection, String runId, List<DeadLetter> letters)
      throws SQLException {
    append(connection, "RUN_ID", runId, letters);
  }

  public void appendToPipeline(Connection connection, String pipeline, List<DeadLetter> letters)
      throws SQLException {
    append(connection, "PIPELINE", pipeline, letters);
  }

  private void append(Connection connection, String column, String owner, List<DeadLetter> letters)
      throws SQLException {
    if (letters.isEmpty()) {
      return;
    }
    Instant now = clock.now(connection);
    String sql =
        """
        INSERT INTO MR_DEAD_LETTER (%s, RECORD_TEXT, POSITION_TEXT, ERROR_TEXT, CREATED_AT)
        VALUES (?, ?, ?, ?, ?)
        """
            .formatted(column);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (DeadLetter letter : letters) {
        Columns.bind(
            insert,
            owner,
            storable(letter.record()),
            shortened(storable(letter.position())),
            storable(letter.error()),
            now);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** PostgreSQL's text cannot hold U+0000, which a broken record may well contain. */
  private static String storable(String text) {
    return text.replace('\u0000', '\uFFFD');
  }

  private static String shortened(String position) {
    return position.substring(0, Math.min(position.length(), MAX_POSITION_LENGTH));
  }

  /**
   * Dead letters of a run, oldest first.
   *
   * @param afterId of the last one already seen, 0 at first
   */
  public List<StoredDeadLetter> ofRun(String runId, long afterId, int max) throws SQLException {
    return list("RUN_ID", runId, afterId, max);
  }

  /** As {@link #ofRun}. */
  public List<StoredDeadLetter> ofPipeline(String pipeline, long afterId, int max)
      throws SQLException {
    return list("PIPELINE", pipeline, afterId, max);
  }

  private List<StoredDeadLetter> list(String column, String owner, long afterId, int max)
      throws SQLException {
    String sql =
        """
        SELECT ID, RECORD_TEXT, POSITION_TEXT, ERROR_TEXT, CREATED_AT FROM MR_DEAD_LETTER
        WHERE %s = ? AND ID > ? ORDER BY ID LIMIT ?
        """
            .formatted(column);
    return transactions.commit(
        connection ->
            Sql.list(
                connection,
                row ->
                    new StoredDeadLetter(
                        row.getLong("ID"),
                        new DeadLetter(
                            row.getString("RECORD_TEXT"),
                            row.getString("POSITION_TEXT"),
                            row.getString("ERROR_TEXT")),
                        Columns.instant(row, "CREATED_AT").orElseThrow()),
                sql,
                owner,
                afterId,
                max));
  }

  public long countOfRun(String runId) throws SQLException {
    return count("WHERE RUN_ID = ?", runId);
  }

  public long countOfPipeline(String pipeline) throws SQLException {
    return count("WHERE PIPELINE = ?", pipeline);
  }

  /** All dead letters there are. */
  public long count() throws SQLException {
    return count("");
  }

  private long count(String where, Object... parameters) throws SQLException {
    return transactions.commit(
        connection ->
            Sql.first(
                    connection,
                    row -> row.getLong(1),
                    "SELECT COUNT(*) FROM MR_DEAD_LETTER " + where,
                    parameters)
                .orElseThrow());
  }
}
