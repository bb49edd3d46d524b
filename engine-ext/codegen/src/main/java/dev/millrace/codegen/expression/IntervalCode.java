// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;
import java.util.List;

/** Dates, times and timestamps plus and minus intervals, and minus each other. */
final class IntervalCode {
  private IntervalCode() {}

  static Value emit(Expression.Call call, Emitter to, String operator) {
    Value left = to.emit(call.arguments().get(0));
    Value right = to.emit(call.arguments().get(1));
    if (left.alwaysNull() || right.alwaysNull()) {
      return Value.nullOf(call.type());
    }
    boolean swapped = isInterval(left) && !isInterval(right);
    if (swapped && operator.equals("-")) {
      throw CodegenErrors.argumentsNotSupported(call);
    }
    Value point = swapped ? right : left;
    Value interval = swapped ? left : right;
    String isNull = to.anyNull(List.of(left, right));
    String text =
        isInterval(interval)
            ? shifted(call, point, interval, operator)
            : difference(call, left, right, operator);
    return to.local(call.type(), text, isNull);
  }

  /** A point in time plus an interval. */
  static Value plus(Expression.Call call, Value point, Value interval, Emitter to) {
    String isNull = to.anyNull(List.of(point, interval));
    return to.local(call.type(), shifted(call, point, interval, "+"), isNull);
  }

  private static boolean isInterval(Value value) {
    return isMonths(value) || value.type().root() == TypeRoot.INTERVAL_DAY_TIME;
  }

  private static boolean isMonths(Value value) {
    return value.type().root() == TypeRoot.INTERVAL_YEAR_MONTH;
  }

  private static String shifted(
      Expression.Call call, Value point, Value interval, String operator) {
    String by = interval.word();
    String months = operator.equals("-") ? "-" + by : by;
    return switch (point.type().root()) {
      case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> point.word() + " " + operator + " " + by;
      case DATE -> {
        if (isMonths(interval)) {
          yield "Times.addMonthsToDate(" + point.word() + ", " + months + ")";
        }
        yield call.type().root() == TypeRoot.DATE
            ? point.word() + " " + operator + " (int) (" + by + " / 86400000L)"
            : "(" + point.word() + " * 86400000L " + operator + " " + by + ") * 1000L";
      }
      case TIME ->
          isMonths(interval)
              ? point.word()
              : "(int) (("
                  + point.word()
                  + " + 86400000L "
                  + operator
                  + " "
                  + by
                  + " % 86400000L) % 86400000L)";
      case TIMESTAMP, TIMESTAMP_LTZ ->
          isMonths(interval)
              ? "Times.addMonths(" + point.word() + ", " + months + ")"
              : point.word() + " " + operator + " " + by + " * 1000L";
      default -> throw CodegenErrors.argumentsNotSupported(call);
    };
  }

  private static String difference(Expression.Call call, Value left, Value right, String operator) {
    if (operator.equals("+")) {
      throw CodegenErrors.argumentsNotSupported(call);
    }
    String a = millis(call, left);
    String b = millis(call, right);
    return call.type().root() == TypeRoot.INTERVAL_YEAR_MONTH
        ? "Times.monthsBetween(" + a + ", " + b + ")"
        : a + " - " + b;
  }

  static String millis(Expression.Call call, Value value) {
    return switch (value.type().root()) {
      case DATE -> "(" + value.word() + " * 86400000L)";
      case TIME -> "((long) " + value.word() + ")";
      case TIMESTAMP, TIMESTAMP_LTZ -> "Math.floorDiv(" + value.word() + ", 1000L)";
      default -> throw CodegenErrors.argumentsNotSupported(call);
    };
  }

  /** An interval times a whole number. */
  static Value scale(Expression.Call call, Emitter to) {
    Value left = to.emit(call.arguments().get(0));
    Value right = to.emit(call.arguments().get(1));
    boolean whole =
        isInterval(left) ? right.type().root().isInteger() : left.type().root().isInteger();
    if (!whole || isInterval(left) == isInterval(right)) {
      throw CodegenErrors.argumentsNotSupported(call);
    }
    DataType type = call.type();
    String java = JavaType.of(type).javaName();
    String text = "(" + java + ") " + left.word() + " * (" + java + ") " + right.word();
    return to.local(type, text, to.anyNull(List.of(left, right)));
  }
}
