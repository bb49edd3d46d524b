// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** Constants in generated code: numbers are printed, all else travels by reference. */
final class Literals {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private Literals() {}

  static Value value(Expression.Literal literal, KernelClass kernel) {
    DataType type = literal.type();
    Object value = literal.value();
    if (value == null) {
      return Value.nullOf(type);
    }
    return switch (type.root()) {
      case BOOLEAN -> never(type, value.toString());
      case TINYINT, SMALLINT, INTEGER, INTERVAL_YEAR_MONTH ->
          never(type, integer(((Number) value).intValue()));
      case BIGINT, INTERVAL_DAY_TIME -> never(type, integer(((Number) value).longValue()));
      case FLOAT -> never(type, approximate(((Number) value).floatValue()));
      case DOUBLE -> never(type, approximate(((Number) value).doubleValue()));
      case DECIMAL -> decimal((BigDecimal) value, type, kernel);
      case CHAR, VARCHAR -> Value.reference(type, kernel.constant(value, "String"), true);
      case BINARY, VARBINARY -> Value.reference(type, kernel.constant(value, "byte[]"), true);
      case DATE -> never(type, integer((int) ((LocalDate) value).toEpochDay()));
      case TIME ->
          never(type, integer((int) (((LocalTime) value).toNanoOfDay() / NANOS_PER_MILLI)));
      case TIMESTAMP -> never(type, integer(RowValues.toMicros((LocalDateTime) value)));
      case TIMESTAMP_LTZ -> never(type, integer(RowValues.toMicros((Instant) value)));
      case MAP -> throw new IllegalStateException("there are no literals of type MAP");
      case NULL -> Value.nullOf(type);
    };
  }

  private static Value never(DataType type, String text) {
    return Value.of(type, text, Value.NEVER);
  }

  static String integer(int value) {
    return value == Integer.MIN_VALUE
        ? "Integer.MIN_VALUE"
        : value < 0 ? "(" + value + ")" : Integer.toString(value);
  }

  static String integer(long value) {
    return value == Long.MIN_VALUE
        ? "Long.MIN_VALUE"
        : value < 0 ? "(" + value + "L)" : value + "L";
  }

  private static String approximate(float value) {
    return "Float.intBitsToFloat(" + integer(Float.floatToRawIntBits(value)) + ")";
  }

  private static String approximate(double value) {
    return Double.isFinite(value)
        ? "(" + value + "D)"
        : "Double.longBitsToDouble(" + integer(Double.doubleToRawLongBits(value)) + ")";
  }

  private static Value decimal(BigDecimal value, DataType type, KernelClass kernel) {
    BigDecimal fitted = RowValues.fit(value, type);
    BigInteger unscaled = fitted.unscaledValue();
    if (unscaled.bitLength() < Long.SIZE) {
      return never(type, integer(unscaled.longValue()));
    }
    return new Value(type, "0L", kernel.constant(fitted, "BigDecimal"), Value.NEVER);
  }
}
