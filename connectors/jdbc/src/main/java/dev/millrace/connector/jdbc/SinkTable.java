// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A table to be written. Immutable.
 *
 * @param keyPositions of the declared primary key in the binding's columns; empty to append
 * @param additive by position in the binding's columns
 */
record SinkTable(TableBinding binding, List<Integer> keyPositions, List<Boolean> additive) {

  /**
   * @throws dev.millrace.spi.error.MillraceException category SQL, if the table is not as declared
   */
  static SinkTable bind(JdbcSink sink, Connection connection) throws SQLException {
    TableBinding binding = TableBinding.bind(connection, sink.tableName(), sink.schema());
    List<Integer> key = sink.key().stream().map(sink.schema()::indexOf).toList();
    List<Boolean> additive = sink.schema().names().stream().map(sink.additive()::contains).toList();
    SinkTable table = new SinkTable(binding, key, additive);
    table.checkKey();
    return table;
  }

  private void checkKey() {
    Set<String> names = new HashSet<>();
    keyColumns().forEach(column -> names.add(column.name()));
    if (isKeyed() && !table().isUnique(names)) {
      throw JdbcErrors.keyNotUnique(table().path(), names, table().uniqueKeys());
    }
  }

  DatabaseTable table() {
    return binding.table();
  }

  List<TableColumn> columns() {
    return binding.columns();
  }

  boolean isKeyed() {
    return !keyPositions.isEmpty();
  }

  boolean isAdditive() {
    return additive.contains(true);
  }

  List<TableColumn> keyColumns() {
    return keyPositions.stream().map(columns()::get).toList();
  }

  /** Positions of the columns that are not of the key. */
  List<Integer> valuePositions() {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < columns().size(); i++) {
      if (!keyPositions.contains(i)) {
        positions.add(i);
      }
    }
    return positions;
  }

  Object[] keyOf(Object[] row) {
    return keyPositions.stream().map(position -> row[position]).toArray();
  }

  /**
   * @throws dev.millrace.spi.error.MillraceException category DATA, if part of the key is NULL
   */
  RowKey rowKey(Object[] row) {
    for (int position : keyPositions) {
      if (row[position] == null) {
        throw JdbcErrors.nullInKey(table().path(), columns().get(position).name());
      }
    }
    return RowKey.of(keyColumns(), keyOf(row));
  }
}
