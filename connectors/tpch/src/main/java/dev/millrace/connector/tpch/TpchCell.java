// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.tpch;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Copies one attribute of a TPC-H entity into a cell, as the declared type. Stateless. */
interface TpchCell<E extends TpchEntity> {
  void set(RowBatch batch, int row, E entity);

  /**
   * One for each declared column.
   *
   * @throws dev.millrace.spi.error.MillraceException category SQL, if TPC-H has no such column or
   *     it does not fit the declared type
   */
  static <E extends TpchEntity> List<TpchCell<E>> of(TpchTable<E> table, RowType schema) {
    List<TpchCell<E>> cells = new ArrayList<>();
    for (Column column : schema.columns()) {
      TpchColumn<E> source =
          table.getColumns().stream()
              .filter(candidate -> candidate.getColumnName().equals(column.name()))
              .findFirst()
              .orElseThrow(
                  () ->
                      TpchErrors.unknownColumn(
                          column.name(),
                          table.getTableName(),
                          table.getColumns().stream().map(TpchColumn::getColumnName).toList()));
      cells.add(of(source, column, cells.size()));
    }
    return cells;
  }

  private static <E extends TpchEntity> TpchCell<E> of(
      TpchColumn<E> source, Column column, int position) {
    return switch (source.getType().getBase()) {
      case IDENTIFIER -> integer(source::getIdentifier, column, position, true);
      case INTEGER -> integer(source::getInteger, column, position, false);
      case DOUBLE -> number(source, column, position);
      case DATE -> date(source, column, position);
      case VARCHAR -> text(source, column, position);
    };
  }

  /** Reads a whole number. */
  interface ToLong<E> {
    long get(E entity);
  }

  private static <E extends TpchEntity> TpchCell<E> integer(
      ToLong<E> value, Column column, int position, boolean isKey) {
    return switch (column.type().root()) {
      case BIGINT -> (batch, row, e) -> batch.setLong(row, position, value.get(e));
      // keys of large scale factors are beyond an INT
      case INTEGER ->
          (batch, row, e) -> batch.setLong(row, position, Math.toIntExact(value.get(e)));
      case DECIMAL -> decimal(e -> BigDecimal.valueOf(value.get(e)), column, position);
      case VARCHAR ->
          (batch, row, e) -> batch.setString(row, position, Long.toString(value.get(e)));
      default ->
          throw TpchErrors.wrongType(
              column, isKey ? "BIGINT, INT, DECIMAL, STRING" : "INT, BIGINT, DECIMAL, STRING");
    };
  }

  /** TPC-H's numbers with a fraction all have two digits behind the point. */
  private static <E extends TpchEntity> TpchCell<E> number(
      TpchColumn<E> source, Column column, int position) {
    return switch (column.type().root()) {
      case DOUBLE -> (batch, row, e) -> batch.setDouble(row, position, source.getDouble(e));
      case DECIMAL ->
          decimal(
              e -> BigDecimal.valueOf(Math.round(100 * source.getDouble(e)), 2), column, position);
      case VARCHAR ->
          (batch, row, e) ->
              batch.setString(
                  row,
                  position,
                  BigDecimal.valueOf(Math.round(100 * source.getDouble(e)), 2).toString());
      default -> throw TpchErrors.wrongType(column, "DECIMAL(15, 2), DOUBLE, STRING");
    };
  }

  /** Reads a decimal. */
  interface ToDecimal<E> {
    BigDecimal get(E entity);
  }

  private static <E extends TpchEntity> TpchCell<E> decimal(
      ToDecimal<E> value, Column column, int position) {
    DataType type = column.type();
    return (batch, row, e) -> batch.setDecimal(row, position, RowValues.fit(value.get(e), type));
  }

  private static <E extends TpchEntity> TpchCell<E> date(
      TpchColumn<E> source, Column column, int position) {
    long microsPerDay = 86_400_000_000L;
    return switch (column.type().root()) {
      case DATE -> (batch, row, e) -> batch.setLong(row, position, source.getDate(e));
      case TIMESTAMP, TIMESTAMP_LTZ ->
          (batch, row, e) -> batch.setLong(row, position, source.getDate(e) * microsPerDay);
      case VARCHAR ->
          (batch, row, e) ->
              batch.setString(row, position, LocalDate.ofEpochDay(source.getDate(e)).toString());
      default -> throw TpchErrors.wrongType(column, "DATE, TIMESTAMP, TIMESTAMP_LTZ, STRING");
    };
  }

  private static <E extends TpchEntity> TpchCell<E> text(
      TpchColumn<E> source, Column column, int position) {
    if (!column.type().root().isCharacter()) {
      throw TpchErrors.wrongType(column, "STRING, VARCHAR, CHAR");
    }
    return (batch, row, e) -> batch.setString(row, position, source.getString(e));
  }
}
