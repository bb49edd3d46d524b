// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.connector.Channels;
import dev.millrace.spi.connector.CommitAgainException;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.codec.RowJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The engine's history events on their way into a channel.
 *
 * <pre>
 *   engine's transaction ── add ──→ MR_HISTORY_EVENT ── move, once committed ──→ MR_CHANNEL_EVENT
 * </pre>
 *
 * <p>The engine's transactions do not wait for one another: they only insert. Who reads moves what
 * has been committed and gives it its number. An event of an instance is written after the
 * transaction of the event before it has committed, as the engine locks instances optimistically:
 * so whenever it can be seen, the one before it can, with a lower id. Thread-safe.
 */
public final class HistoryLog {
  /** Holds the events of all tenants. */
  public static final Channels.Name CHANNEL = new Channels.Name("", "$history");

  private static final Channels.Bounds BOUNDS =
      new Channels.Bounds(Duration.ofHours(1), Long.MAX_VALUE);
  private static final int BATCH = 1000;

  private final Transactions transactions;
  private final StoredChannels channels;

  HistoryLog(Transactions transactions, StoredChannels channels) {
    this.transactions = transactions;
    this.channels = channels;
  }

  /** Writes events in the engine's transaction, in their order. */
  public void add(Connection connection, Collection<Map<String, Object>> events)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO MR_HISTORY_EVENT (CONTENT) VALUES (?)")) {
      for (Map<String, Object> event : events) {
        insert.setString(1, RowJson.write(event));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Committed events no reader has moved into the channel yet. */
  public long count() throws SQLException {
    return transactions.read(
        connection ->
            Sql.first(connection, row -> row.getLong(1), "SELECT COUNT(*) FROM MR_HISTORY_EVENT")
                .orElseThrow());
  }

  private record Staged(long id, String content) {}

  /**
   * Moves committed events into the channel, in a transaction of its own.
   *
   * @return whether there may be more
   */
  public boolean move() throws SQLException {
    try {
      return transactions.commit(Write.HISTORY_MOVE, this::move) == BATCH;
    } catch (CommitAgainException e) {
      // another reader has made the channel at this moment
      return true;
    }
  }

  /** Returns how many. */
  private int move(Connection connection) throws SQLException {
    if (staged(connection, 1).isEmpty()) {
      return 0;
    }
    // who else moves waits here, and then finds what is left
    channels.lock(connection, CHANNEL, BOUNDS);
    List<Staged> staged = staged(connection, BATCH);
    channels.append(connection, CHANNEL, BOUNDS, contents(staged));
    remove(connection, staged);
    return staged.size();
  }

  private static void remove(Connection connection, List<Staged> staged) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM MR_HISTORY_EVENT WHERE ID = ?")) {
      for (Staged each : staged) {
        delete.setLong(1, each.id());
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  private static List<Staged> staged(Connection connection, int max) throws SQLException {
    return Sql.list(
        connection,
        row -> new Staged(row.getLong(1), row.getString(2)),
        "SELECT ID, CONTENT FROM MR_HISTORY_EVENT ORDER BY ID LIMIT ?",
        max);
  }

  private static List<String> contents(List<Staged> staged) {
    List<String> contents = new ArrayList<>(staged.size());
    staged.forEach(each -> contents.add(each.content()));
    return contents;
  }
}
