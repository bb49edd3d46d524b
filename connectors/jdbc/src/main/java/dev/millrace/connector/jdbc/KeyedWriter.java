// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.error.MillraceException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes changes of a table with a key in an open transaction, a chunk at a time:
 *
 * <pre>
 *   1  lock the rows that are there: before-images      one statement
 *   2  insert, update, delete                           one batch each
 *   3  read the rows again: after-images                one statement, if there is a journal
 * </pre>
 *
 * Changes come sorted by key, so that all writers lock in one order. An insert that finds the row
 * there after all (someone was faster) becomes an update.
 */
final class KeyedWriter {
  private static final int CHUNK_SIZE = 100;

  private final SinkTable table;
  private final Connection connection;
  private final TableJournal journal;
  private final RowReader reader;
  private final String insert;
  private final String where;
  private final List<Integer> additivePositions;
  private final String delete;

  KeyedWriter(SinkTable table, Connection connection, TableJournal journal) {
    this.table = table;
    this.connection = connection;
    this.journal = journal;
    DatabaseTable real = table.table();
    reader = new RowReader(real, table.keyColumns(), connection);
    where = " WHERE " + real.keyCondition(table.keyColumns());
    insert = InsertRow.sql(real, table.columns()) + real.dialect().ignoreDuplicate();
    additivePositions = table.valuePositions().stream().filter(table.additive()::get).toList();
    delete = "DELETE FROM " + real.quotedPath() + where;
  }

  private String assignments(List<Integer> positions) {
    return positions.stream()
        .map(
            position -> {
              String name = table.table().quoted(table.columns().get(position).name());
              return table.additive().get(position)
                  ? name + " = COALESCE(" + name + ", 0) + ?"
                  : name + " = ?";
            })
        .collect(Collectors.joining(", "));
  }

  /** Takes changes the database refuses; may throw, to fail. */
  @FunctionalInterface
  interface Refused {
    void take(Change change, MillraceException cause);
  }

  void write(List<Change> sorted, Refused refused) throws SQLException {
    for (int from = 0; from < sorted.size(); from += CHUNK_SIZE) {
      writeChunk(sorted.subList(from, Math.min(from + CHUNK_SIZE, sorted.size())), refused);
    }
  }

  /** Drivers do not tell reliably which row of a batch failed: then they go one by one. */
  private void writeChunk(List<Change> chunk, Refused refused) throws SQLException {
    try {
      writeTogether(chunk);
    } catch (SQLException e) {
      checkBlamesRow(e);
      for (Change change : chunk) {
        writeAlone(change, refused);
      }
    }
  }

  private void writeAlone(Change change, Refused refused) throws SQLException {
    try {
      writeTogether(List.of(change));
    } catch (SQLException e) {
      checkBlamesRow(e);
      String row = Rows.toString(table.columns(), change.row());
      refused.take(change, JdbcErrors.rowRefused(table.table().path(), row, e));
    }
  }

  private void checkBlamesRow(SQLException failure) {
    if (!JdbcErrors.blamesRow(failure)) {
      throw JdbcErrors.failed("writing", table.table().path(), failure);
    }
  }

  /** All of them, or none. */
  private void writeTogether(List<Change> changes) throws SQLException {
    Map<RowKey, Object[]> before = reader.lock(keys(changes));
    Savepoint start = connection.setSavepoint();
    try {
      execute(changes, before);
    } catch (SQLException e) {
      connection.rollback(start);
      throw e;
    }
    connection.releaseSavepoint(start);
    if (journal != null) {
      tell(changes, before);
    }
  }

  private List<Object[]> keys(List<Change> changes) {
    return changes.stream().map(change -> table.keyOf(change.row())).toList();
  }

  /** Adds to {@code before} the rows that turned up meanwhile. */
  private void execute(List<Change> changes, Map<RowKey, Object[]> before) throws SQLException {
    List<Change> inserts = new ArrayList<>();
    List<Change> updates = new ArrayList<>();
    List<Change> deletes = new ArrayList<>();
    for (Change change : changes) {
      boolean there = before.containsKey(table.rowKey(change.row()));
      if (!change.delete()) {
        (there ? updates : inserts).add(change);
      } else if (there) {
        deletes.add(change);
      }
    }
    batch(delete, deletes, this::bindKey);
    updates.addAll(insert(inserts, before));
    update(table.valuePositions(), updates, Change.Effect.UPSERT);
    update(additivePositions, updates, Change.Effect.ADD);
  }

  private void update(List<Integer> positions, List<Change> updates, Change.Effect effect)
      throws SQLException {
    if (!positions.isEmpty()) {
      batch(
          "UPDATE " + table.table().quotedPath() + " SET " + assignments(positions) + where,
          updates.stream().filter(change -> change.effect() == effect).toList(),
          (statement, change) -> bindUpdate(statement, change, positions));
    }
  }

  /** The changes whose rows were there after all. */
  private List<Change> insert(List<Change> changes, Map<RowKey, Object[]> before)
      throws SQLException {
    List<Change> refused = new ArrayList<>();
    SQLException cause = null;
    int[] counts;
    try {
      counts = batch(insert, changes, this::bindInsert);
    } catch (BatchUpdateException e) {
      if (table.table().dialect().isDoomedByFailure()
          || e.getUpdateCounts().length < changes.size()) {
        throw e;
      }
      counts = e.getUpdateCounts();
      cause = e;
    }
    for (int i = 0; i < changes.size(); i++) {
      if (counts[i] == 0 || counts[i] == Statement.EXECUTE_FAILED) {
        refused.add(changes.get(i));
      }
    }
    if (!refused.isEmpty()) {
      expect(refused, reader.lock(keys(refused)), before, cause);
    }
    return refused;
  }

  /** A row that was refused and is not there was refused for another reason than its key. */
  private void expect(
      List<Change> refused,
      Map<RowKey, Object[]> there,
      Map<RowKey, Object[]> before,
      SQLException cause)
      throws SQLException {
    for (Change change : refused) {
      if (!there.containsKey(table.rowKey(change.row()))) {
        if (cause != null) {
          throw cause;
        }
        throw new SQLException("another row has the same unique values", "23505");
      }
    }
    before.putAll(there);
  }

  private interface Binder {
    void bind(PreparedStatement statement, Change change) throws SQLException;
  }

  private int[] batch(String sql, List<Change> changes, Binder binder) throws SQLException {
    if (changes.isEmpty()) {
      return new int[0];
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Change change : changes) {
        binder.bind(statement, change);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  private void bindInsert(PreparedStatement statement, Change change) throws SQLException {
    InsertRow.bind(statement, table.columns(), change.row());
  }

  private void bindUpdate(PreparedStatement statement, Change change, List<Integer> positions)
      throws SQLException {
    int parameter = 1;
    for (int position : positions) {
      Kind kind = table.columns().get(position).kind();
      Object value = change.row()[position];
      boolean nothing = value == null && table.additive().get(position);
      kind.write(statement, parameter++, nothing ? kind.accept(0) : value);
    }
    bindKey(statement, change, parameter);
  }

  private void bindKey(PreparedStatement statement, Change change) throws SQLException {
    bindKey(statement, change, 1);
  }

  private void bindKey(PreparedStatement statement, Change change, int first) throws SQLException {
    int parameter = first;
    for (int position : table.keyPositions()) {
      table.columns().get(position).kind().write(statement, parameter++, change.row()[position]);
    }
  }

  private void tell(List<Change> chunk, Map<RowKey, Object[]> before) throws SQLException {
    List<Change> upserts = chunk.stream().filter(change -> !change.delete()).toList();
    Map<RowKey, Object[]> after = reader.read(keys(upserts));
    for (Change change : chunk) {
      RowKey key = table.rowKey(change.row());
      Object[] old = before.get(key);
      Object[] now = after.get(key);
      if (!change.delete() && now == null) {
        throw JdbcErrors.rowVanished(
            table.table().path(), Rows.toString(table.columns(), change.row()));
      }
      if (old != null || now != null) {
        journal.changed(change, old, change.delete() ? null : now);
      }
    }
  }
}
