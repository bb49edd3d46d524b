// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.engine.DeadLetter;
import dev.millrace.spi.outbox.OutboxRecord;
import dev.millrace.spi.outbox.OutboxTarget;
import dev.millrace.store.codec.RowJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows that could not be processed, kept with their errors and, to be processed again, with their
 * bytes. A record of a pipeline is kept once, though its source be read again.
 */
public final class DeadLetters {
  private static final int MAX_POSITION_LENGTH = 1000;

  /** A record longer than this is kept as the beginning of its text only. */
  static final int MAX_BYTES = 1 << 20;

  static final String COLUMNS =
      """
      ID, RUN_ID, PIPELINE, SIDE, TABLE_NAME, FORM, RECORD_BYTES, RECORD_TEXT,
      POSITION_TEXT, ERROR_TEXT, MASKED, STATE, CREATED_AT, ENDED_AT, ENDED_BY, ATTEMPTS,
      LATE_ROWS, TARGET, DESTINATION, RECORD_KEY, HEADERS
      """;

  private static final String SELECT = "SELECT " + COLUMNS + "FROM MR_DEAD_LETTER\n";

  private final Transactions transactions;
  private final StoreClock clock;
  private final TenantUsage usage;

  DeadLetters(Transactions transactions, StoreClock clock, TenantUsage usage) {
    this.transactions = transactions;
    this.clock = clock;
    this.usage = usage;
  }

  /** How a record is kept. */
  private enum Form {
    /** As text for people. */
    TEXT,
    /** With its own bytes. */
    BYTES,
    /** As values by column. */
    ROW
  }

  /**
   * Which dead letters are asked for.
   *
   * @param pipeline null for any; so the others
   */
  public record Filter(String pipeline, String runId, String table, StoredDeadLetter.State state) {
    private static final String WHERE =
        """
        WHERE (CAST(? AS VARCHAR(255)) IS NULL OR PIPELINE = ?)
          AND (CAST(? AS VARCHAR(64)) IS NULL OR RUN_ID = ?)
          AND (CAST(? AS VARCHAR(255)) IS NULL OR TABLE_NAME = ?)
          AND STATE = COALESCE(?, STATE)
        """;

    private Object[] parameters(Object... more) {
      List<Object> all = new ArrayList<>();
      for (String each : new String[] {pipeline, runId, table}) {
        all.add(each);
        all.add(each);
      }
      all.add(state == null ? null : state.name());
      all.addAll(List.of(more));
      return all.toArray();
    }
  }

  public void appendToRun(Connection connection, String runId, List<DeadLetter> letters)
      throws SQLException {
    append(connection, runId, null, letters);
  }

  public void appendToPipeline(Connection connection, String pipeline, List<DeadLetter> letters)
      throws SQLException {
    append(connection, null, pipeline, letters);
  }

  /**
   * Keeps a letter that comes up after the commit of its row, which counted it as written: it
   * counts as dead now. A tenant's quota does not keep it away: what is to be sent behind it may be
   * another tenant's.
   *
   * @param refused what was to be sent to a foreign system, if that refused it
   */
  public void appendLate(
      Connection connection,
      LetterAuthor author,
      DeadLetter letter,
      Optional<RefusedRecord> refused)
      throws SQLException {
    Optional<RefusedRecord> whole = refused.filter(each -> !letter.masked() && isWhole(each));
    append(
        connection,
        author.runId().orElse(null),
        author.pipeline().orElse(null),
        List.of(letter),
        whole);
    if (!letter.table().isEmpty()) {
      countDead(connection, "MR_PIPELINE", "NAME", author.pipeline());
      countDead(connection, "MR_RUN", "ID", author.runId());
    }
  }

  private static boolean isWhole(RefusedRecord refused) {
    byte[] payload = refused.record().payload();
    return payload == null || payload.length <= MAX_BYTES;
  }

  private static void countDead(
      Connection connection, String table, String key, Optional<String> id) throws SQLException {
    if (id.isPresent()) {
      Sql.update(
          connection,
          "UPDATE %s SET ROWS_DEAD = ROWS_DEAD + 1 WHERE %s = ?".formatted(table, key),
          id.get());
    }
  }

  private void append(
      Connection connection, String runId, String pipeline, List<DeadLetter> letters)
      throws SQLException {
    if (!letters.isEmpty()) {
      append(connection, runId, pipeline, letters, Optional.empty());
      usage.checkDeadLetters(connection, runId, pipeline, letters.size());
    }
  }

  /**
   * @param refused of all the letters: only ever of one
   */
  private void append(
      Connection connection,
      String runId,
      String pipeline,
      List<DeadLetter> letters,
      Optional<RefusedRecord> refused)
      throws SQLException {
    Instant now = clock.now(connection);
    String sql =
        """
        INSERT INTO MR_DEAD_LETTER (RUN_ID, PIPELINE, SIDE, TABLE_NAME, FORM, RECORD_BYTES,
          RECORD_TEXT, POSITION_TEXT, ERROR_TEXT, MASKED, ORIGIN, CREATED_AT, TARGET, DESTINATION,
          RECORD_KEY, HEADERS)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (DeadLetter letter : letters) {
        String origin = pipeline == null ? null : origin(letter);
        if (origin == null || !isKnown(connection, pipeline, origin)) {
          bind(insert, runId, pipeline, letter, refused, origin, now);
          insert.executeUpdate();
        }
      }
    }
  }

  private static void bind(
      PreparedStatement insert,
      String runId,
      String pipeline,
      DeadLetter letter,
      Optional<RefusedRecord> refused,
      String origin,
      Instant now)
      throws SQLException {
    byte[] bytes = bytes(letter);
    Form form = bytes == null ? Form.TEXT : letter.row().isEmpty() ? Form.BYTES : Form.ROW;
    Columns.bind(
        insert,
        runId,
        pipeline,
        letter.side().name(),
        letter.table(),
        form.name(),
        null,
        storable(letter.record()),
        shortened(storable(letter.position())),
        storable(letter.error()),
        letter.masked(),
        origin,
        now,
        refused.map(each -> each.target().toString()).orElse(null),
        refused.map(each -> each.record().destination()).orElse(null),
        null,
        null);
    insert.setBytes(6, bytes);
    insert.setBytes(15, refused.map(each -> each.record().key()).orElse(null));
    insert.setBytes(16, refused.map(each -> each.record().headers()).orElse(null));
  }

  private static byte[] bytes(DeadLetter letter) {
    byte[] bytes =
        letter.row().isEmpty()
            ? letter.bytes()
            : RowJson.write(letter.row()).getBytes(StandardCharsets.UTF_8);
    return bytes == null || bytes.length > MAX_BYTES ? null : bytes;
  }

  /** Tells a record read again from another one; null if nobody knows where it was. */
  private static String origin(DeadLetter letter) {
    boolean computed = letter.side() != DeadLetter.Side.SOURCE && !letter.table().isEmpty();
    if (letter.position().isEmpty() || !letter.row().isEmpty() || computed) {
      return null;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : List.of(letter.table(), letter.position(), letter.record())) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static boolean isKnown(Connection connection, String pipeline, String origin)
      throws SQLException {
    return Sql.first(
                connection,
                row -> row.getLong(1),
                "SELECT COUNT(*) FROM MR_DEAD_LETTER WHERE PIPELINE = ? AND ORIGIN = ?",
                pipeline,
                origin)
            .orElse(0L)
        > 0;
  }

  /** PostgreSQL's text cannot hold U+0000, which a broken record may well contain. */
  static String storable(String text) {
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
    return after(new Filter(null, runId, null, null), afterId, max);
  }

  /** As {@link #ofRun}. */
  public List<StoredDeadLetter> ofPipeline(String pipeline, long afterId, int max)
      throws SQLException {
    return after(new Filter(pipeline, null, null, null), afterId, max);
  }

  private List<StoredDeadLetter> after(Filter filter, long afterId, int max) throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                DeadLetters::read,
                SELECT + Filter.WHERE + "AND ID > ? ORDER BY ID LIMIT ?",
                filter.parameters(afterId, max)));
  }

  /** A page of dead letters, oldest first. */
  public List<StoredDeadLetter> list(Filter filter, int first, int max) throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                DeadLetters::read,
                SELECT + Filter.WHERE + "ORDER BY ID LIMIT ? OFFSET ?",
                filter.parameters(max, first)));
  }

  public Optional<StoredDeadLetter> find(long id) throws SQLException {
    return transactions.read(
        connection -> Sql.first(connection, DeadLetters::read, SELECT + "WHERE ID = ?", id));
  }

  /**
   * Ends a dead letter, in the transaction of what is done about it.
   *
   * @param by a user's id; null if nobody says
   * @return false if it has ended before: roll back
   */
  public boolean end(Connection connection, long id, StoredDeadLetter.State state, String by)
      throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE MR_DEAD_LETTER SET STATE = ?, ENDED_AT = ?, ENDED_BY = ?
            WHERE ID = ? AND STATE = 'OPEN'
            """,
            state.name(),
            clock.now(connection),
            by,
            id)
        == 1;
  }

  public long countOfRun(String runId) throws SQLException {
    return count("WHERE RUN_ID = ?", runId);
  }

  public long countOfPipeline(String pipeline) throws SQLException {
    return count("WHERE PIPELINE = ?", pipeline);
  }

  /** How many of a pipeline nobody has looked after yet, with those of this transaction. */
  public static long countOpen(Connection connection, String pipeline) throws SQLException {
    return Sql.first(
            connection,
            row -> row.getLong(1),
            "SELECT COUNT(*) FROM MR_DEAD_LETTER WHERE PIPELINE = ? AND STATE = 'OPEN'",
            pipeline)
        .orElseThrow();
  }

  /** As {@link #countOpen(Connection, String)}, of what is committed. */
  public long countOpenOfPipeline(String pipeline) throws SQLException {
    return transactions.read(connection -> countOpen(connection, pipeline));
  }

  /** How many nobody has looked after yet. */
  public long countOpen() throws SQLException {
    return count("WHERE STATE = 'OPEN'");
  }

  /** All dead letters there are. */
  public long count() throws SQLException {
    return count("");
  }

  private long count(String where, Object... parameters) throws SQLException {
    return transactions.read(
        connection ->
            Sql.first(
                    connection,
                    row -> row.getLong(1),
                    "SELECT COUNT(*) FROM MR_DEAD_LETTER " + where,
                    parameters)
                .orElseThrow());
  }

  private static Optional<RefusedRecord> refused(ResultSet row, DeadLetter letter)
      throws SQLException {
    String target = row.getString("TARGET");
    return target == null
        ? Optional.empty()
        : Optional.of(
            new RefusedRecord(
                OutboxTarget.parse(target),
                new OutboxRecord(
                    letter.table(),
                    row.getString("DESTINATION"),
                    row.getBytes("RECORD_KEY"),
                    letter.bytes(),
                    row.getBytes("HEADERS"))));
  }

  static StoredDeadLetter read(ResultSet row) throws SQLException {
    byte[] bytes = row.getBytes("RECORD_BYTES");
    Form form = Form.valueOf(row.getString("FORM"));
    DeadLetter letter =
        new DeadLetter(
            DeadLetter.Side.valueOf(row.getString("SIDE")),
            Optional.ofNullable(row.getString("TABLE_NAME")).orElse(""),
            form == Form.BYTES ? bytes : null,
            form == Form.ROW ? RowJson.read(new String(bytes, StandardCharsets.UTF_8)) : Map.of(),
            row.getString("RECORD_TEXT"),
            row.getString("POSITION_TEXT"),
            row.getString("ERROR_TEXT"),
            row.getBoolean("MASKED"));
    return new StoredDeadLetter(
        row.getLong("ID"),
        Optional.ofNullable(row.getString("RUN_ID")),
        Optional.ofNullable(row.getString("PIPELINE")),
        letter,
        refused(row, letter),
        StoredDeadLetter.State.valueOf(row.getString("STATE")),
        Columns.instant(row, "CREATED_AT").orElseThrow(),
        Columns.instant(row, "ENDED_AT"),
        Optional.ofNullable(row.getString("ENDED_BY")),
        row.getInt("ATTEMPTS"),
        row.getLong("LATE_ROWS"));
  }
}
