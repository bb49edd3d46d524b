// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.row.ChangeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes of a table with a key, reduced to the last one per key: an upsert or a delete; {@code -U}
 * says nothing new. Single-threaded.
 *
 * <p>With additive columns, a change is a difference: {@code +I} and {@code +U} add, {@code -U} and
 * {@code -D} take away, and the row is never deleted. So a query that corrects itself adds in the
 * end what it should have added at once. The other columns keep the last value added.
 */
final class KeyedChanges implements Changes {
  /** A change with the balance of additions and retractions that made it. */
  private record Pending(Change change, int balance) {
    boolean isUpsert() {
      return change.effect() == Change.Effect.UPSERT;
    }
  }

  private final SinkTable table;
  private final Map<RowKey, Pending> byKey = new TreeMap<>();

  KeyedChanges(SinkTable table) {
    this.table = table;
  }

  @Override
  public void add(ChangeKind kind, Object[] row) {
    RowKey key = table.rowKey(row);
    if (table.isAdditive()) {
      addDifference(key, kind, row);
    } else if (kind != ChangeKind.UPDATE_BEFORE) {
      Change.Effect effect =
          kind == ChangeKind.DELETE ? Change.Effect.DELETE : Change.Effect.UPSERT;
      byKey.put(key, new Pending(new Change(row, effect), 1));
    }
  }

  private void addDifference(RowKey key, ChangeKind kind, Object[] row) {
    Pending before = byKey.get(key);
    Object[] merged = row;
    for (int i = 0; i < row.length; i++) {
      if (table.additive().get(i)) {
        merged[i] = total(i, before, kind, row[i]);
      } else if (!kind.adds() && before != null) {
        merged[i] = before.change().row()[i];
      }
    }
    int balance = (before == null ? 0 : before.balance()) + (kind.adds() ? 1 : -1);
    if (balance == 0 && isZero(merged)) {
      byKey.remove(key);
    } else {
      boolean known = kind.adds() || before != null && before.isUpsert();
      Change.Effect effect = known ? Change.Effect.UPSERT : Change.Effect.ADD;
      byKey.put(key, new Pending(new Change(merged, effect), balance));
    }
  }

  private Object total(int position, Pending before, ChangeKind kind, Object value) {
    TableColumn column = table.columns().get(position);
    try {
      Object signed = kind.adds() ? value : column.kind().negated(value);
      return before == null ? signed : column.kind().sum(before.change().row()[position], signed);
    } catch (ArithmeticException e) {
      throw JdbcErrors.valueDoesNotFit(table.table().path(), column.name(), value, e);
    }
  }

  private boolean isZero(Object[] row) {
    for (int i = 0; i < row.length; i++) {
      boolean zero = row[i] == null || row[i] instanceof Number n && n.doubleValue() == 0;
      if (table.additive().get(i) && !zero) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int size() {
    return byKey.size();
  }

  @Override
  public void write(Connection connection, TableJournal journal, Refused refused)
      throws SQLException {
    List<Change> sorted = new ArrayList<>(byKey.size());
    byKey.values().forEach(pending -> sorted.add(pending.change()));
    new KeyedWriter(table, connection, journal)
        .write(
            sorted,
            (change, cause) -> {
              refused.take(kind(change), Rows.toMap(table.columns(), change.row()), cause);
              byKey.remove(table.rowKey(change.row()));
            });
  }

  /** What is only added to a row is no row. */
  private static ChangeKind kind(Change change) {
    return switch (change.effect()) {
      case UPSERT -> ChangeKind.INSERT;
      case ADD -> ChangeKind.UPDATE_BEFORE;
      case DELETE -> ChangeKind.DELETE;
    };
  }
}
