// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.fault.Write;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What pipelines remember: snapshots, numbered by the commit they follow, and the trace of each
 * commit since. Thread-safe.
 */
public final class Snapshots {
  /** Of a snapshot in one row. */
  static final int CHUNK_BYTES = 1 << 20;

  private static final int KEPT = 2;

  private final Transactions transactions;
  private final StoreClock clock;
  private final Pipelines pipelines;
  private final TenantUsage usage;

  Snapshots(Transactions transactions, StoreClock clock, Pipelines pipelines, TenantUsage usage) {
    this.usage = usage;
    this.transactions = transactions;
    this.clock = clock;
    this.pipelines = pipelines;
  }

  /**
   * Stores the state behind a commit of this claim's, and forgets what it makes needless. The
   * pipeline's row is locked at the end only: commits go on meanwhile.
   *
   * @param positions where sources go on behind it, by table name
   * @param damaged snapshots that do not count
   * @return false if the claim no longer holds; then nothing is stored
   */
  public boolean save(
      Claim claim,
      long commit,
      byte[] snapshot,
      Map<String, String> positions,
      Collection<Long> damaged)
      throws SQLException {
    return transactions.commit(
        Write.SNAPSHOT,
        connection -> {
          add(connection, claim.id(), commit, snapshot, positions);
          boolean held = pipelines.lock(connection, claim);
          if (held) {
            prune(connection, claim.id(), damaged);
          } else {
            remove(connection, claim.id(), commit);
          }
          return held;
        });
  }

  /** Keeps what a commit has read, in its transaction. */
  public void addTrace(Connection connection, String pipeline, long commit, byte[] trace)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO MR_TRACE (PIPELINE, COMMIT_NO, BYTES) VALUES (?, ?, ?)",
        pipeline,
        commit,
        trace);
  }

  private static void remove(Connection connection, String pipeline, long commit)
      throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM MR_SNAPSHOT WHERE PIPELINE = ? AND COMMIT_NO = ?",
        pipeline,
        commit);
    Sql.update(
        connection,
        "DELETE FROM MR_SNAPSHOT_POSITION WHERE PIPELINE = ? AND COMMIT_NO = ?",
        pipeline,
        commit);
  }

  /**
   * Stores the state behind a commit.
   *
   * @param positions where sources go on behind it, by table name: what they have there must be
   *     kept as long as the snapshot is
   */
  public void add(
      Connection connection,
      String pipeline,
      long commit,
      byte[] snapshot,
      Map<String, String> positions)
      throws SQLException {
    remove(connection, pipeline, commit);
    for (Map.Entry<String, String> position : positions.entrySet()) {
      Sql.update(
          connection,
          """
          INSERT INTO MR_SNAPSHOT_POSITION (PIPELINE, COMMIT_NO, TABLE_NAME, POSITION_TEXT)
          VALUES (?, ?, ?, ?)
          """,
          pipeline,
          commit,
          position.getKey(),
          position.getValue());
    }
    int chunks = Math.max(1, (snapshot.length + CHUNK_BYTES - 1) / CHUNK_BYTES);
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO MR_SNAPSHOT (PIPELINE, COMMIT_NO, CHUNK, CHUNKS, BYTES, CREATED_AT)
            VALUES (?, ?, ?, ?, ?, ?)
            """)) {
      for (int chunk = 0; chunk < chunks; chunk++) {
        int from = chunk * CHUNK_BYTES;
        byte[] part =
            Arrays.copyOfRange(snapshot, from, Math.min(snapshot.length, from + CHUNK_BYTES));
        Columns.bind(insert, pipeline, commit, chunk, chunks, part, clock.now(connection));
        insert.executeUpdate();
      }
    }
  }

  /**
   * Keeps the newest two snapshots and the traces behind the older of them. Called behind each
   * {@link #add}.
   *
   * @param damaged snapshots that do not count
   */
  public void prune(Connection connection, String pipeline, Collection<Long> damaged)
      throws SQLException {
    List<Long> good =
        commits(connection, pipeline).stream().filter(each -> !damaged.contains(each)).toList();
    if (good.isEmpty()) {
      return;
    }
    Set<Long> kept = good.stream().limit(KEPT).collect(Collectors.toSet());
    for (long commit : commits(connection, pipeline)) {
      if (!kept.contains(commit)) {
        remove(connection, pipeline, commit);
      }
    }
    long behind = good.get(Math.min(good.size(), KEPT) - 1);
    Sql.update(
        connection, "DELETE FROM MR_TRACE WHERE PIPELINE = ? AND COMMIT_NO <= ?", pipeline, behind);
    Sql.update(
        connection,
        "DELETE FROM MR_TRACED_NAME WHERE PIPELINE = ? AND COMMIT_NO < ?",
        pipeline,
        behind);
    usage.checkState(connection, pipeline);
  }

  /** The commits that have a snapshot, newest first. */
  public List<Long> commits(String pipeline) throws SQLException {
    return transactions.read(connection -> commits(connection, pipeline));
  }

  private static List<Long> commits(Connection connection, String pipeline) throws SQLException {
    return Sql.list(
        connection,
        row -> row.getLong("COMMIT_NO"),
        """
        SELECT DISTINCT COMMIT_NO FROM MR_SNAPSHOT WHERE PIPELINE = ? ORDER BY COMMIT_NO DESC
        """,
        pipeline);
  }

  /** The snapshot of a commit; with bytes missing where chunks are. */
  public byte[] load(String pipeline, long commit) throws SQLException {
    return transactions.read(
        connection -> {
          List<byte[]> chunks =
              Sql.list(
                  connection,
                  row -> row.getBytes("BYTES"),
                  """
                  SELECT BYTES FROM MR_SNAPSHOT WHERE PIPELINE = ? AND COMMIT_NO = ? ORDER BY CHUNK
                  """,
                  pipeline,
                  commit);
          byte[] all = new byte[chunks.stream().mapToInt(chunk -> chunk.length).sum()];
          int at = 0;
          for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, all, at, chunk.length);
            at += chunk.length;
          }
          return all;
        });
  }

  /**
   * What was read behind a commit, up to the newest one.
   *
   * @throws dev.millrace.spi.error.MillraceException if a trace is missing
   */
  public List<byte[]> tracesBehind(String pipeline, long commit) throws SQLException {
    return transactions.read(
        connection -> {
          List<byte[]> traces = new ArrayList<>();
          List<Long> commits =
              Sql.list(
                  connection,
                  row -> {
                    traces.add(row.getBytes("BYTES"));
                    return row.getLong("COMMIT_NO");
                  },
                  """
                  SELECT COMMIT_NO, BYTES FROM MR_TRACE WHERE PIPELINE = ? AND COMMIT_NO > ?
                  ORDER BY COMMIT_NO
                  """,
                  pipeline,
                  commit);
          long newest = Pipelines.find(connection, pipeline).orElseThrow().totals().commits();
          if (commits.size() != newest - commit) {
            throw StoreErrors.traceMissing(pipeline, commit, newest, commits.size());
          }
          return traces;
        });
  }

  /** The tables from whose positions a pipeline's snapshots may read again. */
  static List<String> positioned(Connection connection, String pipeline) throws SQLException {
    return Sql.list(
        connection,
        row -> row.getString("TABLE_NAME"),
        "SELECT DISTINCT TABLE_NAME FROM MR_SNAPSHOT_POSITION WHERE PIPELINE = ?",
        pipeline);
  }

  /**
   * A table is read again no more by that name: what it has need not be kept. Snapshots and traces
   * still tell of it: see {@link #tracedNames}.
   */
  static void forgetTable(Connection connection, String pipeline, String table)
      throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM MR_SNAPSHOT_POSITION WHERE PIPELINE = ? AND TABLE_NAME = ?",
        pipeline,
        table);
    Sql.update(
        connection,
        "DELETE FROM MR_TRACED_NAME WHERE PIPELINE = ? AND TABLE_NAME = ?",
        pipeline,
        table);
    for (long commit : newest(connection, pipeline)) {
      Sql.update(
          connection,
          "INSERT INTO MR_TRACED_NAME (PIPELINE, TABLE_NAME, COMMIT_NO) VALUES (?, ?, ?)",
          pipeline,
          table,
          commit);
    }
  }

  /** The last commit of which anything is remembered; nothing if nothing is. */
  private static List<Long> newest(Connection connection, String pipeline) throws SQLException {
    return Sql.list(
        connection,
        row -> row.getLong("COMMIT_NO"),
        """
        SELECT COMMIT_NO FROM MR_SNAPSHOT WHERE PIPELINE = ?
        UNION SELECT COMMIT_NO FROM MR_TRACE WHERE PIPELINE = ?
        ORDER BY COMMIT_NO DESC
        LIMIT 1
        """,
        pipeline,
        pipeline);
  }

  /**
   * Names that tables have no more and by which a kept snapshot or trace may tell of them: another
   * table of the name would be read again from where they were.
   */
  public static Set<String> tracedNames(Connection connection, String pipeline)
      throws SQLException {
    return Set.copyOf(
        Sql.list(
            connection,
            row -> row.getString("TABLE_NAME"),
            "SELECT TABLE_NAME FROM MR_TRACED_NAME WHERE PIPELINE = ?",
            pipeline));
  }

  /** Forgets all that a pipeline remembers. */
  public static void forget(Connection connection, String pipeline) throws SQLException {
    Sql.update(connection, "DELETE FROM MR_SNAPSHOT WHERE PIPELINE = ?", pipeline);
    Sql.update(connection, "DELETE FROM MR_SNAPSHOT_POSITION WHERE PIPELINE = ?", pipeline);
    Sql.update(connection, "DELETE FROM MR_TRACE WHERE PIPELINE = ?", pipeline);
    Sql.update(connection, "DELETE FROM MR_TRACED_NAME WHERE PIPELINE = ?", pipeline);
  }
}
