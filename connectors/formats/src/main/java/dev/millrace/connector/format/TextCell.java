// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.Base64;

/**
 * Text into the cells of one column. Stateless.
 *
 * <p>White space around anything but a string is left out.
 */
interface TextCell {
  /**
   * @throws RuntimeException if the text is no value of the column's type; its message says why
   */
  void set(RowBatch batch, int row, char[] text, int from, int to);

  /** One for each column. */
  static TextCell[] of(RowType schema, TimestampStyle style) {
    TextCell[] cells = new TextCell[schema.size()];
    for (int column = 0; column < cells.length; column++) {
      cells[column] = of(schema.type(column), column, style);
    }
    return cells;
  }

  private static TextCell of(DataType type, int column, TimestampStyle style) {
    char separator = style.separator();
    int precision = type.precision();
    return switch (type.root()) {
      case BOOLEAN ->
          trimmed((b, row, t, from, to) -> b.setBoolean(row, column, parseBoolean(t, from, to)));
      case TINYINT -> integer(column, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SMALLINT -> integer(column, Short.MIN_VALUE, Short.MAX_VALUE);
      case INTEGER, INTERVAL_YEAR_MONTH -> integer(column, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT, INTERVAL_DAY_TIME -> integer(column, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT ->
          (b, row, t, from, to) ->
              b.setFloat(row, column, Float.parseFloat(TextNumbers.string(t, from, to)));
      case DOUBLE ->
          trimmed(
              (b, row, t, from, to) ->
                  b.setDouble(row, column, TextNumbers.parseDouble(t, from, to)));
      case DECIMAL ->
          trimmed(
              (b, row, t, from, to) -> TextNumbers.setDecimal(b, row, column, type, t, from, to));
      case CHAR, VARCHAR ->
          (b, row, t, from, to) -> b.setString(row, column, new String(t, from, to - from));
      case BINARY, VARBINARY ->
          (b, row, t, from, to) ->
              b.setBytes(row, column, Base64.getDecoder().decode(new String(t, from, to - from)));
      case DATE ->
          trimmed(
              (b, row, t, from, to) -> b.setLong(row, column, TextTimes.parseDate(t, from, to)));
      case TIME ->
          trimmed(
              (b, row, t, from, to) ->
                  b.setLong(
                      row,
                      column,
                      TextTimes.truncate(TextTimes.parseTime(t, from, to), precision) / 1000));
      case TIMESTAMP ->
          trimmed(
              (b, row, t, from, to) ->
                  b.setLong(
                      row,
                      column,
                      TextTimes.truncate(
                          TextTimes.parseTimestamp(t, from, to, separator), precision)));
      case TIMESTAMP_LTZ ->
          trimmed(
              (b, row, t, from, to) ->
                  b.setLong(
                      row,
                      column,
                      TextTimes.truncate(
                          TextTimes.parseInstant(t, from, to, separator), precision)));
      case MAP ->
          (b, row, t, from, to) -> {
            throw new IllegalArgumentException("expected an object");
          };
      case NULL -> (b, row, t, from, to) -> b.setNull(row, column);
    };
  }

  private static TextCell integer(int column, long min, long max) {
    return trimmed(
        (b, row, t, from, to) ->
            b.setLong(row, column, TextNumbers.parseInteger(t, from, to, min, max)));
  }

  private static TextCell trimmed(TextCell cell) {
    return (batch, row, text, from, to) -> {
      int start = from;
      int end = to;
      while (start < end && text[start] <= ' ') {
        start++;
      }
      while (end > start && text[end - 1] <= ' ') {
        end--;
      }
      cell.set(batch, row, text, start, end);
    };
  }

  private static boolean parseBoolean(char[] text, int from, int to) {
    String value = TextNumbers.string(text, from, to);
    if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
      throw new IllegalArgumentException("expected true or false");
    }
    return value.equalsIgnoreCase("true");
  }
}
