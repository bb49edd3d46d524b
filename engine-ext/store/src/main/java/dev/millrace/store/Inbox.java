// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.codec.RowJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Messages that wait for a subscriber (see {@link InboxState}).
 *
 * <p>Who delivers a message holds the lock of its row in the transaction of the delivery: state and
 * delivery change together or not at all, by one node at a time. No lease is needed, as nothing is
 * held between transactions. Thread-safe.
 */
public final class Inbox {
  private static final int KEYS_PER_QUERY = 500;
  private static final String OF_MESSAGE =
      "WHERE (PIPELINE = ? OR RUN_ID = ?) AND POSITION_TEXT = ?";
  private static final Set<String> SENT_AGAIN = Set.of("REPLAYED", "REQUESTED");

  private final Transactions transactions;
  private final StoreClock clock;
  private final TenantUsage usage;

  Inbox(Transactions transactions, StoreClock clock, TenantUsage usage) {
    this.usage = usage;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * A message to keep.
   *
   * @param state {@link InboxState#BUFFERED} or {@link InboxState#AMBIGUOUS}
   * @param error why it is kept, if something failed
   * @param delay before it is tried again, if something failed
   */
  public record Entry(
      NewInboxMessage message, InboxState state, Optional<String> error, Duration delay) {
    public static Entry waiting(NewInboxMessage message) {
      return new Entry(message, InboxState.BUFFERED, Optional.empty(), Duration.ZERO);
    }
  }

  /** Keeps messages of one origin, in their order. */
  public void add(Connection connection, List<Entry> entries) throws SQLException {
    String sql =
        """
        INSERT INTO MR_INBOX (MESSAGE, BUSINESS_KEY, RECEIVER, MATCH_NAME, MATCH_TEXT, CORRELATION,
          VARIABLES, STATE, ON_EXPIRY, EXPIRY_TARGET, SENT_TABLE, SENT_ROW, PIPELINE, RUN_ID,
          SENDER_DEF_KEY, SENDER_INST_ID, SENDER_ACT_ID, TENANT_ID, TTL_MS, ATTEMPTS, DUE_AT,
          ERROR_TEXT, CREATED_AT, EXPIRES_AT)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    Instant now = clock.now(connection);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Entry entry : entries) {
        NewInboxMessage message = entry.message();
        Columns.bind(
            insert,
            message.message(),
            message.businessKey().orElse(null),
            message.receiver(),
            message.match().map(Map.Entry::getKey).orElse(null),
            message.match().map(Map.Entry::getValue).orElse(null),
            StoredVariables.write(message.correlation()),
            StoredVariables.write(message.variables()),
            entry.state().name(),
            message.onExpiry(),
            message.expiryTarget().orElse(null),
            message.sentTable().orElse(null),
            message.sentTable().isPresent() ? RowJson.write(message.sentRow()) : null,
            message.origin().pipeline().orElse(null),
            message.origin().runId().orElse(null),
            message.origin().task().map(Origin.Task::processDefinitionKey).orElse(null),
            message.origin().task().map(Origin.Task::processInstanceId).orElse(null),
            message.origin().task().map(Origin.Task::activityId).orElse(null),
            message.origin().tenant().orElse(null),
            message.ttl().toMillis(),
            entry.error().isPresent() ? 1 : 0,
            entry.delay().isZero() ? null : due(now, entry.delay(), now.plus(message.ttl())),
            storable(entry.error().orElse(null)),
            now,
            now.plus(message.ttl()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    if (!entries.isEmpty()) {
      usage.checkInbox(connection, entries.get(0).message().origin().tenant(), entries.size());
    }
    FaultPoint.INBOX_BUFFERED.reached();
  }

  /** PostgreSQL's text cannot hold U+0000. */
  private static String storable(String error) {
    return error == null ? null : error.replace('\u0000', '\uFFFD');
  }

  /** Those of the receivers for which a message waits already: later ones wait behind it. */
  public Set<String> occupied(Connection connection, Collection<String> receivers)
      throws SQLException {
    Set<String> occupied = new HashSet<>();
    List<String> all = List.copyOf(receivers);
    for (int from = 0; from < all.size(); from += KEYS_PER_QUERY) {
      List<String> some = all.subList(from, Math.min(all.size(), from + KEYS_PER_QUERY));
      occupied.addAll(
          Sql.list(
              connection,
              row -> row.getString(1),
              "SELECT DISTINCT RECEIVER FROM MR_INBOX WHERE STATE = 'BUFFERED' AND RECEIVER IN ("
                  + Sql.marks(some.size())
                  + ")",
              some.toArray()));
    }
    return occupied;
  }

  /** Messages that need a subscriber or an operator, counted up to a limit. */
  public long open(Connection connection, long limit) throws SQLException {
    return Sql.first(
            connection,
            row -> row.getLong(1),
            """
            SELECT COUNT(*) FROM (
              SELECT 1 FROM MR_INBOX WHERE STATE IN ('BUFFERED', 'AMBIGUOUS', 'REJECTED') LIMIT ?
            ) OPEN_MESSAGES
            """,
            limit)
        .orElseThrow();
  }

  /**
   * Locks a message that is the next for its receiver, until the transaction ends.
   *
   * @return empty if it waits no longer, or behind another, or somebody else is at it
   */
  public Optional<InboxMessage> lockNext(Connection connection, long id) throws SQLException {
    Optional<InboxMessage> locked =
        Sql.first(
            connection,
            InboxMessage::read,
            InboxMessage.SELECT + "WHERE ID = ? AND STATE = 'BUFFERED' FOR UPDATE SKIP LOCKED",
            id);
    return locked.isPresent() && isNext(connection, locked.get()) ? locked : Optional.empty();
  }

  private static boolean isNext(Connection connection, InboxMessage message) throws SQLException {
    return Sql.first(
            connection,
            row -> row.getLong(1),
            "SELECT MIN(ID) FROM MR_INBOX WHERE STATE = 'BUFFERED' AND RECEIVER = ?",
            message.receiver())
        .filter(first -> first == message.id())
        .isPresent();
  }

  /** Locks a message in whatever state. */
  public Optional<InboxMessage> lock(Connection connection, long id) throws SQLException {
    return Sql.first(
        connection, InboxMessage::read, InboxMessage.SELECT + "WHERE ID = ? FOR UPDATE", id);
  }

  /** The message that waits behind one that has left; empty if none does. */
  public Optional<Long> next(Connection connection, String receiver) throws SQLException {
    return Sql.first(
        connection,
        row -> row.getLong(1),
        "SELECT ID FROM MR_INBOX WHERE STATE = 'BUFFERED' AND RECEIVER = ? ORDER BY ID LIMIT 1",
        receiver);
  }

  /**
   * Ends the waiting of a locked message.
   *
   * @param processInstanceId the instance that has it; null if none has
   * @param error null if nothing failed
   */
  public void end(
      Connection connection, long id, InboxState state, String processInstanceId, String error)
      throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE MR_INBOX SET STATE = ?, PROC_INST_ID = ?, ERROR_TEXT = ?, DUE_AT = NULL, ENDED_AT = ?
        WHERE ID = ?
        """,
        state.name(),
        processInstanceId,
        storable(error),
        clock.now(connection),
        id);
  }

  /**
   * Which messages that were put off may be tried again.
   *
   * @param until due until then
   * @param orAfter later ones were put off by a clock that has been set back since: due, too
   */
  public record Due(Instant until, Instant orAfter) {}

  /** What is due now, by the clock that put it off. */
  public Due due(Connection connection) throws SQLException {
    Instant now = clock.now(connection);
    return new Due(now, Leases.horizon(now));
  }

  /** A locked message waits on after something failed with it; its expiry is not put off. */
  public void postpone(Connection connection, InboxMessage message, String error, Duration delay)
      throws SQLException {
    Instant now = clock.now(connection);
    Sql.update(
        connection,
        "UPDATE MR_INBOX SET ATTEMPTS = ATTEMPTS + 1, ERROR_TEXT = ?, DUE_AT = ? WHERE ID = ?",
        storable(error),
        due(now, delay, message.expiresAt()),
        message.id());
  }

  private static Instant due(Instant now, Duration delay, Instant expiresAt) {
    Instant due = now.plus(delay);
    return expiresAt.isAfter(now) && expiresAt.isBefore(due) ? expiresAt : due;
  }

  /** Messages whose time has passed and that are not put off, those longest first. */
  public List<Long> expired(int max) throws SQLException {
    return transactions.read(
        connection -> {
          Due due = due(connection);
          return Sql.list(
              connection,
              row -> row.getLong(1),
              """
              SELECT ID FROM MR_INBOX
              WHERE STATE = 'BUFFERED' AND EXPIRES_AT <= ?
                AND (DUE_AT IS NULL OR DUE_AT <= ? OR DUE_AT > ?)
              ORDER BY EXPIRES_AT LIMIT ?
              """,
              due.until(),
              due.until(),
              due.orAfter(),
              max);
        });
  }

  /** Whether a locked message's time has passed. */
  public boolean isExpired(Connection connection, InboxMessage message) throws SQLException {
    return !message.expiresAt().isAfter(clock.now(connection));
  }

  /** What waits again is no dead letter any more; what was replayed as one has been sent again. */
  private boolean withdraws(Connection connection, InboxMessage message) throws SQLException {
    // who replays one just now holds its lock, and its state is not known before that is over
    List<String> states =
        Sql.list(
            connection,
            row -> row.getString(1),
            "SELECT STATE FROM MR_DEAD_LETTER " + OF_MESSAGE + " FOR UPDATE",
            letterOf(message));
    if (states.stream().anyMatch(SENT_AGAIN::contains)) {
      return false;
    }
    Sql.update(
        connection,
        "UPDATE MR_DEAD_LETTER SET STATE = 'DISCARDED', ENDED_AT = ? "
            + OF_MESSAGE
            + " AND STATE = 'OPEN'",
        concat(clock.now(connection), letterOf(message)));
    return true;
  }

  private static Object[] letterOf(InboxMessage message) {
    return new Object[] {
      message.origin().pipeline().orElse(null),
      message.origin().runId().orElse(null),
      message.letterPosition()
    };
  }

  private static Object[] concat(Object first, Object[] more) {
    List<Object> all = new ArrayList<>(List.of(first));
    all.addAll(Arrays.asList(more));
    return all.toArray();
  }

  /**
   * Lets messages wait again for as long as at first, whatever they waited for in vain. One that
   * was replayed as a dead letter does not.
   *
   * @return how many of them do
   */
  public int retry(Connection connection, Collection<Long> ids) throws SQLException {
    int retried = 0;
    for (long id : ids) {
      Optional<InboxMessage> message = lock(connection, id);
      if (message.isPresent()
          && message.get().state() != InboxState.BUFFERED
          && message.get().state() != InboxState.DELIVERED
          && withdraws(connection, message.get())) {
        retried +=
            Sql.update(
                connection,
                """
                UPDATE MR_INBOX
                SET STATE = 'BUFFERED', ATTEMPTS = 0, DUE_AT = NULL, ERROR_TEXT = NULL,
                    ENDED_AT = NULL, EXPIRES_AT = ?
                WHERE ID = ?
                """,
                clock.now(connection).plus(message.get().ttl()),
                id);
      }
    }
    return retried;
  }

  /** Forgets delivered and expired messages some time after; returns how many. */
  public int forget(Duration after, int max) throws SQLException {
    return transactions.commit(
        Write.SWEEP,
        connection ->
            Sql.update(
                connection,
                """
                DELETE FROM MR_INBOX WHERE ID IN (
                  SELECT ID FROM MR_INBOX
                  WHERE STATE IN ('DELIVERED', 'EXPIRED') AND ENDED_AT < ? LIMIT ?)
                """,
                clock.now(connection).minus(after),
                max));
  }
}
