// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.catalog;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.error.Location;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code CREATE TABLE} says.
 *
 * @param at where its name stands
 * @param columns in order of declaration
 * @param primaryKey names of its columns; empty without one
 * @param watermark if declared
 * @param options of the WITH clause by key, in order
 */
public record Declaration(
    String name,
    Location at,
    List<DeclaredColumn> columns,
    List<String> primaryKey,
    Optional<EventTime> watermark,
    Map<String, WrittenOption> options) {
  public Declaration {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
  }

  /**
   * The event time of a table.
   *
   * @param column position in {@link Declaration#rowType()}
   * @param expression over the row type
   */
  public record EventTime(int column, Expression expression) {}

  /**
   * An option as written.
   *
   * @param at where its key stands
   */
  public record WrittenOption(String value, Location at) {}

  /** What a query sees: all columns. */
  public RowType rowType() {
    return new RowType(columns.stream().map(DeclaredColumn::column).toList());
  }

  /** What the source reads: all but computed columns. */
  public List<DeclaredColumn> readColumns() {
    return columns.stream().filter(column -> !column.isComputed()).toList();
  }

  /** What the sink writes: neither computed nor virtual columns. */
  public List<DeclaredColumn> writeColumns() {
    return readColumns().stream().filter(column -> !column.virtual()).toList();
  }

  public RowType readType() {
    return rowType(readColumns());
  }

  public RowType writeType() {
    return rowType(writeColumns());
  }

  /** {@link #readType()} as the source gives it: metadata has the connector's types. */
  public RowType scanType() {
    return connectorType(readColumns());
  }

  /** {@link #writeType()} as the sink takes it: metadata has the connector's types. */
  public RowType sinkType() {
    return connectorType(writeColumns());
  }

  private static RowType connectorType(List<DeclaredColumn> columns) {
    return new RowType(columns.stream().map(DeclaredColumn::connectorColumn).toList());
  }

  private static RowType rowType(List<DeclaredColumn> columns) {
    return new RowType(columns.stream().map(DeclaredColumn::column).toList());
  }

  /** Positions of the primary key in {@link #rowType()}. */
  List<Integer> keyColumns() {
    return primaryKey.stream().map(rowType()::indexOf).toList();
  }

  boolean computes() {
    return columns.stream().anyMatch(DeclaredColumn::isComputed);
  }

  /** The columns of {@link #readType()} as expressions over {@link #scanType()}. */
  List<Expression> conversions() {
    RowType scan = scanType();
    List<Expression> conversions = new ArrayList<>();
    for (DeclaredColumn column : readColumns()) {
      int position = conversions.size();
      conversions.add(
          column
              .metadata()
              .map(DeclaredColumn.Metadata::conversion)
              .orElseGet(() -> new Expression.Input(position, scan.type(position))));
    }
    return conversions;
  }

  /**
   * The columns of {@link #sinkType()} as expressions over a query fitted to {@link #writeType()}.
   * What may be NULL there may be NULL here, whatever the table says: rows are held to that later.
   */
  public List<Expression> sinkColumns(RowType query) {
    RowType write = writeType();
    RowType sink = sinkType();
    List<Expression> columns = new ArrayList<>();
    for (int i = 0; i < write.size(); i++) {
      DataType type = query.type(i);
      Expression column = new Expression.Input(i, type);
      columns.add(
          write.type(i).equals(sink.type(i))
              ? column
              : new Expression.Cast(column, sink.type(i).withNullable(type.nullable()), false));
    }
    return columns;
  }

  /** All columns as expressions over {@link #readType()}. */
  List<Expression> projections() {
    RowType read = readType();
    List<Expression> projections = new ArrayList<>();
    for (DeclaredColumn declared : columns) {
      Column column = declared.column();
      projections.add(
          declared
              .computation()
              .orElseGet(() -> new Expression.Input(read.indexOf(column.name()), column.type())));
    }
    return projections;
  }
}
