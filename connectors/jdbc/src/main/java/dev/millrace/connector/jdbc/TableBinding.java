// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A declared table bound to a real one. Immutable.
 *
 * @param schema as declared
 * @param columns of the database, one per declared column, in that order
 */
record TableBinding(DatabaseTable table, RowType schema, List<TableColumn> columns) {

  /**
   * @param name as in {@code 'table-name'}
   * @throws dev.millrace.spi.error.MillraceException category SQL, if a table or column is missing
   *     or of another type; the message tells what there is
   */
  static TableBinding bind(Connection connection, String name, RowType schema) throws SQLException {
    DatabaseTable table = TableResolver.resolve(connection, name);
    List<TableColumn> columns = new ArrayList<>(schema.size());
    for (int i = 0; i < schema.size(); i++) {
      columns.add(bind(table, schema.name(i), schema.type(i)));
    }
    return new TableBinding(table, schema, List.copyOf(columns));
  }

  private static TableColumn bind(DatabaseTable table, String name, DataType type) {
    TableColumn column =
        table
            .find(name)
            .orElseThrow(
                () ->
                    JdbcErrors.columnNotFound(
                        table.path(),
                        name,
                        table.columns().stream().map(TableColumn::name).toList()));
    if (!column.kind().serves(type.root())) {
      throw JdbcErrors.wrongType(table.path(), column.name(), type, column.typeName());
    }
    return column;
  }

  /**
   * A row to be written, each value in its column's class.
   *
   * @throws dev.millrace.spi.error.MillraceException category DATA, if a value does not fit
   */
  Object[] accept(RowBatch batch, int row) {
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = RowValues.get(batch, row, i);
      try {
        values[i] = columns.get(i).accept(value);
      } catch (ArithmeticException e) {
        throw JdbcErrors.valueDoesNotFit(table.path(), columns.get(i).name(), value, e);
      }
    }
    return values;
  }

  /** A row read, each value in its database column's class. */
  Object[] read(ResultSet row) throws SQLException {
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = columns.get(i).kind().read(row, i + 1);
    }
    return values;
  }

  /**
   * Turns a row as read into the declared types, in place.
   *
   * @throws dev.millrace.spi.error.MillraceException category DATA, if a value is of no use
   */
  void declare(Object[] values) {
    for (int i = 0; i < values.length; i++) {
      DataType type = schema.type(i);
      try {
        values[i] = declared(values[i], type);
      } catch (ArithmeticException e) {
        throw JdbcErrors.valueNotReadable(table.path(), columns.get(i).name(), values[i], type);
      }
    }
  }

  private static Object declared(Object value, DataType type) {
    if (value == null) {
      if (!type.nullable()) {
        throw new ArithmeticException("NULL");
      }
      return null;
    }
    return switch (type.root()) {
      case TINYINT -> Kind.INT8.accept(value);
      case SMALLINT -> Kind.INT16.accept(value);
      case INTEGER -> Kind.INT32.accept(value);
      case BIGINT -> Kind.INT64.accept(value);
      case FLOAT -> Kind.FLOAT32.accept(value);
      case DOUBLE -> Kind.FLOAT64.accept(value);
      case DECIMAL -> RowValues.fit((BigDecimal) Kind.DECIMAL.accept(value), type);
      default -> value;
    };
  }

  /** Only these of the declared columns. */
  TableBinding only(List<Integer> positions) {
    return new TableBinding(
        table,
        new RowType(positions.stream().map(schema.columns()::get).toList()),
        positions.stream().map(columns::get).toList());
  }

  /** {@code SELECT} of the declared columns, in that order; of something if there is none. */
  String select() {
    String list = columns.isEmpty() ? "1" : table.list(columns);
    return "SELECT " + list + " FROM " + table.quotedPath();
  }

  /** {@code {SKU=apple, QTY=3}}, for messages. */
  String toString(Object[] row) {
    return Rows.toString(columns, row);
  }
}
