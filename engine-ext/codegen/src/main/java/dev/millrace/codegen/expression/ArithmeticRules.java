// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;
import java.util.List;
import java.util.Map;

/**
 * Plus, minus, times, divided by, modulo. Integers wrap around and are divided towards zero;
 * decimals are computed exactly and rounded half up to the call's type, NULL where they do not fit.
 */
final class ArithmeticRules {
  private ArithmeticRules() {}

  static void addTo(Map<Function, CallRule> rules) {
    rules.put(Function.PLUS, (call, to) -> plusOrMinus(call, to, "+"));
    rules.put(Function.MINUS, (call, to) -> plusOrMinus(call, to, "-"));
    rules.put(Function.TIMES, (call, to) -> times(call, to));
    rules.put(Function.DIVIDE, (call, to) -> binary(call, to, "/"));
    rules.put(Function.MOD, (call, to) -> binary(call, to, "%"));
    rules.put(Function.NEGATE, ArithmeticRules::negate);
  }

  private static Value plusOrMinus(Expression.Call call, Emitter to, String operator) {
    List<Expression> arguments = call.arguments();
    boolean numeric = arguments.stream().allMatch(a -> a.type().root().isNumeric());
    return numeric ? binary(call, to, operator) : IntervalCode.emit(call, to, operator);
  }

  private static Value times(Expression.Call call, Emitter to) {
    boolean numeric = call.arguments().stream().allMatch(a -> a.type().root().isNumeric());
    return numeric ? binary(call, to, "*") : IntervalCode.scale(call, to);
  }

  private static Value binary(Expression.Call call, Emitter to, String operator) {
    Value left = to.emit(call.arguments().get(0));
    Value right = to.emit(call.arguments().get(1));
    if (left.alwaysNull() || right.alwaysNull()) {
      return Value.nullOf(call.type());
    }
    TypeRoot root = call.type().root();
    if (root == TypeRoot.DECIMAL) {
      return DecimalCode.binary(call, operator, left, right, to);
    }
    if (!root.isNumeric() || !isNumber(left) || !isNumber(right)) {
      throw CodegenErrors.argumentsNotSupported(call);
    }
    boolean mayFail = root.isInteger() && (operator.equals("/") || operator.equals("%"));
    return mayFail
        ? integerDivision(call.type(), operator, left, right, to)
        : total(call.type(), operator, left, right, to);
  }

  private static boolean isNumber(Value value) {
    return value.type().root().isNumeric();
  }

  private static Value total(DataType type, String operator, Value left, Value right, Emitter to) {
    String a = NumericCasts.text(left, type);
    String b = NumericCasts.text(right, type);
    return to.local(
        type, narrow(type, a + " " + operator + " " + b), to.anyNull(List.of(left, right)));
  }

  private static Value integerDivision(
      DataType type, String operator, Value left, Value right, Emitter to) {
    String a = dividend(type, operator, left);
    String b = NumericCasts.text(right, type);
    String result = narrow(type, a + " " + operator + " " + b);
    String isNull = to.anyNull(List.of(left, right));
    if (isNonZeroLiteral(b)) {
      return to.local(type, result, isNull);
    }
    String divisor = to.local(type, b, Value.NEVER).word();
    String zero = divisor + " == 0";
    to.line("if (" + (isNull.equals(Value.NEVER) ? zero : "!" + isNull + " && " + zero) + ") {");
    to.line("  throw FunctionErrors.divisionByZero();");
    to.line("}");
    String quotient = a + " " + operator + " " + divisor;
    return isNull.equals(Value.NEVER)
        ? to.local(type, narrow(type, quotient), isNull)
        : to.local(type, narrow(type, isNull + " ? 0 : " + quotient), isNull);
  }

  /** A modulo's left side keeps its own width, so that the remainder is not of a wrapped number. */
  private static String dividend(DataType type, String operator, Value left) {
    TypeRoot root = left.type().root();
    if (!operator.equals("%") || root == type.root()) {
      return NumericCasts.text(left, type);
    }
    return root == TypeRoot.DECIMAL ? NumericCasts.text(left, DataType.BIGINT) : left.word();
  }

  private static boolean isNonZeroLiteral(String text) {
    return text.matches("\\(?-?[1-9][0-9]*L?\\)?");
  }

  /** A Java expression of the type's width; TINYINT and SMALLINT wrap around as Flink's do. */
  static String narrow(DataType type, String expression) {
    return switch (type.root()) {
      case TINYINT -> "(byte) (" + expression + ")";
      case SMALLINT -> "(short) (" + expression + ")";
      case INTEGER -> "(int) (" + expression + ")";
      case FLOAT -> "(float) (" + expression + ")";
      default -> expression;
    };
  }

  private static Value negate(Expression.Call call, Emitter to) {
    Value value = to.emit(call.arguments().get(0));
    DataType type = call.type();
    if (value.alwaysNull()) {
      return Value.nullOf(type);
    }
    if (type.root() == TypeRoot.DECIMAL) {
      return DecimalCode.unary(type, "negate", value, to);
    }
    return to.local(type, narrow(type, "-" + value.word()), value.isNull());
  }
}
