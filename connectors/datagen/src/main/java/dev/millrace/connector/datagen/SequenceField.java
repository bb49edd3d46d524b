// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.datagen;

import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import java.math.BigDecimal;

/**
 * Counts from start to end, both included.
 *
 * @param setter writes a number as a value of the column's type
 */
record SequenceField(long start, long end, Setter setter) implements FieldGenerator {
  /** Writes a number as a value of a column. */
  interface Setter {
    void set(RowBatch batch, int row, int column, long value);
  }

  static SequenceField of(Column column, Options options) {
    long start = required(options, DatagenFactory.START.of(column.name()));
    long end = required(options, DatagenFactory.END.of(column.name()));
    if (end < start) {
      throw DatagenErrors.badValue(
          DatagenFactory.END.of(column.name()).key(), String.valueOf(end), "at least " + start);
    }
    checkFits(column, start);
    checkFits(column, end);
    return new SequenceField(start, end, setter(column));
  }

  /** How many rows there are until the end. */
  long rowCount() {
    long count = end - start + 1;
    return count > 0 ? count : Long.MAX_VALUE;
  }

  @Override
  public void set(RowBatch batch, int row, int column, long number, RowRandom random) {
    setter.set(batch, row, column, start + number);
  }

  private static long required(Options options, ConfigOption<Long> option) {
    return options.find(option).orElseThrow(() -> DatagenErrors.missing(option.key()));
  }

  private static void checkFits(Column column, long value) {
    boolean fits =
        switch (column.type().root()) {
          case TINYINT -> value == (byte) value;
          case SMALLINT -> value == (short) value;
          case INTEGER -> value == (int) value;
          case DECIMAL -> fitsDecimal(column.type(), value);
          default -> true;
        };
    if (!fits) {
      throw DatagenErrors.badValue(
          "fields." + column.name() + ".start' and '…end",
          String.valueOf(value),
          "within " + column.type());
    }
  }

  private static boolean fitsDecimal(DataType type, long value) {
    return BigDecimal.valueOf(value).precision() <= type.precision() - type.scale();
  }

  private static Setter setter(Column column) {
    DataType type = column.type();
    return switch (type.root()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT -> RowBatch::setLong;
      case FLOAT -> RowBatch::setFloat;
      case DOUBLE -> RowBatch::setDouble;
      case DECIMAL ->
          (batch, row, c, value) ->
              batch.setDecimal(row, c, RowValues.fit(BigDecimal.valueOf(value), type));
      case CHAR, VARCHAR -> (batch, row, c, value) -> batch.setString(row, c, Long.toString(value));
      case BOOLEAN,
          BINARY,
          VARBINARY,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMP_LTZ,
          MAP,
          INTERVAL_YEAR_MONTH,
          INTERVAL_DAY_TIME,
          NULL ->
          throw DatagenErrors.noSequence(column);
    };
  }
}
