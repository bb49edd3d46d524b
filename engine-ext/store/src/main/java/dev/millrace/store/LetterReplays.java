// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.engine.ReplayOutcome;
import dev.millrace.store.codec.RowJson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Dead letters that the pipeline they are of shall process again: {@code OPEN → REQUESTED →
 * REPLAYED}, or {@code OPEN} once more if it fails again. What is processed in its place, which may
 * hold what is masked, is kept until then only.
 */
public final class LetterReplays {
  private final Transactions transactions;
  private final StoreClock clock;

  LetterReplays(Transactions transactions, StoreClock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * What is processed in place of a letter.
   *
   * @param table whose rows they are
   * @param bytes a record as the table's source reads it; the letter's own, if there are no rows
   *     either
   * @param rows values by column
   */
  public record Wanted(String table, Optional<byte[]> bytes, List<Map<String, Object>> rows) {
    public Wanted {
      rows = List.copyOf(rows);
    }

    /** The letter as it is. */
    public boolean isLetterItself() {
      return bytes.isEmpty() && rows.isEmpty();
    }

    private byte[] stored() {
      return bytes.orElseGet(
          () ->
              rows.stream()
                  .map(RowJson::write)
                  .collect(Collectors.joining("\n"))
                  .getBytes(StandardCharsets.UTF_8));
    }

    /** Whether it is larger than the record of a letter may be. */
    public boolean isTooLarge() {
      return stored().length > DeadLetters.MAX_BYTES;
    }
  }

  /**
   * A letter and what is processed in its place.
   *
   * @param given how often its pipeline was given it since it was wanted, and committed nothing
   */
  public record Requested(StoredDeadLetter letter, Wanted wanted, int given) {}

  /**
   * Wants a letter to be replayed.
   *
   * @param by a user's id; null if nobody says
   * @return false if it is not open: roll back
   */
  public boolean request(Connection connection, long id, Wanted wanted, String by)
      throws SQLException {
    String sql =
        """
        UPDATE MR_DEAD_LETTER
        SET STATE = 'REQUESTED', REPLAY_TABLE = ?, REPLAY_FORM = ?, REPLAY_BYTES = ?, ENDED_BY = ?,
            REPLAY_GIVEN = 0
        WHERE ID = ? AND STATE = 'OPEN'
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, wanted.table());
      update.setString(2, form(wanted));
      update.setBytes(3, wanted.isLetterItself() ? null : wanted.stored());
      update.setString(4, by);
      update.setLong(5, id);
      return update.executeUpdate() == 1;
    }
  }

  private static String form(Wanted wanted) {
    if (wanted.isLetterItself()) {
      return "LETTER";
    }
    return wanted.bytes().isPresent() ? "BYTES" : "ROWS";
  }

  /** The pipelines of a node with letters that shall be replayed, by name. */
  public Set<String> pipelines(String owner) throws SQLException {
    return transactions.read(
        connection ->
            new HashSet<>(
                Sql.list(
                    connection,
                    row -> row.getString(1),
                    """
                    SELECT P.NAME FROM MR_PIPELINE P WHERE P.OWNER = ? AND EXISTS (
                      SELECT 1 FROM MR_DEAD_LETTER L
                      WHERE L.STATE = 'REQUESTED' AND L.PIPELINE = P.NAME)
                    """,
                    owner)));
  }

  /**
   * Letters of a pipeline that shall be replayed, oldest first.
   *
   * @param except those of these tables
   */
  public List<Requested> requested(String pipeline, Set<String> except, int max)
      throws SQLException {
    List<Object> parameters = new ArrayList<>(List.of(pipeline));
    parameters.addAll(except);
    parameters.add(max);
    String others =
        except.isEmpty() ? "" : " AND REPLAY_TABLE NOT IN (" + Sql.marks(except.size()) + ")";
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                LetterReplays::read,
                "SELECT REPLAY_TABLE, REPLAY_FORM, REPLAY_BYTES, REPLAY_GIVEN, "
                    + DeadLetters.COLUMNS
                    + "FROM MR_DEAD_LETTER WHERE STATE = 'REQUESTED' AND PIPELINE = ?"
                    + others
                    + " ORDER BY ID LIMIT ?",
                parameters.toArray()));
  }

  /** Counts that a letter is given to its pipeline, before that processes it. */
  public void give(Connection connection, long id) throws SQLException {
    Sql.update(
        connection, "UPDATE MR_DEAD_LETTER SET REPLAY_GIVEN = REPLAY_GIVEN + 1 WHERE ID = ?", id);
  }

  /**
   * Nobody will process the letters of a pipeline that shall be replayed: they are open again.
   *
   * @return how many
   */
  public int reopen(Connection connection, String pipeline) throws SQLException {
    return Sql.update(
        connection,
        """
        UPDATE MR_DEAD_LETTER
        SET STATE = 'OPEN', ENDED_BY = NULL,
            REPLAY_TABLE = NULL, REPLAY_FORM = NULL, REPLAY_BYTES = NULL
        WHERE STATE = 'REQUESTED' AND PIPELINE = ?
        """,
        pipeline);
  }

  private static Requested read(ResultSet row) throws SQLException {
    byte[] bytes = row.getBytes("REPLAY_BYTES");
    boolean rows = row.getString("REPLAY_FORM").equals("ROWS");
    return new Requested(
        DeadLetters.read(row),
        new Wanted(
            row.getString("REPLAY_TABLE"),
            rows ? Optional.empty() : Optional.ofNullable(bytes),
            rows ? rows(new String(bytes, StandardCharsets.UTF_8)) : List.of()),
        row.getInt("REPLAY_GIVEN"));
  }

  private static List<Map<String, Object>> rows(String lines) {
    return Arrays.stream(lines.split("\n")).map(RowJson::read).toList();
  }

  /**
   * Records what has become of a letter, in the transaction of the commit.
   *
   * @return false if nobody wants it any more: roll back
   */
  public boolean record(Connection connection, ReplayOutcome outcome) throws SQLException {
    Optional<String> error = outcome.error().map(DeadLetters::storable);
    int changed =
        error.isPresent()
            ? Sql.update(
                connection,
                """
                UPDATE MR_DEAD_LETTER
                SET STATE = 'OPEN', ENDED_BY = NULL, ERROR_TEXT = ?, ATTEMPTS = ATTEMPTS + 1,
                    REPLAY_TABLE = NULL, REPLAY_FORM = NULL, REPLAY_BYTES = NULL
                WHERE ID = ? AND STATE = 'REQUESTED'
                """,
                error.get(),
                outcome.id())
            : Sql.update(
                connection,
                """
                UPDATE MR_DEAD_LETTER
                SET STATE = 'REPLAYED', ENDED_AT = ?, LATE_ROWS = ?, ATTEMPTS = ATTEMPTS + 1,
                    REPLAY_TABLE = NULL, REPLAY_FORM = NULL, REPLAY_BYTES = NULL
                WHERE ID = ? AND STATE = 'REQUESTED'
                """,
                clock.now(connection),
                outcome.late(),
                outcome.id());
    return changed == 1;
  }

  /**
   * Discards a letter that shall be replayed; its pipeline must be locked and not run.
   *
   * @param by a user's id; null if nobody says
   * @return false if it shall not be replayed, or not any more
   */
  public boolean withdraw(Connection connection, long id, String by) throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE MR_DEAD_LETTER
            SET STATE = 'DISCARDED', ENDED_AT = ?, ENDED_BY = ?,
                REPLAY_TABLE = NULL, REPLAY_FORM = NULL, REPLAY_BYTES = NULL
            WHERE ID = ? AND STATE = 'REQUESTED'
            """,
            clock.now(connection),
            by,
            id)
        == 1;
  }
}
