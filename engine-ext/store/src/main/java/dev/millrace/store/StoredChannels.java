// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.connector.Channels;
import dev.millrace.spi.connector.CommitAgainException;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.codec.RowJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Channels as rows. Who appends holds the lock of the channel's row to the end of its transaction,
 * so numbers are those of commits: a reader never sees 8 before 7. Thread-safe.
 */
public final class StoredChannels implements Channels {
  private static final String DUPLICATE = "23505";
  private static final int MAX_REMOVED = 10_000;

  private final Transactions transactions;
  private final StoreClock clock;
  private final Map<Name, AtomicLong> news = new ConcurrentHashMap<>();

  StoredChannels(Transactions transactions, StoreClock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Who reads a channel.
   *
   * @param details for who asks; empty for a plain channel
   */
  public record Reader(String pipeline, String table, Optional<String> details) {}

  /** The numbers of the first event there is, and of the last there was. */
  record Held(long first, long last) {}

  @Override
  public void append(
      SinkTransaction transaction, Name name, Bounds bounds, List<Map<String, Object>> rows)
      throws SQLException {
    append(transaction.connection(), name, bounds, rows.stream().map(RowJson::write).toList());
  }

  /**
   * @param contents rows as {@link RowJson}
   */
  void append(Connection connection, Name name, Bounds bounds, List<String> contents)
      throws SQLException {
    if (contents.isEmpty()) {
      return;
    }
    Held held = lock(connection, name, bounds);
    if (held.last() - held.first() + 1 + contents.size() > bounds.maxEvents()) {
      throw StoreErrors.channelFull(name.channel(), bounds.maxEvents());
    }
    long sequence = held.last();
    Instant now = clock.now(connection);
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO MR_CHANNEL_EVENT (TENANT_ID, NAME, SEQ, CONTENT, CREATED_AT)
            VALUES (?, ?, ?, ?, ?)
            """)) {
      for (String content : contents) {
        Columns.bind(insert, name.tenant(), name.channel(), ++sequence, content, now);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    Sql.update(
        connection,
        "UPDATE MR_CHANNEL SET LAST_SEQ = ?, KEEP_MS = ? WHERE TENANT_ID = ? AND NAME = ?",
        sequence,
        bounds.keep().toMillis(),
        name.tenant(),
        name.channel());
  }

  /** Locks a channel, and makes it first if there is none. */
  Held lock(Connection connection, Name name, Bounds bounds) throws SQLException {
    Optional<Held> held = locked(connection, name);
    if (held.isPresent()) {
      return held.get();
    }
    try {
      Sql.update(
          connection,
          """
          INSERT INTO MR_CHANNEL (TENANT_ID, NAME, FIRST_SEQ, LAST_SEQ, KEEP_MS)
          VALUES (?, ?, 1, 0, ?)
          """,
          name.tenant(),
          name.channel(),
          bounds.keep().toMillis());
    } catch (SQLException e) {
      if (DUPLICATE.equals(e.getSQLState())) {
        throw new CommitAgainException(e);
      }
      throw e;
    }
    return new Held(1, 0);
  }

  private static Optional<Held> locked(Connection connection, Name name) throws SQLException {
    return Sql.first(
        connection,
        row -> new Held(row.getLong(1), row.getLong(2)),
        """
        SELECT FIRST_SEQ, LAST_SEQ FROM MR_CHANNEL WHERE TENANT_ID = ? AND NAME = ? FOR UPDATE
        """,
        name.tenant(),
        name.channel());
  }

  @Override
  public void committed(Name name) {
    bell(name).incrementAndGet();
  }

  @Override
  public LongSupplier news(Name name) {
    return bell(name)::get;
  }

  private AtomicLong bell(Name name) {
    return news.computeIfAbsent(name, key -> new AtomicLong());
  }

  @Override
  public List<Event> read(Name name, long after, int max) throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                row -> new Event(row.getLong(1), RowJson.read(row.getString(2))),
                """
                SELECT SEQ, CONTENT FROM MR_CHANNEL_EVENT
                WHERE TENANT_ID = ? AND NAME = ? AND SEQ > ? ORDER BY SEQ LIMIT ?
                """,
                name.tenant(),
                name.channel(),
                after,
                max));
  }

  @Override
  public long first(Name name) throws SQLException {
    return held(name).first();
  }

  @Override
  public long last(Name name) throws SQLException {
    return held(name).last();
  }

  private Held held(Name name) throws SQLException {
    return transactions.read(
        connection ->
            Sql.first(
                    connection,
                    row -> new Held(row.getLong(1), row.getLong(2)),
                    "SELECT FIRST_SEQ, LAST_SEQ FROM MR_CHANNEL WHERE TENANT_ID = ? AND NAME = ?",
                    name.tenant(),
                    name.channel())
                .orElse(new Held(1, 0)));
  }

  /**
   * From now on nothing is removed that this reader has not passed.
   *
   * @param follows whether it reads only once what the pipeline reads now is drained
   */
  public void register(Connection connection, Name name, Reader reader, boolean follows)
      throws SQLException {
    int updated =
        Sql.update(
            connection,
            """
            UPDATE MR_CHANNEL_READER SET DETAILS = ?
            WHERE TENANT_ID = ? AND NAME = ? AND PIPELINE = ? AND TABLE_NAME = ? AND FOLLOWS = ?
            """,
            reader.details().orElse(null),
            name.tenant(),
            name.channel(),
            reader.pipeline(),
            reader.table(),
            follows);
    if (updated == 0) {
      Sql.update(
          connection,
          """
          INSERT INTO MR_CHANNEL_READER (DETAILS, TENANT_ID, NAME, PIPELINE, TABLE_NAME, FOLLOWS)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
          reader.details().orElse(null),
          name.tenant(),
          name.channel(),
          reader.pipeline(),
          reader.table(),
          follows);
    }
  }

  /** A pipeline has a new script at once: which channels it reads is told anew. */
  public void unregister(Connection connection, String pipeline) throws SQLException {
    Sql.update(connection, "DELETE FROM MR_CHANNEL_READER WHERE PIPELINE = ?", pipeline);
  }

  /** Another script shall follow the one that is drained: what it reads is told anew. */
  public void unregisterFollowing(Connection connection, String pipeline) throws SQLException {
    Sql.update(
        connection, "DELETE FROM MR_CHANNEL_READER WHERE PIPELINE = ? AND FOLLOWS", pipeline);
  }

  /** A pipeline is drained: from now on it reads what was registered to follow. */
  public void follow(Connection connection, String pipeline) throws SQLException {
    Sql.update(
        connection, "DELETE FROM MR_CHANNEL_READER WHERE PIPELINE = ? AND NOT FOLLOWS", pipeline);
    Sql.update(
        connection, "UPDATE MR_CHANNEL_READER SET FOLLOWS = FALSE WHERE PIPELINE = ?", pipeline);
  }

  /** Who reads a channel and is not stopped. */
  public List<Reader> readers(Name name) throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                row ->
                    new Reader(
                        row.getString(1), row.getString(2), Optional.ofNullable(row.getString(3))),
                """
                SELECT R.PIPELINE, R.TABLE_NAME, R.DETAILS FROM MR_CHANNEL_READER R
                  JOIN MR_PIPELINE P ON P.NAME = R.PIPELINE
                WHERE R.TENANT_ID = ? AND R.NAME = ? AND P.STATE <> 'STOPPED'
                """,
                name.tenant(),
                name.channel()));
  }

  /** All channels. */
  public List<Name> list() throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                row -> new Name(row.getString(1), row.getString(2)),
                "SELECT TENANT_ID, NAME FROM MR_CHANNEL ORDER BY TENANT_ID, NAME"));
  }

  /**
   * Removes events that are old enough and that all readers have passed; those longest there first.
   *
   * @return how many
   */
  public int trim(Name name) throws SQLException {
    return transactions.commit(
        Write.SWEEP,
        connection -> {
          Optional<Held> held = locked(connection, name);
          return held.isEmpty() ? 0 : trim(connection, name, held.get());
        });
  }

  private int trim(Connection connection, Name name, Held held) throws SQLException {
    Duration keep =
        Sql.first(
                connection,
                row -> Duration.ofMillis(row.getLong(1)),
                "SELECT KEEP_MS FROM MR_CHANNEL WHERE TENANT_ID = ? AND NAME = ?",
                name.tenant(),
                name.channel())
            .orElseThrow();
    long last = Math.min(passed(connection, name), held.first() + MAX_REMOVED - 1);
    int removed =
        Sql.update(
            connection,
            """
            DELETE FROM MR_CHANNEL_EVENT
            WHERE TENANT_ID = ? AND NAME = ? AND SEQ <= ? AND CREATED_AT < ?
            """,
            name.tenant(),
            name.channel(),
            last,
            clock.now(connection).minus(keep));
    Sql.update(
        connection,
        """
        UPDATE MR_CHANNEL SET FIRST_SEQ = COALESCE(
          (SELECT MIN(SEQ) FROM MR_CHANNEL_EVENT E
           WHERE E.TENANT_ID = MR_CHANNEL.TENANT_ID AND E.NAME = MR_CHANNEL.NAME), LAST_SEQ + 1)
        WHERE TENANT_ID = ? AND NAME = ?
        """,
        name.tenant(),
        name.channel());
    return removed;
  }

  /**
   * Up to where all readers have come, and need not go back to for what they remember; without
   * readers, all. A reader that follows another has its position if that reads the same, and none
   * before.
   */
  private static long passed(Connection connection, Name name) throws SQLException {
    return Sql.first(
            connection,
            row -> row.getObject(1) == null ? Long.MAX_VALUE : row.getLong(1),
            """
            SELECT MIN(CAST(COALESCE(CAST(POS.POSITION_TEXT AS VARCHAR(20)), '0') AS BIGINT)) FROM MR_CHANNEL_READER R
              JOIN MR_PIPELINE P ON P.NAME = R.PIPELINE
              LEFT JOIN (
                SELECT PIPELINE, TABLE_NAME, POSITION_TEXT FROM MR_POSITION
                UNION ALL
                SELECT PIPELINE, TABLE_NAME, POSITION_TEXT FROM MR_SNAPSHOT_POSITION) POS
                ON POS.PIPELINE = R.PIPELINE AND POS.TABLE_NAME = R.TABLE_NAME AND NOT R.FOLLOWS
            WHERE R.TENANT_ID = ? AND R.NAME = ? AND P.STATE <> 'STOPPED'
              AND NOT (R.FOLLOWS AND EXISTS (
                SELECT 1 FROM MR_CHANNEL_READER F
                WHERE F.TENANT_ID = R.TENANT_ID AND F.NAME = R.NAME AND F.PIPELINE = R.PIPELINE
                  AND F.TABLE_NAME = R.TABLE_NAME AND NOT F.FOLLOWS))
            """,
            name.tenant(),
            name.channel())
        .orElse(Long.MAX_VALUE);
  }
}
