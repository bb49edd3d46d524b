// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;

/** Conversions between numbers, as Flink makes them: Java's own, hence narrowing wraps around. */
final class NumericCasts {
  private NumericCasts() {}

  /** A Java expression of a number in another type, which is not DECIMAL; never fails. */
  static String text(Value value, DataType type) {
    TypeRoot from = value.type().root();
    if (from == TypeRoot.DECIMAL) {
      String decimal = Operand.of(value).arguments();
      return switch (type.root()) {
        case DOUBLE -> decimalToDouble(value, decimal);
        case FLOAT -> "((float) " + decimalToDouble(value, decimal) + ")";
        default -> primitive("Decimals.toLong(" + decimal + ")", TypeRoot.BIGINT, type.root());
      };
    }
    return primitive(value.word(), from, type.root());
  }

  /** Flink divides a compact decimal's word, and asks BigDecimal for others. */
  private static String decimalToDouble(Value value, String decimal) {
    DataType type = value.type();
    return type.precision() <= DataType.MAX_COMPACT_PRECISION
        ? "(" + value.word() + " / (double) " + Operand.powerOfTen(type.scale()) + ")"
        : "Decimals.toDouble(" + decimal + ")";
  }

  private static String primitive(String text, TypeRoot from, TypeRoot to) {
    if (from == to) {
      return text;
    }
    return switch (to) {
      case TINYINT -> "((byte) " + text + ")";
      case SMALLINT -> "((short) " + text + ")";
      case INTEGER, INTERVAL_YEAR_MONTH -> "((int) " + text + ")";
      case BIGINT, INTERVAL_DAY_TIME -> "((long) " + text + ")";
      case FLOAT -> "((float) " + text + ")";
      case DOUBLE -> "((double) " + text + ")";
      default -> throw new IllegalArgumentException(to + " is not a primitive number");
    };
  }

  /** A number as a DECIMAL, rounded half up; NULL where it has too many digits. */
  static Value toDecimal(Value value, DataType type, Emitter to) {
    if (value.type().root().isApproximate()) {
      return approximateToDecimal(value, type, to);
    }
    Operand operand = Operand.of(value);
    int whole = operand.digits() - operand.scale();
    boolean fits = type.scale() >= operand.scale() && whole + type.scale() <= type.precision();
    if (fits && operand.isSafeAt(type.scale()) && !value.mayBeWide()) {
      String word = to.local(DataType.BIGINT, operand.wordAt(type.scale()), Value.NEVER).word();
      return Value.of(type, word, value.isNull());
    }
    if (fits && type.scale() == operand.scale()) {
      return new Value(type, operand.word(), value.wide(), value.isNull());
    }
    if (type.scale() == operand.scale() && type.precision() >= Operand.LONG_DIGITS) {
      return anyWordFits(value, operand, type, to);
    }
    Value result = to.declare(type);
    to.line(result.isNull() + " = " + value.isNull() + ";");
    to.open("if (!" + result.isNull() + ")");
    String limits = ", " + type.precision() + ", " + type.scale() + ")";
    String fast = "Decimals.rescaleWord(" + operand.word() + ", " + operand.scale() + limits;
    String beyond = value.mayBeWide() ? value.wide() + " != null ? Decimals.BEYOND : " : "";
    to.line(result.word() + " = " + beyond + fast + ";");
    to.open("if (" + result.word() + " == Decimals.BEYOND)");
    DecimalCode.fromBig(result, "Decimals.rescale(" + operand.arguments() + limits, to);
    to.close();
    to.close();
    return result;
  }

  /** Only what is beyond its word may have too many digits. */
  private static Value anyWordFits(Value value, Operand operand, DataType type, Emitter to) {
    if (!value.mayBeWide()) {
      return new Value(type, operand.word(), Value.NO_WIDE, value.isNull());
    }
    Value result = to.declare(type);
    to.assign(result, new Value(type, operand.word(), value.wide(), value.isNull()));
    to.open("if (" + result.wide() + " != null)");
    DecimalCode.fromBig(
        result,
        "Decimals.rescale("
            + operand.arguments()
            + ", "
            + type.precision()
            + ", "
            + type.scale()
            + ")",
        to);
    to.close();
    return result;
  }

  private static Value approximateToDecimal(Value value, DataType type, Emitter to) {
    Value result = to.declare(type);
    to.line(result.isNull() + " = " + value.isNull() + ";");
    to.open("if (!" + result.isNull() + ")");
    String limits = ", " + type.precision() + ", " + type.scale() + ")";
    DecimalCode.fromBig(result, "Decimals.fromDouble((double) " + value.word() + limits, to);
    to.close();
    return result;
  }
}
