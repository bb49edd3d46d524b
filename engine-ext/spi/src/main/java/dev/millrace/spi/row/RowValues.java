// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.row;

import dev.millrace.spi.type.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Cells as Java objects, in Flink's external classes: {@link Boolean}, {@link Byte}, {@link Short},
 * {@link Integer}, {@link Long}, {@link Float}, {@link Double}, {@link BigDecimal}, {@link String},
 * {@code byte[]}, {@link LocalDate}, {@link LocalTime}, {@link LocalDateTime}, {@link Instant},
 * {@link java.util.Map}. Cold code: allocates.
 */
public final class RowValues {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private RowValues() {}

  /** The cell as an object, or null. */
  public static Object get(RowBatch batch, int row, int column) {
    if (batch.isNull(row, column)) {
      return null;
    }
    return switch (batch.type().type(column).root()) {
      case BOOLEAN -> batch.getBoolean(row, column);
      case TINYINT -> (byte) batch.getInt(row, column);
      case SMALLINT -> (short) batch.getInt(row, column);
      case INTEGER, INTERVAL_YEAR_MONTH -> batch.getInt(row, column);
      case BIGINT, INTERVAL_DAY_TIME -> batch.getLong(row, column);
      case FLOAT -> batch.getFloat(row, column);
      case DOUBLE -> batch.getDouble(row, column);
      case DECIMAL -> batch.getDecimal(row, column);
      case CHAR, VARCHAR -> batch.getString(row, column);
      case BINARY, VARBINARY -> batch.getBytes(row, column);
      case DATE -> LocalDate.ofEpochDay(batch.getInt(row, column));
      case TIME -> LocalTime.ofNanoOfDay(batch.getLong(row, column) * NANOS_PER_MILLI);
      case TIMESTAMP -> toLocalDateTime(batch.getLong(row, column));
      case TIMESTAMP_LTZ -> toInstant(batch.getLong(row, column));
      case MAP -> MapEntries.toMap(batch.getBytes(row, column), batch.type().type(column));
      case NULL -> null;
    };
  }

  /**
   * Sets a cell from an object of the class its type asks for (see above), or null. A decimal is
   * rounded half up to the column's scale.
   *
   * @throws ClassCastException if the object is of another class
   * @throws ArithmeticException if a decimal has too many digits for its column
   */
  public static void set(RowBatch batch, int row, int column, Object value) {
    if (value == null) {
      batch.setNull(row, column);
      return;
    }
    DataType type = batch.type().type(column);
    switch (type.root()) {
      case BOOLEAN -> batch.setBoolean(row, column, (Boolean) value);
      case TINYINT, SMALLINT, INTEGER, BIGINT, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
          batch.setLong(row, column, ((Number) value).longValue());
      case FLOAT -> batch.setFloat(row, column, (Float) value);
      case DOUBLE -> batch.setDouble(row, column, (Double) value);
      case DECIMAL -> batch.setDecimal(row, column, fit((BigDecimal) value, type));
      case CHAR, VARCHAR -> batch.setString(row, column, (String) value);
      case BINARY, VARBINARY -> batch.setBytes(row, column, (byte[]) value);
      case DATE -> batch.setLong(row, column, ((LocalDate) value).toEpochDay());
      case TIME -> batch.setLong(row, column, ((LocalTime) value).toNanoOfDay() / NANOS_PER_MILLI);
      case TIMESTAMP -> batch.setLong(row, column, toMicros((LocalDateTime) value));
      case TIMESTAMP_LTZ -> batch.setLong(row, column, toMicros((Instant) value));
      case MAP -> batch.setBytes(row, column, MapEntries.pack((Map<?, ?>) value, type));
      case NULL -> batch.setNull(row, column);
    }
  }

  /**
   * The value rounded half up to the type's scale; never writes out the zeros of 1e999999999.
   *
   * @throws ArithmeticException if it then has more digits than the type's precision
   */
  public static BigDecimal fit(BigDecimal value, DataType type) {
    long integerDigits = (long) value.precision() - value.scale();
    if (value.signum() == 0 || integerDigits < -type.scale()) {
      return BigDecimal.ZERO.setScale(type.scale());
    }
    BigDecimal rounded =
        integerDigits > type.precision()
            ? value
            : value.setScale(type.scale(), RoundingMode.HALF_UP);
    if (integerDigits > type.precision() || rounded.precision() > type.precision()) {
      throw new ArithmeticException(value + " does not fit " + type.withNullable(true));
    }
    return rounded;
  }

  public static LocalDateTime toLocalDateTime(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000,
        ZoneOffset.UTC);
  }

  public static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  public static long toMicros(LocalDateTime value) {
    return value.toEpochSecond(ZoneOffset.UTC) * MICROS_PER_SECOND + value.getNano() / 1000;
  }

  public static long toMicros(Instant value) {
    return Math.addExact(
        Math.multiplyExact(value.getEpochSecond(), MICROS_PER_SECOND), value.getNano() / 1000);
  }
}
