// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.connector.Hooks;
import dev.millrace.spi.fault.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was posted to webhooks. Thread-safe.
 *
 * <p>A hook's row is locked while a body is added, so sequences are without gaps and become visible
 * in order: a reader that has seen one has seen all before it.
 */
public final class HookBodies {
  private static final String UNIQUE_VIOLATION = "23505";

  private final Transactions transactions;
  private final StoreClock clock;

  HookBodies(Transactions transactions, StoreClock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * What is posted.
   *
   * @param key by which the sender marks a repetition; null for none; at most 255 characters
   * @param digest of the bytes, at most 64 characters
   */
  @SuppressWarnings("ArrayRecordComponent") // not compared
  public record Posted(String key, String digest, String mediaType, byte[] bytes) {}

  /** What became of it. */
  public sealed interface Receipt {
    /** It is durable. */
    record Stored(long sequence) implements Receipt {}

    /** It was before, under this sequence. */
    record Repeated(long sequence) implements Receipt {}

    /** Another body came with the same key before. */
    record Contradiction() implements Receipt {}

    /** So many are waiting to be read that it was not taken. */
    record Full(long unread) implements Receipt {}
  }

  private record Head(long newest, long removedTo) {}

  /** Makes a hook known. */
  public void open(String hook) throws SQLException {
    try {
      transactions.commit(
          Write.HOOK_OPENING,
          connection ->
              Sql.update(
                  connection,
                  """
                  INSERT INTO MR_HOOK (NAME, NEWEST, REMOVED_TO)
                  SELECT ?, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM MR_HOOK WHERE NAME = ?)
                  """,
                  hook,
                  hook));
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e; // else another node was faster
      }
    }
  }

  /**
   * Stores a body, in a transaction of its own that is committed on return.
   *
   * @param hook was {@linkplain #open opened}
   */
  public Receipt receive(String hook, Posted posted, long maxUnread) throws SQLException {
    return transactions.commit(
        Write.HOOK_BODY, connection -> receive(connection, hook, posted, maxUnread));
  }

  private Receipt receive(Connection connection, String hook, Posted posted, long maxUnread)
      throws SQLException {
    Head head = lock(connection, hook);
    Optional<Receipt> before = before(connection, hook, posted);
    if (before.isPresent()) {
      return before.get();
    }
    long unread = head.newest() - readTo(connection, hook).orElse(head.removedTo());
    if (unread >= maxUnread) {
      return new Receipt.Full(unread);
    }
    long sequence = head.newest() + 1;
    Sql.update(
        connection,
        """
        INSERT INTO MR_HOOK_BODY
          (HOOK, SEQ, IDEMPOTENCY_KEY, DIGEST, MEDIA_TYPE, BODY, RECEIVED_AT)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        hook,
        sequence,
        posted.key(),
        posted.digest(),
        posted.mediaType(),
        posted.bytes(),
        clock.now(connection));
    Sql.update(connection, "UPDATE MR_HOOK SET NEWEST = ? WHERE NAME = ?", sequence, hook);
    return new Receipt.Stored(sequence);
  }

  private static Head lock(Connection connection, String hook) throws SQLException {
    return Sql.first(
            connection,
            row -> new Head(row.getLong(1), row.getLong(2)),
            "SELECT NEWEST, REMOVED_TO FROM MR_HOOK WHERE NAME = ? FOR UPDATE",
            hook)
        .orElseThrow(() -> new IllegalStateException("hook " + hook + " was not opened"));
  }

  private static Optional<Receipt> before(Connection connection, String hook, Posted posted)
      throws SQLException {
    if (posted.key() == null) {
      return Optional.empty();
    }
    return Sql.first(
        connection,
        row ->
            row.getString("DIGEST").equals(posted.digest())
                ? new Receipt.Repeated(row.getLong("SEQ"))
                : new Receipt.Contradiction(),
        "SELECT SEQ, DIGEST FROM MR_HOOK_BODY WHERE HOOK = ? AND IDEMPOTENCY_KEY = ?",
        hook,
        posted.key());
  }

  /** How far the slowest pipeline that reads the hook has committed; empty if none does. */
  private static OptionalLong readTo(Connection connection, String hook) throws SQLException {
    return slowest(connection, hook, "SELECT PIPELINE, POSITION_TEXT FROM MR_POSITION");
  }

  /**
   * As {@link #readTo}, or where a pipeline would read again for what it remembers, if that is
   * before.
   */
  private static OptionalLong neededTo(Connection connection, String hook) throws SQLException {
    return slowest(
        connection,
        hook,
        """
        SELECT PIPELINE, POSITION_TEXT FROM MR_POSITION
        UNION ALL SELECT PIPELINE, POSITION_TEXT FROM MR_SNAPSHOT_POSITION
        """);
  }

  /**
   * @param positions a query: pipelines and positions of theirs
   */
  private static OptionalLong slowest(Connection connection, String hook, String positions)
      throws SQLException {
    List<String> found =
        Sql.list(
            connection,
            row -> row.getString("POSITION_TEXT"),
            """
            SELECT P.POSITION_TEXT FROM (%s) P JOIN MR_PIPELINE L ON L.NAME = P.PIPELINE
            WHERE L.STATE <> 'STOPPED' AND P.POSITION_TEXT LIKE 'hook:%%'
            """
                .formatted(positions));
    return found.stream()
        .map(position -> Hooks.readTo(hook, position))
        .flatMapToLong(OptionalLong::stream)
        .min();
  }

  /** The bodies behind a sequence, oldest first. */
  public List<Hooks.Body> read(String hook, long after, int max) throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                row ->
                    new Hooks.Body(
                        row.getLong("SEQ"), row.getString("MEDIA_TYPE"), row.getBytes("BODY")),
                """
                SELECT SEQ, MEDIA_TYPE, BODY FROM MR_HOOK_BODY
                WHERE HOOK = ? AND SEQ > ? ORDER BY SEQ LIMIT ?
                """,
                hook,
                after,
                max));
  }

  /** What is kept of a hook by now. */
  public Hooks.Kept kept(String hook) throws SQLException {
    return transactions.read(
        connection ->
            Sql.first(
                    connection,
                    row -> new Hooks.Kept(row.getLong(1), row.getLong(2)),
                    "SELECT REMOVED_TO, NEWEST FROM MR_HOOK WHERE NAME = ?",
                    hook)
                .orElse(new Hooks.Kept(0, 0)));
  }

  /** How many bodies wait for the slowest pipeline that reads the hook. */
  public long unread(String hook) throws SQLException {
    return transactions.rollBack(
        connection -> {
          Head head = lock(connection, hook);
          return head.newest() - readTo(connection, hook).orElse(head.removedTo());
        });
  }

  /**
   * Removes bodies that all pipelines have read, with their keys.
   *
   * @param keep how long they are kept all the same: a restart may read them again, and a sender
   *     repeat them
   * @return the last sequence removed; empty if there was none to remove
   */
  public Optional<Long> remove(String hook, Duration keep) throws SQLException {
    return transactions.commit(
        Write.SWEEP,
        connection -> {
          Instant until = clock.now(connection).minus(keep);
          lock(connection, hook);
          OptionalLong readTo = neededTo(connection, hook);
          if (readTo.isEmpty()) {
            return Optional.empty();
          }
          Optional<Long> last =
              Sql.first(
                  connection,
                  row -> row.getLong("SEQ"),
                  """
                  SELECT SEQ FROM MR_HOOK_BODY WHERE HOOK = ? AND SEQ <= ? AND RECEIVED_AT < ?
                  ORDER BY SEQ DESC LIMIT 1
                  """,
                  hook,
                  readTo.getAsLong(),
                  until);
          if (last.isPresent()) {
            Sql.update(
                connection,
                "DELETE FROM MR_HOOK_BODY WHERE HOOK = ? AND SEQ <= ?",
                hook,
                last.get());
            Sql.update(
                connection, "UPDATE MR_HOOK SET REMOVED_TO = ? WHERE NAME = ?", last.get(), hook);
          }
          return last;
        });
  }
}
