// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Decimal arithmetic: on {@code long} words while the values fit, checked without a branch of its
 * own where their types leave no doubt; else by {@code Decimals} on {@code BigDecimal}.
 */
final class DecimalCode {
  private DecimalCode() {}

  static Value binary(Expression.Call call, String operator, Value left, Value right, Emitter to) {
    if (!Operand.isExact(left) || !Operand.isExact(right)) {
      throw CodegenErrors.argumentsNotSupported(call);
    }
    Computation computation = new Computation(call.type(), Operand.of(left), Operand.of(right), to);
    return switch (operator) {
      case "+", "-" -> computation.sum(operator);
      case "*" -> computation.product();
      case "/" -> computation.quotient("divide");
      case "%" -> computation.quotient("mod");
      default -> throw new IllegalArgumentException(operator);
    };
  }

  /** A function of {@code DecimalRounding} on one value. */
  static Value unary(DataType type, String function, Value value, Emitter to) {
    return ofOne(type, function, value, "", value.isNull(), to);
  }

  /** A function of {@code DecimalRounding} on a value and a number of digits. */
  static Value rounded(
      DataType type, String function, Value value, String digits, String isNull, Emitter to) {
    return ofOne(type, function, value, ", " + digits, isNull, to);
  }

  private static Value ofOne(
      DataType type, String function, Value value, String digits, String isNull, Emitter to) {
    Operand operand = Operand.of(value);
    String call = "DecimalRounding." + function;
    Value result = to.declare(type);
    to.line(result.isNull() + " = " + isNull + ";");
    to.open("if (!" + result.isNull() + ")");
    String rest = digits + limits(type) + ")";
    String fast = call + "Word(" + operand.word() + ", " + operand.scale() + rest;
    String beyond = value.mayBeWide() ? value.wide() + " != null ? Decimals.BEYOND : " : "";
    to.line(result.word() + " = " + beyond + fast + ";");
    to.open("if (" + result.word() + " == Decimals.BEYOND)");
    fromBig(result, call + "(" + operand.arguments() + rest, to);
    to.close();
    to.close();
    return result;
  }

  private static String limits(DataType type) {
    return ", " + type.precision() + ", " + type.scale();
  }

  /** Assigns what a Java call returns, a BigDecimal or null. */
  static void fromBig(Value result, String call, Emitter to) {
    String big = to.fresh("d");
    to.line("final BigDecimal " + big + " = " + call + ";");
    to.line(result.word() + " = Decimals.word(" + big + ");");
    if (result.mayBeWide()) {
      to.line(result.wide() + " = Decimals.wide(" + big + ");");
    }
    to.line(result.isNull() + " = " + big + " == null;");
  }

  private record Computation(DataType type, Operand left, Operand right, Emitter to) {
    Value sum(String operator) {
      int scale = Math.max(left.scale(), right.scale());
      if (scale != type.scale() || tooFar(left, scale) || tooFar(right, scale)) {
        return slow(operator.equals("+") ? "plus" : "minus");
      }
      String a = to.local(DataType.BIGINT, left.wordAt(scale), Value.NEVER).word();
      String b = to.local(DataType.BIGINT, right.wordAt(scale), Value.NEVER).word();
      String sum = to.local(DataType.BIGINT, a + " " + operator + " " + b, Value.NEVER).word();
      List<String> doubts = doubts();
      add(doubts, left.wrapsAt(scale));
      add(doubts, right.wrapsAt(scale));
      if (!left.isSafeAt(scale) || !right.isSafeAt(scale)) {
        doubts.add(
            operator.equals("+")
                ? "((" + a + " ^ " + sum + ") & (" + b + " ^ " + sum + ")) < 0L"
                : "((" + a + " ^ " + b + ") & (" + a + " ^ " + sum + ")) < 0L");
      }
      int whole = Math.max(left.digits() - left.scale(), right.digits() - right.scale());
      boolean fits = whole + scale + 1 <= type.precision();
      return checked(sum, doubts, fits, operator.equals("+") ? "plus" : "minus");
    }

    Value product() {
      if (left.scale() + right.scale() != type.scale()) {
        return slow("times");
      }
      String a = to.local(DataType.BIGINT, left.word(), Value.NEVER).word();
      String b = to.local(DataType.BIGINT, right.word(), Value.NEVER).word();
      String product = to.local(DataType.BIGINT, a + " * " + b, Value.NEVER).word();
      List<String> doubts = doubts();
      if (left.digits() + right.digits() > Operand.SAFE_DIGITS) {
        doubts.add(overflow(a, b, product));
      }
      boolean fits = left.digits() + right.digits() <= type.precision();
      return checked(product, doubts, fits, "times");
    }

    /** Whether a product wraps around; by a constant, it does beyond a bound. */
    private String overflow(String a, String b, String product) {
      if (left.isNonZeroLiteral()) {
        return beyond(b, left.literal());
      }
      return right.isNonZeroLiteral()
          ? beyond(a, right.literal())
          : "Math.multiplyHigh(" + a + ", " + b + ") != " + product + " >> 63";
    }

    private static String beyond(String factor, long constant) {
      String bound = Literals.integer(Long.MAX_VALUE / Math.abs(constant));
      return factor + " > " + bound + " || " + factor + " < -" + bound;
    }

    /** Division and modulo fail on zero; the fast function says with the smallest long: not I. */
    Value quotient(String function) {
      Value result = declare();
      to.open("if (!" + result.isNull() + ")");
      List<String> slowly = doubts();
      String fast =
          function
              + "Words("
              + left.word()
              + ", "
              + left.scale()
              + ", "
              + right.word()
              + ", "
              + right.scale()
              + limits(type)
              + ")";
      String condition = slowly.isEmpty() ? null : String.join(" || ", slowly);
      to.line(
          result.word()
              + " = "
              + (condition == null ? "" : condition + " ? Decimals.BEYOND : ")
              + "Decimals."
              + fast
              + ";");
      to.open("if (" + result.word() + " == Decimals.BEYOND)");
      slowInto(result, function);
      to.close();
      to.close();
      return result;
    }

    private Value checked(String fast, List<String> doubts, boolean fits, String function) {
      boolean compact = type.precision() <= DataType.MAX_COMPACT_PRECISION;
      if (doubts.isEmpty() && (fits || !compact)) {
        return Value.of(type, fast, to.anyNull(List.of(left.value(), right.value())));
      }
      if (!fits && compact) {
        String bound = Operand.powerOfTen(type.precision());
        doubts.add(fast + " >= " + bound);
        doubts.add(fast + " <= -" + bound);
      }
      Value result = declare();
      to.line(result.word() + " = " + fast + ";");
      String value = result.isNull().equals(Value.NEVER) ? "" : "!" + result.isNull() + " && ";
      to.open("if (" + value + "(" + String.join(" || ", doubts) + "))");
      slowInto(result, function);
      to.close();
      return result;
    }

    private Value slow(String function) {
      Value result = declare();
      to.open("if (!" + result.isNull() + ")");
      slowInto(result, function);
      to.close();
      return result;
    }

    private void slowInto(Value result, String function) {
      String arguments = left.arguments() + ", " + right.arguments() + limits(type);
      fromBig(result, "Decimals." + function + "(" + arguments + ")", to);
    }

    private Value declare() {
      String isNull = to.anyNull(List.of(left.value(), right.value()));
      Value result = to.declare(type);
      to.line(result.isNull() + " = " + isNull + ";");
      return result;
    }

    private List<String> doubts() {
      List<String> doubts = new ArrayList<>();
      if (left.value().mayBeWide()) {
        doubts.add(left.value().wide() + " != null");
      }
      if (right.value().mayBeWide()) {
        doubts.add(right.value().wide() + " != null");
      }
      return doubts;
    }

    private static void add(List<String> doubts, String doubt) {
      if (doubt != null) {
        doubts.add(doubt);
      }
    }

    /** Scaling by more than a long's power of ten is left to BigDecimal. */
    private static boolean tooFar(Operand operand, int scale) {
      return scale - operand.scale() > Operand.SAFE_DIGITS;
    }
  }
}
