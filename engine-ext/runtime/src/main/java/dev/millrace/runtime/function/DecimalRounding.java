// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Functions of one decimal; conventions as in {@link Decimals}. */
public final class DecimalRounding {
  private static final int MAX_POWER = 18;

  private DecimalRounding() {}

  public static long negateWord(long value, int from, int precision, int scale) {
    return Decimals.rescaleWord(-value, from, precision, scale);
  }

  public static BigDecimal negate(long value, BigDecimal wide, int from, int precision, int scale) {
    return Decimals.fit(Decimals.big(value, wide, from).negate(), precision, scale);
  }

  public static long absWord(long value, int from, int precision, int scale) {
    return Decimals.rescaleWord(Math.abs(value), from, precision, scale);
  }

  public static BigDecimal abs(long value, BigDecimal wide, int from, int precision, int scale) {
    return Decimals.fit(Decimals.big(value, wide, from).abs(), precision, scale);
  }

  /** -1, 0 or 1 at the call's scale. */
  public static long signWord(long value, int from, int precision, int scale) {
    return Decimals.rescaleWord(Long.signum(value), 0, precision, scale);
  }

  public static BigDecimal sign(long value, BigDecimal wide, int from, int precision, int scale) {
    int sign = Decimals.big(value, wide, from).signum();
    return Decimals.fit(BigDecimal.valueOf(sign), precision, scale);
  }

  public static long floorWord(long value, int from, int precision, int scale) {
    return from > MAX_POWER
        ? Decimals.BEYOND
        : Decimals.rescaleWord(Math.floorDiv(value, Decimals.power(from)), 0, precision, scale);
  }

  public static BigDecimal floor(long value, BigDecimal wide, int from, int precision, int scale) {
    return at(Decimals.big(value, wide, from), 0, RoundingMode.FLOOR, precision, scale);
  }

  public static long ceilWord(long value, int from, int precision, int scale) {
    return from > MAX_POWER
        ? Decimals.BEYOND
        : Decimals.rescaleWord(-Math.floorDiv(-value, Decimals.power(from)), 0, precision, scale);
  }

  public static BigDecimal ceil(long value, BigDecimal wide, int from, int precision, int scale) {
    return at(Decimals.big(value, wide, from), 0, RoundingMode.CEILING, precision, scale);
  }

  /** Half up to a number of digits behind the point, or before it. */
  public static BigDecimal round(
      long value, BigDecimal wide, int from, int digits, int precision, int scale) {
    int kept = Math.min(digits, from);
    return at(Decimals.big(value, wide, from), kept, RoundingMode.HALF_UP, precision, scale);
  }

  public static long roundWord(long value, int from, int digits, int precision, int scale) {
    if (digits >= from) {
      return Decimals.rescaleWord(value, from, precision, scale);
    }
    return digits < 0 || from - digits > MAX_POWER
        ? Decimals.BEYOND
        : Decimals.rescaleWord(
            Decimals.rescaleWord(value, from, MAX_POWER, digits), digits, precision, scale);
  }

  /** Towards zero, to a number of digits behind the point, or before it. */
  public static BigDecimal truncate(
      long value, BigDecimal wide, int from, int digits, int precision, int scale) {
    int kept = Math.min(digits, from);
    return at(Decimals.big(value, wide, from), kept, RoundingMode.DOWN, precision, scale);
  }

  public static long truncateWord(long value, int from, int digits, int precision, int scale) {
    if (digits >= from) {
      return Decimals.rescaleWord(value, from, precision, scale);
    }
    return digits < 0 || from - digits > MAX_POWER
        ? Decimals.BEYOND
        : Decimals.rescaleWord(value / Decimals.power(from - digits), digits, precision, scale);
  }

  private static BigDecimal at(
      BigDecimal value, int digits, RoundingMode mode, int precision, int scale) {
    return Decimals.fit(value.setScale(digits, mode), precision, scale);
  }
}
