// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.TimeUnit;
import dev.millrace.spi.type.DataType;
import java.util.Locale;

/** EXTRACT of a unit from a date, time, timestamp or interval. */
final class ExtractCode {
  private ExtractCode() {}

  static Value emit(Expression.Call call, Emitter to) {
    TimeUnit unit = TimeRules.unit(call, 0);
    Value value = to.emit(call.arguments().get(1));
    if (value.alwaysNull()) {
      return Value.nullOf(call.type());
    }
    String text =
        switch (value.type().root()) {
          case DATE -> ofDate(call, value.word(), unit);
          case TIME -> ofDay(call, "(" + value.word() + " * 1000L)", unit);
          case TIMESTAMP -> ofTimestamp(call, value.word(), unit);
          case TIMESTAMP_LTZ -> {
            String local = to.kernel().zone() + ".toLocal(" + value.word() + ")";
            yield ofTimestamp(call, to.local(DataType.BIGINT, local, Value.NEVER).word(), unit);
          }
          case INTERVAL_YEAR_MONTH -> ofMonths(call, value.word(), unit);
          case INTERVAL_DAY_TIME -> ofMillis(call, value.word(), unit);
          default -> throw CodegenErrors.argumentsNotSupported(call);
        };
    return to.local(call.type(), text, value.isNull());
  }

  private static String ofTimestamp(Expression.Call call, String micros, TimeUnit unit) {
    return switch (unit) {
      case EPOCH -> "Times.epochSeconds(" + micros + ")";
      case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND ->
          ofDay(call, "Math.floorMod(" + micros + ", 86400000000L)", unit);
      default -> ofDate(call, "Times.day(" + micros + ")", unit);
    };
  }

  private static String ofDate(Expression.Call call, String days, TimeUnit unit) {
    return switch (unit) {
      case YEAR,
          QUARTER,
          MONTH,
          WEEK,
          DAY,
          DOW,
          ISODOW,
          DOY,
          ISOYEAR,
          EPOCH,
          DECADE,
          CENTURY,
          MILLENNIUM ->
          "DateFields." + unit.name().toLowerCase(Locale.ROOT) + "(" + days + ")";
      default -> throw CodegenErrors.argumentNotSupported(call, "a DATE has no " + unit);
    };
  }

  private static String ofDay(Expression.Call call, String micros, TimeUnit unit) {
    return switch (unit) {
      case HOUR -> micros + " / 3600000000L";
      case MINUTE -> micros + " % 3600000000L / 60000000L";
      case SECOND -> micros + " % 60000000L / 1000000L";
      case MILLISECOND -> micros + " % 1000000L / 1000L";
      case MICROSECOND -> micros + " % 1000000L";
      default -> throw CodegenErrors.argumentNotSupported(call, "a TIME has no " + unit);
    };
  }

  private static String ofMonths(Expression.Call call, String months, TimeUnit unit) {
    return switch (unit) {
      case YEAR -> months + " / 12";
      case MONTH -> months + " % 12";
      case QUARTER -> "(" + months + " % 12 - 1) / 3 + 1";
      default ->
          throw CodegenErrors.argumentNotSupported(call, "an interval of months has no " + unit);
    };
  }

  private static String ofMillis(Expression.Call call, String millis, TimeUnit unit) {
    return switch (unit) {
      case DAY -> millis + " / 86400000L";
      case HOUR -> millis + " % 86400000L / 3600000L";
      case MINUTE -> millis + " % 3600000L / 60000L";
      case SECOND -> millis + " % 60000L / 1000L";
      case MILLISECOND -> millis + " % 1000L";
      default ->
          throw CodegenErrors.argumentNotSupported(call, "an interval of time has no " + unit);
    };
  }
}
