// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cells as variables of the engine's own types, chosen by the column's type and never by the value:
 *
 * <pre>
 *   BOOLEAN                          Boolean
 *   TINYINT SMALLINT INT             Integer
 *   BIGINT, DECIMAL(up to 18, 0)     Long
 *   FLOAT DOUBLE                     Double
 *   DECIMAL(up to 15 digits, s)      Double, which holds 15 digits exactly
 *   other DECIMAL                    String, plain
 *   CHAR VARCHAR, TIME               String
 *   BINARY VARBINARY                 byte[]
 *   DATE TIMESTAMP TIMESTAMP_LTZ     Date, in the JVM's time zone
 *   MAP                              refused
 * </pre>
 */
final class VariableValues {
  /** What the engine's column for text holds. */
  static final int MAX_TEXT = 4000;

  private static final int DOUBLE_DIGITS = 15;
  private static final int LONG_DIGITS = 18;

  private VariableValues() {}

  /**
   * One row by column name.
   *
   * @param schema the table's, whose names count: a query may have others
   */
  static Map<String, Object> of(RowType schema, RowBatch batch, int row) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<Column> columns = schema.columns();
    for (int c = 0; c < columns.size(); c++) {
      Column column = columns.get(c);
      values.put(column.name(), variable(column, RowValues.get(batch, row, c)));
    }
    return values;
  }

  /**
   * @throws dev.millrace.spi.error.MillraceException category SQL, if a column has a type that no
   *     variable has
   */
  static void check(RowType schema) {
    for (Column column : schema.columns()) {
      if (column.type().root() == TypeRoot.MAP) {
        throw ProcessErrors.noVariable(column);
      }
    }
  }

  private static Object variable(Column column, Object value) {
    if (value == null) {
      return null;
    }
    return switch (column.type().root()) {
      case BOOLEAN, BIGINT, DOUBLE, BINARY, VARBINARY, INTEGER -> value;
      case TINYINT, SMALLINT -> ((Number) value).intValue();
      case FLOAT -> Double.valueOf(value.toString());
      case DECIMAL -> decimal((BigDecimal) value, column.type());
      case CHAR, VARCHAR -> text(column.name(), (String) value);
      case TIME -> value.toString();
      case DATE -> date(((LocalDate) value).atStartOfDay());
      case TIMESTAMP -> date((LocalDateTime) value);
      case TIMESTAMP_LTZ -> Date.from((Instant) value);
      case MAP, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL -> value.toString();
    };
  }

  private static Object decimal(BigDecimal value, DataType type) {
    if (type.scale() == 0 && type.precision() <= LONG_DIGITS) {
      return value.longValueExact();
    }
    return type.precision() <= DOUBLE_DIGITS ? value.doubleValue() : value.toPlainString();
  }

  private static Date date(LocalDateTime value) {
    return Date.from(value.atZone(ZoneId.systemDefault()).toInstant());
  }

  static String text(String variable, String value) {
    if (value.length() > MAX_TEXT) {
      throw ProcessErrors.tooLong(variable, value.length(), MAX_TEXT);
    }
    return value;
  }
}
