// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.plan.expression.TimeUnit;
import dev.millrace.runtime.function.CalendarFormat;
import dev.millrace.runtime.function.TimeFormat;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;
import java.util.List;
import java.util.Map;

/** Functions of dates, times and timestamps. */
final class TimeRules {
  private static final Expression NOW =
      new Expression.Call(
          Function.CURRENT_TIMESTAMP, List.of(), DataType.timestampLtz(3).notNull());

  private TimeRules() {}

  static void addTo(Map<Function, CallRule> rules) {
    rules.put(Function.EXTRACT, ExtractCode::emit);
    rules.put(Function.FLOOR, (call, to) -> rounded(call, to, "floor"));
    rules.put(Function.CEIL, (call, to) -> rounded(call, to, "ceil"));
    rules.put(Function.TIMESTAMP_ADD, TimeRules::add);
    rules.put(Function.TIMESTAMP_DIFF, TimeRules::difference);
    addFormats(rules);
    addClock(rules);
  }

  private static void addFormats(Map<Function, CallRule> rules) {
    CallRule formatText = StaticCall.of("SS", "reformat").with(CalendarFormat.class).nullable();
    CallRule formatTime = StaticCall.of("TS", "format").or("uS", "format").with(TimeFormat.class);
    rules.put(
        Function.DATE_FORMAT, (call, to) -> byText(call, formatText, formatTime).emit(call, to));
    CallRule plainDate = StaticCall.of("S", "TimeParsing.toDate").nullable();
    CallRule patternDate = StaticCall.of("SS", "toDate").with(CalendarFormat.class).nullable();
    rules.put(Function.TO_DATE, (call, to) -> byCount(call, plainDate, patternDate).emit(call, to));
    CallRule plainTime = StaticCall.of("S", "TimeParsing.toTimestamp").nullable();
    CallRule patternTime =
        StaticCall.of("SS", "parse").or("SSS", "parse").with(TimeFormat.class).nullable();
    rules.put(
        Function.TO_TIMESTAMP, (call, to) -> byCount(call, plainTime, patternTime).emit(call, to));
    CallRule epoch =
        StaticCall.of("LI", "Times.fromEpoch")
            .or("L", "Times.fromEpoch")
            .or("DI", "Times.fromEpoch")
            .or("D", "Times.fromEpoch")
            .nullable();
    rules.put(
        Function.TO_TIMESTAMP_LTZ,
        (call, to) ->
            isText(call, 0)
                ? byCount(call, plainTime, patternTime).emit(call, to)
                : epoch.emit(wholeDecimal(call), to));
    rules.put(Function.UNIX_TIMESTAMP, TimeRules::unixTimestamp);
    rules.put(
        Function.FROM_UNIXTIME,
        StaticCall.of("L", "fromUnix").or("LS", "fromUnix").with(CalendarFormat.class).zoned());
    rules.put(
        Function.CONVERT_TZ, StaticCall.of("SSS", "convert").with(CalendarFormat.class).nullable());
  }

  private static boolean isText(Expression.Call call, int argument) {
    return call.arguments().get(argument).type().root().isCharacter();
  }

  private static CallRule byText(Expression.Call call, CallRule text, CallRule other) {
    return isText(call, 0) ? text : other;
  }

  private static CallRule byCount(Expression.Call call, CallRule one, CallRule more) {
    return call.arguments().size() == 1 ? one : more;
  }

  /** An epoch number of type DECIMAL counts by its integer part. */
  private static Expression.Call wholeDecimal(Expression.Call call) {
    Expression epoch = call.arguments().get(0);
    if (epoch.type().root() != TypeRoot.DECIMAL) {
      return call;
    }
    DataType type = DataType.BIGINT.withNullable(epoch.type().nullable());
    Expression whole = new Expression.Cast(epoch, type, false);
    List<Expression> arguments =
        call.arguments().size() == 1 ? List.of(whole) : List.of(whole, call.arguments().get(1));
    return new Expression.Call(call.function(), arguments, call.type());
  }

  private static Value unixTimestamp(Expression.Call call, Emitter to) {
    if (call.arguments().isEmpty()) {
      String now = to.emit(NOW).word();
      return to.local(call.type(), "Times.epochSeconds(" + now + ")", Value.NEVER);
    }
    CallRule text =
        StaticCall.of("S", "toUnix").or("SS", "toUnix").with(CalendarFormat.class).zoned();
    CallRule time = StaticCall.of("T", "Times.epochSeconds").or("U", "Times.epochSeconds");
    return byText(call, text, time).emit(call, to);
  }

  /** One reading of the clock serves the whole row. */
  private static void addClock(Map<Function, CallRule> rules) {
    rules.put(Function.PROCTIME, (call, to) -> to.emit(NOW).as(call.type()));
    rules.put(Function.CURRENT_TIMESTAMP, (call, to) -> now(call, to));
    rules.put(Function.LOCALTIMESTAMP, (call, to) -> local(call, to, "%s"));
    rules.put(Function.CURRENT_DATE, (call, to) -> local(call, to, "Times.day(%s)"));
    rules.put(Function.CURRENT_TIME, (call, to) -> local(call, to, "Times.millisOfDay(%s)"));
    rules.put(Function.LOCALTIME, (call, to) -> local(call, to, "Times.millisOfDay(%s)"));
  }

  private static Value now(Expression.Call call, Emitter to) {
    return call.equals(NOW)
        ? to.local(call.type(), to.kernel().zone() + ".now()", Value.NEVER)
        : to.emit(NOW).as(call.type());
  }

  private static Value local(Expression.Call call, Emitter to, String part) {
    String local = to.kernel().zone() + ".toLocal(" + to.emit(NOW).word() + ")";
    return to.local(call.type(), part.formatted(local), Value.NEVER);
  }

  /** The unit an argument names. */
  static TimeUnit unit(Expression.Call call, int argument) {
    String name = TextRules.literal(call, argument);
    for (TimeUnit unit : TimeUnit.values()) {
      if (unit.name().equals(name)) {
        return unit;
      }
    }
    throw CodegenErrors.argumentNotSupported(call, "a unit of time is missing");
  }

  private static Value rounded(Expression.Call call, Emitter to, String function) {
    if (call.arguments().size() == 1) {
      return MathRules.whole(call, to, function);
    }
    Value value = to.emit(call.arguments().get(0));
    TimeUnit unit = unit(call, 1);
    if (value.alwaysNull()) {
      return Value.nullOf(call.type());
    }
    String text =
        switch (value.type().root()) {
          case DATE -> ofDate(call, value, unit, function);
          case TIME -> ofTime(call, value, unit, function);
          case TIMESTAMP -> ofTimestamp(call, value.word(), unit, function);
          case TIMESTAMP_LTZ -> {
            String local =
                to.local(
                        DataType.BIGINT,
                        to.kernel().zone() + ".toLocal(" + value.word() + ")",
                        Value.NEVER)
                    .word();
            yield ofTimestamp(call, local, unit, function)
                + " - ("
                + local
                + " - "
                + value.word()
                + ")";
          }
          default -> throw CodegenErrors.argumentsNotSupported(call);
        };
    return to.local(call.type(), text, value.isNull());
  }

  private static String ofDate(Expression.Call call, Value value, TimeUnit unit, String function) {
    if (micros(unit) > 0 && unit != TimeUnit.DAY && unit != TimeUnit.WEEK) {
      throw CodegenErrors.argumentNotSupported(call, "a DATE has no " + unit);
    }
    return "TimeRounding.%sDate(%s, %s)".formatted(function, value.word(), name(call, unit));
  }

  private static String ofTime(Expression.Call call, Value value, TimeUnit unit, String function) {
    long micros = micros(unit);
    if (micros <= 0 || micros >= micros(TimeUnit.DAY)) {
      throw CodegenErrors.argumentNotSupported(call, "a TIME has no " + unit);
    }
    return "(int) (TimeRounding.%s(%s * 1000L, %dL) / 1000L)"
        .formatted(function, value.word(), micros);
  }

  private static String ofTimestamp(
      Expression.Call call, String micros, TimeUnit unit, String function) {
    long length = micros(unit);
    return length > 0 && unit != TimeUnit.WEEK
        ? "TimeRounding.%s(%s, %dL)".formatted(function, micros, length)
        : "TimeRounding.%sDateOf(%s, %s)".formatted(function, micros, name(call, unit));
  }

  /** The unit as a constant of the generated class, where a date can be rounded to it. */
  private static String name(Expression.Call call, TimeUnit unit) {
    return switch (unit) {
      case MILLENNIUM, CENTURY, DECADE, YEAR, QUARTER, MONTH, WEEK, DAY ->
          "\"" + unit.name() + "\"";
      default -> throw CodegenErrors.argumentNotSupported(call, "cannot round to " + unit);
    };
  }

  /** The length of a unit that always has the same; 0 for the others. */
  static long micros(TimeUnit unit) {
    return switch (unit) {
      case WEEK -> 604_800_000_000L;
      case DAY -> 86_400_000_000L;
      case HOUR -> 3_600_000_000L;
      case MINUTE -> 60_000_000L;
      case SECOND -> 1_000_000L;
      case MILLISECOND -> 1000L;
      case MICROSECOND -> 1L;
      default -> 0L;
    };
  }

  private static int months(Expression.Call call, TimeUnit unit) {
    return switch (unit) {
      case YEAR -> 12;
      case QUARTER -> 3;
      case MONTH -> 1;
      default -> throw CodegenErrors.argumentNotSupported(call, "cannot count in " + unit);
    };
  }

  private static Value add(Expression.Call call, Emitter to) {
    TimeUnit unit = unit(call, 0);
    Value count = to.emit(call.arguments().get(1));
    Value time = to.emit(call.arguments().get(2));
    if (count.alwaysNull() || time.alwaysNull()) {
      return Value.nullOf(call.type());
    }
    if (!count.type().root().isInteger()) {
      throw CodegenErrors.argumentsNotSupported(call);
    }
    long micros = micros(unit);
    DataType type =
        new DataType(
            micros > 0 ? TypeRoot.INTERVAL_DAY_TIME : TypeRoot.INTERVAL_YEAR_MONTH, 0, 0, true);
    if (micros > 0 && micros < 1000) {
      throw CodegenErrors.argumentNotSupported(call, "cannot count in " + unit);
    }
    String factor = micros > 0 ? micros / 1000 + "L" : "" + months(call, unit);
    String scaled = NumericCasts.text(count, micros > 0 ? DataType.BIGINT : DataType.INT);
    Value interval = to.local(type, scaled + " * " + factor, count.isNull());
    return IntervalCode.plus(call, time, interval, to);
  }

  private static Value difference(Expression.Call call, Emitter to) {
    TimeUnit unit = unit(call, 0);
    Value start = to.emit(call.arguments().get(1));
    Value end = to.emit(call.arguments().get(2));
    if (start.alwaysNull() || end.alwaysNull()) {
      return Value.nullOf(call.type());
    }
    String a = IntervalCode.millis(call, end);
    String b = IntervalCode.millis(call, start);
    long micros = micros(unit);
    if (micros == 1) {
      throw CodegenErrors.argumentNotSupported(call, "cannot count in " + unit);
    }
    String text =
        micros > 0
            ? "Times.unitsBetween(" + a + ", " + b + ", " + micros / 1000 + "L)"
            : "Times.monthsBetween(" + a + ", " + b + ") / " + months(call, unit);
    return to.local(call.type(), text, to.anyNull(List.of(start, end)));
  }
}
