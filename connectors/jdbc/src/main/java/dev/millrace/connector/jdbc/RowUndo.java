// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.UndoOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The undo of one effect. Single-threaded; used once. */
final class RowUndo {
  private final Effect effect;
  private final ConflictPolicy policy;
  private final DatabaseTable table;
  private final Connection connection;
  private final List<TableColumn> key;

  RowUndo(Effect effect, ConflictPolicy policy, DatabaseTable table, Connection connection) {
    this.effect = effect;
    this.policy = policy;
    this.table = table;
    this.connection = connection;
    key = columns(effect.key().keySet());
  }

  private List<TableColumn> columns(Collection<String> names) {
    return names.stream().map(table::column).toList();
  }

  UndoOutcome execute() throws SQLException {
    Map<String, Object> current = lockCurrent();
    if (effect.after().isEmpty()) {
      return undoDelete(current);
    }
    return effect.before().isEmpty() ? undoInsert(current) : undoUpdate(current);
  }

  /** The row as it is, or null. */
  private Map<String, Object> lockCurrent() throws SQLException {
    String sql = table.selectAll() + " WHERE " + condition() + " FOR UPDATE";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bindKey(select, 1);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Rows.toMap(table.columns(), RowReader.readRow(table, rows)) : null;
      }
    }
  }

  private UndoOutcome undoInsert(Map<String, Object> current) throws SQLException {
    Map<String, Object> after = effect.after().orElseThrow();
    if (current == null) {
      return policy == ConflictPolicy.FORCE
          ? new UndoOutcome.Undone()
          : conflict("the row is gone");
    }
    if (differing(after, current, after.keySet()).isEmpty()) {
      return delete(current);
    }
    if (effect.added().isEmpty()) {
      return policy == ConflictPolicy.FORCE
          ? delete(current)
          : conflict(difference(after, current, after.keySet()));
    }
    List<String> owned = ownColumns();
    return differing(after, current, owned).isEmpty() || policy == ConflictPolicy.FORCE
        ? restore(List.of(), current)
        : conflict(difference(after, current, owned));
  }

  private UndoOutcome undoUpdate(Map<String, Object> current) throws SQLException {
    Map<String, Object> after = effect.after().orElseThrow();
    List<String> owned = ownColumns();
    if (current == null && isCounter()) {
      return insertNegated();
    }
    if (current == null) {
      return policy == ConflictPolicy.FORCE ? insertBefore() : conflict("the row is gone");
    }
    return differing(after, current, owned).isEmpty() || policy == ConflictPolicy.FORCE
        ? restore(owned, current)
        : conflict(difference(after, current, owned));
  }

  private UndoOutcome undoDelete(Map<String, Object> current) throws SQLException {
    Map<String, Object> before = effect.before().orElseThrow();
    if (current == null) {
      return insertBefore();
    }
    if (policy != ConflictPolicy.FORCE) {
      return conflict("the row was deleted, and is there again: " + Rows.toString(current));
    }
    List<String> values = new ArrayList<>(before.keySet());
    values.removeIf(name -> effect.key().containsKey(name) || table.column(name).generated());
    return restore(values, current);
  }

  /** The columns written that nobody else may have changed: neither key nor additive. */
  private List<String> ownColumns() {
    return effect.written().stream()
        .filter(name -> !effect.key().containsKey(name) && !effect.added().containsKey(name))
        .toList();
  }

  private List<String> differing(
      Map<String, Object> expected, Map<String, Object> found, Collection<String> names) {
    return names.stream().filter(name -> !isSame(name, expected, found)).toList();
  }

  /** A column dropped since the effect is in no row, and equal to nothing but NULL. */
  private boolean isSame(String name, Map<String, Object> left, Map<String, Object> right) {
    return table
        .find(name)
        .map(
            column ->
                Objects.equals(
                    column.comparable(left.get(name)), column.comparable(right.get(name))))
        .orElse(left.get(name) == null);
  }

  private String difference(
      Map<String, Object> expected, Map<String, Object> found, Collection<String> names) {
    return differing(expected, found, names).stream()
        .map(
            name ->
                "expected %s = %s, found %s"
                    .formatted(
                        name, Rows.toString(expected.get(name)), Rows.toString(found.get(name))))
        .collect(Collectors.joining("; "));
  }

  private UndoOutcome delete(Map<String, Object> current) throws SQLException {
    String sql = "DELETE FROM " + table.quotedPath() + " WHERE " + oneRow();
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      bindKey(delete, 1);
      delete.executeUpdate();
    }
    return new UndoOutcome.Undone(Optional.of(current), Optional.empty());
  }

  private UndoOutcome insertBefore() throws SQLException {
    Map<String, Object> before = effect.before().orElseThrow();
    List<TableColumn> written =
        columns(before.keySet()).stream().filter(column -> !column.generated()).toList();
    Object[] row = written.stream().map(column -> before.get(column.name())).toArray();
    String sql = InsertRow.overridingSql(table, written);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      InsertRow.bind(insert, written, row);
      insert.executeUpdate();
    }
    return new UndoOutcome.Undone(Optional.empty(), Optional.of(before));
  }

  /**
   * Whether the row holds nothing but what is added up. One that is gone then stands for zeros: the
   * undo of the run that made it deleted it, as what others had added was zero just then.
   */
  private boolean isCounter() {
    return !effect.added().isEmpty()
        && table.columns().stream()
            .map(TableColumn::name)
            .allMatch(name -> effect.key().containsKey(name) || effect.added().containsKey(name));
  }

  private UndoOutcome insertNegated() throws SQLException {
    List<TableColumn> columns = table.columns();
    Map<String, Object> row = new LinkedHashMap<>();
    for (TableColumn column : columns) {
      String name = column.name();
      row.put(
          name,
          effect.key().containsKey(name)
              ? effect.key().get(name)
              : column.kind().negated(column.accept(effect.added().get(name))));
    }
    try (PreparedStatement insert =
        connection.prepareStatement(InsertRow.overridingSql(table, columns))) {
      InsertRow.bind(insert, columns, row.values().toArray());
      insert.executeUpdate();
    }
    return new UndoOutcome.Undone(Optional.empty(), Optional.of(row));
  }

  /** Puts the before-image's values back into these columns, and takes away what was added. */
  private UndoOutcome restore(List<String> names, Map<String, Object> current) throws SQLException {
    List<TableColumn> columns = new ArrayList<>(columns(names));
    List<Object> values = new ArrayList<>();
    names.forEach(name -> values.add(effect.before().orElseThrow().get(name)));
    effect.added().keySet().stream()
        .filter(name -> !names.contains(name))
        .forEach(
            name -> {
              columns.add(table.column(name));
              values.add(withoutAdded(table.column(name), current));
            });
    if (columns.isEmpty()) {
      return new UndoOutcome.Undone();
    }
    String assignments =
        columns.stream()
            .map(column -> table.quoted(column.name()) + " = ?")
            .collect(Collectors.joining(", "));
    String sql = "UPDATE " + table.quotedPath() + " SET " + assignments + " WHERE " + condition();
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).kind().write(update, i + 1, values.get(i));
      }
      bindKey(update, columns.size() + 1);
      update.executeUpdate();
    }
    return changed(columns, values, current);
  }

  private static UndoOutcome changed(
      List<TableColumn> columns, List<Object> values, Map<String, Object> current) {
    Map<String, Object> from = new LinkedHashMap<>();
    Map<String, Object> to = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).name();
      from.put(name, current.get(name));
      to.put(name, values.get(i));
    }
    return new UndoOutcome.Undone(Optional.of(from), Optional.of(to));
  }

  /** The row is locked, so the difference can be computed here. */
  private Object withoutAdded(TableColumn column, Map<String, Object> current) {
    String name = column.name();
    Map<String, Object> after = effect.after().orElse(Map.of());
    if (effect.before().isPresent() && isSame(name, after, current)) {
      return effect.before().orElseThrow().get(name);
    }
    Object added = column.accept(effect.added().get(name));
    return column.kind().sum(current.get(name), column.kind().negated(added));
  }

  private String condition() {
    // Without a primary key the whole row is the key, and its values may be NULL.
    return key.stream()
        .map(
            column ->
                table.quoted(column.name())
                    + (effect.key().get(column.name()) == null ? " IS NULL" : " = ?"))
        .collect(Collectors.joining(" AND "));
  }

  /** Of several equal rows, one. */
  private String oneRow() {
    return switch (table.dialect()) {
      case H2 -> condition() + " FETCH FIRST ROW ONLY";
      case POSTGRESQL ->
          "ctid = (SELECT ctid FROM %s WHERE %s LIMIT 1)"
              .formatted(table.quotedPath(), condition());
      case STANDARD -> condition();
    };
  }

  private void bindKey(PreparedStatement statement, int first) throws SQLException {
    int parameter = first;
    for (TableColumn column : key) {
      Object value = effect.key().get(column.name());
      if (value != null) {
        column.kind().write(statement, parameter++, value);
      }
    }
  }

  /** An outcome that changed nothing. */
  UndoOutcome conflict(String what) {
    String reason = table.path() + " " + Rows.toString(effect.key()) + ": " + what;
    return policy == ConflictPolicy.FAIL
        ? new UndoOutcome.Conflict(reason)
        : new UndoOutcome.Skipped(reason);
  }
}
