// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.connector.CommitAgainException;
import dev.millrace.spi.connector.Connections;
import dev.millrace.spi.connector.LiveTables;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.effect.Effect;
import dev.millrace.store.codec.RowJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Live tables as rows of one table of ours: a script needs no right to create any. A row is JSON
 * that keeps its values exactly. Thread-safe.
 */
public final class StoredLiveTables implements LiveTables {
  static final String CONNECTOR = "live-table";
  private static final String DUPLICATE = "23505";
  private static final int CHUNK = 200;
  private static final int FETCH = 1000;
  private static final int MAX_KEY = 255;

  private final Transactions transactions;

  StoredLiveTables(Transactions transactions) {
    this.transactions = transactions;
  }

  /** A key as it is stored: what does not fit the column is told by its digest. */
  static String stored(String key) {
    if (key.length() <= MAX_KEY) {
      return key;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** How the journal names a table. */
  static String target(Name name) {
    return name.tenant().isEmpty() ? name.table() : name.tenant() + "/" + name.table();
  }

  static Name ofTarget(String target) {
    int slash = target.lastIndexOf('/');
    return new Name(target.substring(0, Math.max(0, slash)), target.substring(slash + 1));
  }

  /** Keys come sorted, so that all writers lock in one order. */
  @Override
  public void write(
      SinkTransaction transaction, Name name, List<String> keyColumns, List<Change> changes)
      throws SQLException {
    Map<String, Change> sorted = new TreeMap<>();
    changes.forEach(change -> sorted.put(stored(change.key()), change));
    List<String> keys = List.copyOf(sorted.keySet());
    try {
      for (int from = 0; from < keys.size(); from += CHUNK) {
        List<String> some = keys.subList(from, Math.min(from + CHUNK, keys.size()));
        writeChunk(transaction, name, keyColumns, some, sorted);
      }
    } catch (SQLException e) {
      if (DUPLICATE.equals(e.getSQLState())) {
        throw new CommitAgainException(e);
      }
      throw e;
    }
  }

  private static void writeChunk(
      SinkTransaction transaction,
      Name name,
      List<String> keyColumns,
      List<String> keys,
      Map<String, Change> changes)
      throws SQLException {
    Connection connection = transaction.connection();
    Map<String, Map<String, Object>> before = lock(connection, name, keys);
    List<Effect> effects = new ArrayList<>();
    try (PreparedStatement insert = connection.prepareStatement(INSERT);
        PreparedStatement update = connection.prepareStatement(UPDATE);
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      for (String key : keys) {
        Optional<Map<String, Object>> old = Optional.ofNullable(before.get(key));
        Optional<Map<String, Object>> row = changes.get(key).row();
        if (old.equals(row)) {
          continue;
        }
        if (row.isEmpty()) {
          add(delete, name.tenant(), name.table(), key);
        } else if (old.isPresent()) {
          add(update, RowJson.write(row.get()), name.tenant(), name.table(), key);
        } else {
          add(insert, RowJson.write(row.get()), name.tenant(), name.table(), key);
        }
        effects.add(effect(name, keyColumns, old, row));
      }
      delete.executeBatch();
      update.executeBatch();
      insert.executeBatch();
    }
    effects.forEach(transaction.journal()::append);
  }

  static final String INSERT =
      "INSERT INTO MR_LIVE_ROW (CONTENT, TENANT_ID, TABLE_NAME, ROW_KEY) VALUES (?, ?, ?, ?)";
  static final String UPDATE =
      "UPDATE MR_LIVE_ROW SET CONTENT = ? WHERE TENANT_ID = ? AND TABLE_NAME = ? AND ROW_KEY = ?";
  static final String DELETE =
      "DELETE FROM MR_LIVE_ROW WHERE TENANT_ID = ? AND TABLE_NAME = ? AND ROW_KEY = ?";

  private static void add(PreparedStatement statement, Object... parameters) throws SQLException {
    Columns.bind(statement, parameters);
    statement.addBatch();
  }

  private static Map<String, Map<String, Object>> lock(
      Connection connection, Name name, List<String> keys) throws SQLException {
    List<Object> parameters = new ArrayList<>(List.of(name.tenant(), name.table()));
    parameters.addAll(keys);
    Map<String, Map<String, Object>> rows = new HashMap<>();
    Sql.list(
        connection,
        row -> rows.put(row.getString(1), RowJson.read(row.getString(2))),
        """
        SELECT ROW_KEY, CONTENT FROM MR_LIVE_ROW
        WHERE TENANT_ID = ? AND TABLE_NAME = ? AND ROW_KEY IN (%s) ORDER BY ROW_KEY FOR UPDATE
        """
            .formatted(Sql.marks(keys.size())),
        parameters.toArray());
    return rows;
  }

  private static Effect effect(
      Name name,
      List<String> keyColumns,
      Optional<Map<String, Object>> before,
      Optional<Map<String, Object>> after) {
    Map<String, Object> row = after.or(() -> before).orElseThrow();
    Map<String, Object> key = new LinkedHashMap<>();
    keyColumns.forEach(column -> key.put(column, row.get(column)));
    return new Effect(
        CONNECTOR, Connections.ENGINE, target(name), key, before, after, row.keySet(), Map.of());
  }

  @Override
  public Optional<Map<String, Object>> find(Name name, String key) throws SQLException {
    return transactions.read(connection -> find(connection, name, key));
  }

  /** The row with a key as the caller's transaction sees it. */
  public Optional<Map<String, Object>> find(Connection connection, Name name, String key)
      throws SQLException {
    return Sql.first(
        connection,
        row -> RowJson.read(row.getString(1)),
        "SELECT CONTENT FROM MR_LIVE_ROW WHERE TENANT_ID = ? AND TABLE_NAME = ? AND ROW_KEY = ?",
        name.tenant(),
        name.table(),
        stored(key));
  }

  /** One statement, so that the rows are those of one moment. */
  @Override
  public Rows scan(Name name) throws SQLException {
    Connection connection = transactions.dataSource().getConnection();
    try {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      PreparedStatement select =
          connection.prepareStatement(
              """
              SELECT CONTENT FROM MR_LIVE_ROW WHERE TENANT_ID = ? AND TABLE_NAME = ?
              ORDER BY ROW_KEY
              """);
      Columns.bind(select, name.tenant(), name.table());
      select.setFetchSize(FETCH);
      return new Scan(connection, autoCommit, select, select.executeQuery());
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private record Scan(
      Connection connection, boolean autoCommit, PreparedStatement select, ResultSet rows)
      implements Rows {
    @Override
    public Map<String, Object> next() throws SQLException {
      return rows.next() ? RowJson.read(rows.getString(1)) : null;
    }

    @Override
    public void close() throws SQLException {
      try (connection) {
        select.close();
        connection.rollback();
        connection.setAutoCommit(autoCommit);
      }
    }
  }
}
