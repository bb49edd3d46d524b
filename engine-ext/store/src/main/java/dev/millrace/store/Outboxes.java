// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.fault.Write;
import dev.millrace.spi.outbox.Intent;
import dev.millrace.spi.outbox.OutboxRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What waits to be sent to foreign systems. Thread-safe.
 *
 * <p><b>What orders records.</b> Each target has a counter. A transaction that sends draws its
 * numbers from it as the last thing it does, and so holds its lock until it has committed: numbers
 * are in the order of commits, without gaps that would fill later. Who publishes may go by number.
 *
 * <p>One node at a time publishes to a target, under a lease with a fencing epoch, as {@link
 * Leases}; what was sent is deleted.
 */
public final class Outboxes {
  private static final Leases.Table TABLE =
      new Leases.Table("MR_OUTBOX_TARGET", "TARGET", "PUBLISHING", "IDLE", "");
  private static final int FETCH_SIZE = 50;
  private static final String UNIQUE_VIOLATION = "23505";

  private static final String SELECT_TARGET =
      """
      SELECT T.TARGET, T.OUTBOX_ID, T.EPOCH, T.OWNER, C.LAST_SEQ, T.PUBLISHED_SEQ, T.ATTEMPTS,
        T.TAKEOVERS, T.ERROR_TEXT, T.PUBLISHED_AT
      FROM MR_OUTBOX_TARGET T JOIN MR_OUTBOX_COUNTER C ON C.TARGET = T.TARGET
      """;

  private final Transactions transactions;
  private final StoreClock clock;
  private final Leases leases;

  Outboxes(Transactions transactions, StoreClock clock) {
    this.transactions = transactions;
    this.clock = clock;
    leases = new Leases(transactions, clock, TABLE);
  }

  /**
   * The outbox of a transaction. Nothing is written before {@link PendingOutbox#flush()}.
   *
   * @param limit the most records that may wait for a target
   */
  public PendingOutbox ofRun(Connection connection, String runId, long limit) {
    return new PendingOutbox(this, connection, new PendingOutbox.Owner(runId, null), limit);
  }

  /** As {@link #ofRun}, for effects nobody takes back. */
  public PendingOutbox ofPipeline(Connection connection, String pipeline, long limit) {
    return new PendingOutbox(this, connection, new PendingOutbox.Owner(null, pipeline), limit);
  }

  /** Makes a target known, in a transaction of its own; does nothing if it is. */
  void introduce(String target) throws SQLException {
    try {
      transactions.commit(
          Write.OUTBOX_INTRODUCTION,
          connection -> {
            Sql.update(
                connection,
                "INSERT INTO MR_OUTBOX_COUNTER (TARGET, LAST_SEQ) VALUES (?, 0)",
                target);
            return Sql.update(
                connection,
                """
                INSERT INTO MR_OUTBOX_TARGET (TARGET, OUTBOX_ID, STATE, EPOCH, PUBLISHED_SEQ,
                  ATTEMPTS, TAKEOVERS)
                VALUES (?, ?, 'IDLE', 0, 0, 0, 0)
                """,
                target,
                UUID.randomUUID().toString());
          });
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  /** Takes targets for which something waits and to which no living node publishes. */
  public List<OutboxTargetState> claim(String owner, int max, Duration lease) throws SQLException {
    if (max <= 0) {
      return List.of();
    }
    return transactions.commit(
        Write.LEASE_CLAIM,
        connection -> {
          Instant now = clock.now(connection);
          Instant horizon = Leases.horizon(now);
          List<String> targets =
              Sql.list(
                  connection,
                  row -> row.getString("TARGET"),
                  """
                  SELECT TARGET FROM MR_OUTBOX_TARGET T
                  WHERE (LEASE_UNTIL IS NULL OR LEASE_UNTIL NOT BETWEEN ? AND ?)
                    AND (DUE_AT IS NULL OR DUE_AT <= ? OR DUE_AT > ?)
                    AND EXISTS (SELECT 1 FROM MR_OUTBOX O WHERE O.TARGET = T.TARGET)
                  ORDER BY TARGET
                  LIMIT ?
                  FOR UPDATE SKIP LOCKED
                  """,
                  now,
                  horizon,
                  now,
                  horizon,
                  max);
          leases.take(connection, targets, owner, now, lease);
          List<OutboxTargetState> claimed = new ArrayList<>();
          for (String target : targets) {
            claimed.add(find(connection, target).orElseThrow());
          }
          return claimed;
        });
  }

  public Set<Claim> renew(String owner, Collection<Claim> held, Duration lease)
      throws SQLException {
    return leases.renew(owner, held, lease);
  }

  /** Gives all of a node's targets back, when it stops. Returns how many. */
  public int release(String owner) throws SQLException {
    return leases.release(owner);
  }

  /** As {@link #release}, of a node that died with them. */
  public int releaseDead(String owner) throws SQLException {
    return leases.releaseDead(owner);
  }

  /** Gives one target back; another claim of it is left alone. */
  public void release(Claim claim) throws SQLException {
    transactions.commit(
        Write.LEASE_RELEASE,
        connection ->
            Sql.update(
                connection,
                """
                UPDATE MR_OUTBOX_TARGET SET STATE = 'IDLE', OWNER = NULL, LEASE_UNTIL = NULL
                WHERE TARGET = ? AND EPOCH = ?
                """,
                claim.id(),
                claim.epoch()));
  }

  /** Whether a claim still holds. */
  public boolean holds(Claim claim) throws SQLException {
    return transactions.rollBack(connection -> leases.lock(connection, claim));
  }

  /**
   * The records behind a sequence, in order: at most so many, and no more bytes than that but for
   * the last.
   */
  public List<Intent> read(String target, long after, int max, long maxBytes) throws SQLException {
    return transactions.read(
        connection -> {
          String sql =
              """
              SELECT SEQ, TABLE_NAME, DESTINATION, RECORD_KEY, PAYLOAD, HEADERS FROM MR_OUTBOX
              WHERE TARGET = ? AND SEQ > ? ORDER BY SEQ LIMIT ?
              """;
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCH_SIZE);
            Columns.bind(select, target, after, max);
            return upTo(maxBytes, select);
          }
        });
  }

  private static List<Intent> upTo(long maxBytes, PreparedStatement select) throws SQLException {
    List<Intent> intents = new ArrayList<>();
    long bytes = 0;
    try (ResultSet rows = select.executeQuery()) {
      while (bytes < maxBytes && rows.next()) {
        Intent intent = intent(rows);
        intents.add(intent);
        bytes += size(intent.record());
      }
    }
    return intents;
  }

  private static Intent intent(ResultSet row) throws SQLException {
    return new Intent(
        row.getLong("SEQ"),
        new OutboxRecord(
            row.getString("TABLE_NAME"),
            row.getString("DESTINATION"),
            row.getBytes("RECORD_KEY"),
            row.getBytes("PAYLOAD"),
            row.getBytes("HEADERS")));
  }

  static long size(OutboxRecord record) {
    return (record.key() == null ? 0 : record.key().length)
        + (record.payload() == null ? 0 : record.payload().length)
        + (long) record.headers().length;
  }

  /**
   * Forgets what was sent; false if the claim no longer holds, and then nothing is changed.
   *
   * @param sequence of the last record sent
   */
  public boolean published(Claim claim, long sequence) throws SQLException {
    return transactions.commit(
        Write.OUTBOX_PUBLICATION,
        connection -> {
          if (!leases.lock(connection, claim)) {
            return false;
          }
          Sql.update(
              connection,
              "DELETE FROM MR_OUTBOX WHERE TARGET = ? AND SEQ <= ?",
              claim.id(),
              sequence);
          Sql.update(
              connection,
              """
              UPDATE MR_OUTBOX_TARGET
              SET PUBLISHED_SEQ = CASE WHEN PUBLISHED_SEQ < ? THEN ? ELSE PUBLISHED_SEQ END,
                  PUBLISHED_AT = ?, ATTEMPTS = 0, TAKEOVERS = 0, ERROR_TEXT = NULL
              WHERE TARGET = ?
              """,
              sequence,
              sequence,
              clock.now(connection),
              claim.id());
          return true;
        });
  }

  /** Who committed a record; empty if it is there no more. */
  public Optional<LetterAuthor> author(String target, long sequence) throws SQLException {
    return transactions.read(
        connection ->
            Sql.first(
                connection,
                row ->
                    new LetterAuthor(
                        Optional.ofNullable(row.getString("RUN_ID")),
                        Optional.ofNullable(row.getString("PIPELINE"))),
                "SELECT RUN_ID, PIPELINE FROM MR_OUTBOX WHERE TARGET = ? AND SEQ = ?",
                target,
                sequence));
  }

  /** Takes out a record its target refuses; false if it is gone, or the claim no longer holds. */
  public boolean takeOut(Connection connection, Claim claim, long sequence) throws SQLException {
    return leases.lock(connection, claim)
        && Sql.update(
                connection,
                "DELETE FROM MR_OUTBOX WHERE TARGET = ? AND SEQ = ?",
                claim.id(),
                sequence)
            == 1;
  }

  /** Ends a claim with a failure: the target is due again after a delay. */
  public void fail(Claim claim, String error, Duration delay) throws SQLException {
    transactions.commit(
        Write.OUTBOX_FAILURE,
        connection ->
            Sql.update(
                connection,
                """
                UPDATE MR_OUTBOX_TARGET
                SET STATE = 'IDLE', OWNER = NULL, LEASE_UNTIL = NULL, DUE_AT = ?,
                    ATTEMPTS = ATTEMPTS + 1, ERROR_TEXT = ?
                WHERE TARGET = ? AND EPOCH = ?
                """,
                clock.now(connection).plus(delay),
                error,
                claim.id(),
                claim.epoch()));
  }

  /** Records that wait to be sent, to whatever system. */
  public long count() throws SQLException {
    return transactions.read(
        connection ->
            Sql.first(connection, row -> row.getLong(1), "SELECT COUNT(*) FROM MR_OUTBOX")
                .orElseThrow());
  }

  /** All targets, by name. */
  public List<OutboxTargetState> targets() throws SQLException {
    return transactions.read(
        connection -> Sql.list(connection, Outboxes::target, SELECT_TARGET + "ORDER BY T.TARGET"));
  }

  public Optional<OutboxTargetState> find(String target) throws SQLException {
    return transactions.read(connection -> find(connection, target));
  }

  private static Optional<OutboxTargetState> find(Connection connection, String target)
      throws SQLException {
    return Sql.first(connection, Outboxes::target, SELECT_TARGET + "WHERE T.TARGET = ?", target);
  }

  private static OutboxTargetState target(ResultSet row) throws SQLException {
    return new OutboxTargetState(
        row.getString("TARGET"),
        row.getString("OUTBOX_ID"),
        row.getLong("EPOCH"),
        Optional.ofNullable(row.getString("OWNER")),
        row.getLong("LAST_SEQ"),
        row.getLong("PUBLISHED_SEQ"),
        row.getInt("ATTEMPTS"),
        row.getInt("TAKEOVERS"),
        Optional.ofNullable(row.getString("ERROR_TEXT")),
        Columns.instant(row, "PUBLISHED_AT"));
  }
}
