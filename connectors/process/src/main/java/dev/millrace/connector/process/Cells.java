// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Values of variables as cells. A value fits if nothing of it is lost; text is read as SQL literals
 * are, dates in the JVM's time zone, as the engine's own forms do.
 */
final class Cells {
  private static final int MAX_ZEROS = 400;

  private Cells() {}

  /**
   * Appends a row whose cells are found by column name.
   *
   * @throws dev.millrace.spi.error.MillraceException category DATA, if a value does not fit; the
   *     batch is then as before
   */
  static void append(RowBatch batch, Map<String, ?> values) {
    int row = batch.add(ChangeKind.INSERT);
    try {
      List<Column> columns = batch.type().columns();
      for (int c = 0; c < columns.size(); c++) {
        set(batch, row, c, columns.get(c), values.get(columns.get(c).name()));
      }
    } catch (RuntimeException e) {
      batch.removeLast();
      throw e;
    }
  }

  private static void set(RowBatch batch, int row, int index, Column column, Object value) {
    if (value == null) {
      if (!column.type().nullable()) {
        throw ProcessErrors.missingVariable(column);
      }
      batch.setNull(row, index);
      return;
    }
    try {
      RowValues.set(batch, row, index, convert(value, column.type()));
    } catch (IllegalArgumentException
        | ArithmeticException
        | ClassCastException
        | DateTimeException e) {
      String reason =
          e.getMessage() == null || e instanceof ClassCastException ? "" : e.getMessage();
      throw ProcessErrors.badVariable(column, value, reason.isEmpty() ? "" : " (" + reason + ")");
    }
  }

  private static Object convert(Object value, DataType type) {
    return switch (type.root()) {
      case BOOLEAN -> bool(value);
      case TINYINT -> decimal(value).byteValueExact();
      case SMALLINT -> decimal(value).shortValueExact();
      case INTEGER -> decimal(value).intValueExact();
      case BIGINT -> decimal(value).longValueExact();
      case FLOAT -> ((Number) approximate(value)).floatValue();
      case DOUBLE -> approximate(value);
      case DECIMAL -> decimal(value);
      case CHAR, VARCHAR -> text(value, type);
      case BINARY, VARBINARY -> (byte[]) value;
      case DATE -> date(value);
      case TIME -> value instanceof LocalTime time ? time : LocalTime.parse((String) value);
      case TIMESTAMP -> timestamp(value);
      case TIMESTAMP_LTZ -> instant(value);
      case MAP -> entries((Map<?, ?>) value, type);
      case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL ->
          throw new IllegalArgumentException("no column has this type");
    };
  }

  private static Map<Object, Object> entries(Map<?, ?> map, DataType type) {
    Map<Object, Object> entries = new LinkedHashMap<>();
    map.forEach((key, value) -> entries.put(entry(key, type.key()), entry(value, type.value())));
    return entries;
  }

  private static Object entry(Object value, DataType type) {
    return value == null ? null : convert(value, type);
  }

  private static Boolean bool(Object value) {
    if (value instanceof Boolean bool) {
      return bool;
    }
    return switch (((String) value).strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  private static BigDecimal decimal(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    if (value instanceof Double || value instanceof Float) {
      // the shortest text that stands for it, as it was most likely written
      return new BigDecimal(value.toString());
    }
    if (value instanceof Number || value instanceof String) {
      return new BigDecimal(value.toString().strip());
    }
    throw new ClassCastException();
  }

  private static Double approximate(Object value) {
    return value instanceof Number number
        ? number.doubleValue()
        : Double.valueOf(((String) value).strip());
  }

  private static String text(Object value, DataType type) {
    if (value instanceof byte[]) {
      throw new ClassCastException();
    }
    String text =
        value instanceof Map || value instanceof List ? Json.write(value) : plain(value).toString();
    if (text.length() > type.precision()) {
      throw new IllegalArgumentException("it has " + text.length() + " characters");
    }
    return text;
  }

  private static Object plain(Object value) {
    if (value instanceof Date date) {
      return timestamp(date);
    }
    return value instanceof BigDecimal decimal ? plain(decimal) : value;
  }

  /** Never writes out the zeros of 1e999999999. */
  private static String plain(BigDecimal decimal) {
    return Math.abs((long) decimal.scale()) > MAX_ZEROS
        ? decimal.toString()
        : decimal.toPlainString();
  }

  private static LocalDate date(Object value) {
    if (value instanceof LocalDate date) {
      return date;
    }
    return value instanceof String text && !text.contains("T") && !text.strip().contains(" ")
        ? LocalDate.parse(text.strip())
        : timestamp(value).toLocalDate();
  }

  private static LocalDateTime timestamp(Object value) {
    if (value instanceof LocalDateTime timestamp) {
      return timestamp;
    }
    if (value instanceof String text) {
      return LocalDateTime.parse(text.strip().replace(' ', 'T'));
    }
    return LocalDateTime.ofInstant(instant(value), ZoneId.systemDefault());
  }

  private static Instant instant(Object value) {
    if (value instanceof Instant instant) {
      return instant;
    }
    if (value instanceof Date date) {
      return Instant.ofEpochMilli(date.getTime());
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (value instanceof ZonedDateTime time) {
      return time.toInstant();
    }
    return OffsetDateTime.parse(((String) value).strip().replace(' ', 'T')).toInstant();
  }
}
