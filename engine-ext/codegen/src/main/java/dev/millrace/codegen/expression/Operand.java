// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.spi.type.DataType;

/**
 * An exact number seen as a decimal.
 *
 * @param digits the most it can have
 */
record Operand(Value value, int digits, int scale) {
  /** Numbers of up to so many digits fit a {@code long}, and so does the sum of two of them. */
  static final int SAFE_DIGITS = 18;

  /** No {@code long} has more digits. */
  static final int LONG_DIGITS = 19;

  static Operand of(Value value) {
    DataType type = value.type();
    return switch (type.root()) {
      case TINYINT -> new Operand(value, 3, 0);
      case SMALLINT -> new Operand(value, 5, 0);
      case INTEGER -> new Operand(value, 10, 0);
      case BIGINT -> new Operand(value, 19, 0);
      case DECIMAL -> new Operand(value, type.precision(), type.scale());
      default -> throw new IllegalArgumentException(type + " is not an exact number");
    };
  }

  static boolean isExact(Value value) {
    return value.type().root().isExactNumeric();
  }

  /** The word as a {@code long}. */
  String word() {
    return value.javaType() == JavaType.INT ? "(long) " + value.word() : value.word();
  }

  /** Whether the word is a constant whose magnitude is a {@code long}, and not zero. */
  boolean isNonZeroLiteral() {
    return value.word().matches("\\(?-?[1-9][0-9]*L?\\)?");
  }

  /** The constant. */
  long literal() {
    return Long.parseLong(value.word().replaceAll("[()L]", ""));
  }

  /** Word, wide half and scale, as functions of {@code Decimals} take them. */
  String arguments() {
    return word() + ", " + value.wide() + ", " + scale;
  }

  /** Whether it, at a higher scale, is sure to fit a {@code long}. */
  boolean isSafeAt(int newScale) {
    return digits + newScale - scale <= SAFE_DIGITS;
  }

  /** The word at a higher scale; wraps around where it is not safe. */
  String wordAt(int newScale) {
    return newScale == scale ? word() : "(" + word() + " * " + powerOfTen(newScale - scale) + ")";
  }

  /** A condition that is true where {@link #wordAt} has wrapped around; or null. */
  String wrapsAt(int newScale) {
    if (newScale == scale || isSafeAt(newScale)) {
      return null;
    }
    String power = powerOfTen(newScale - scale);
    return "Math.multiplyHigh(" + word() + ", " + power + ") != " + wordAt(newScale) + " >> 63";
  }

  static String powerOfTen(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power = Math.multiplyExact(power, 10L);
    }
    return power + "L";
  }
}
