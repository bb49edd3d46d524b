// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.EffectJournal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells the journal what happened to rows of one table. */
record TableJournal(EffectJournal journal, String connection, SinkTable table) {
  static final String CONNECTOR = "jdbc";

  /** A row appended to a table without a declared key. */
  void appended(Object[] after) {
    DatabaseTable real = table.table();
    Map<String, Object> image = Rows.toMap(real.columns(), after);
    Map<String, Object> key = new LinkedHashMap<>(image);
    if (!real.primaryKey().isEmpty()) {
      key.keySet().retainAll(real.primaryKey());
    }
    append(key, null, image, names(table.columns()), Map.of());
  }

  /**
   * A row of a table with a key.
   *
   * @param before all its columns; null if there was none
   * @param after all its columns; null if it was deleted
   */
  void changed(Change change, Object[] before, Object[] after) {
    List<TableColumn> columns = table.table().columns();
    Map<String, Object> added = new LinkedHashMap<>();
    Set<String> written = new LinkedHashSet<>();
    if (!change.delete()) {
      for (int i = 0; i < change.row().length; i++) {
        String name = table.columns().get(i).name();
        boolean value = change.effect() == Change.Effect.UPSERT || table.additive().get(i);
        if (before == null || value && !table.keyPositions().contains(i)) {
          written.add(name);
        }
        if (table.additive().get(i)) {
          added.put(name, change.row()[i]);
        }
      }
    }
    append(
        Rows.toMap(table.keyColumns(), table.keyOf(change.row())),
        before == null ? null : Rows.toMap(columns, before),
        after == null ? null : Rows.toMap(columns, after),
        written,
        added);
  }

  private void append(
      Map<String, Object> key,
      Map<String, Object> before,
      Map<String, Object> after,
      Set<String> written,
      Map<String, Object> added) {
    journal.append(
        new Effect(
            CONNECTOR,
            connection,
            table.table().path(),
            key,
            Optional.ofNullable(before),
            Optional.ofNullable(after),
            written,
            added));
  }

  private static Set<String> names(List<TableColumn> columns) {
    Set<String> names = new LinkedHashSet<>();
    columns.forEach(column -> names.add(column.name()));
    return names;
  }
}
