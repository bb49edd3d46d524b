// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Decimals. A decimal comes as its word, its reference (null where the word holds it) and its
 * scale. Functions of words do not allocate and answer {@link #BEYOND} where the result or a step
 * to it exceeds a {@code long}; the others compute any value and answer null where the result has
 * more digits than its type, which is NULL in SQL. Results are rounded half up.
 */
public final class Decimals {
  /** No decimal of a word has this value, which is thus free to mean: compute it otherwise. */
  public static final long BEYOND = Long.MIN_VALUE;

  private static final int MAX_POWER = 18;
  private static final int MAX_COMPACT_PRECISION = 18;
  private static final long MAX_QUOTIENT = 1_000_000_000_000_000_000L;
  private static final long EXACT_DOUBLE = 1L << 52;
  private static final MathContext DIVISION = new MathContext(38, RoundingMode.HALF_UP);
  private static final long[] POWERS = new long[MAX_POWER + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i <= MAX_POWER; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private Decimals() {}

  public static BigDecimal big(long word, BigDecimal wide, int scale) {
    return wide != null ? wide : BigDecimal.valueOf(word, scale);
  }

  /** The word of a cell that holds the value; 0 for null. */
  public static long word(BigDecimal value) {
    return value != null && fitsWord(value) ? value.unscaledValue().longValue() : 0;
  }

  /** The reference of a cell that holds the value; null where the word does. */
  public static BigDecimal wide(BigDecimal value) {
    return value == null || fitsWord(value) ? null : value;
  }

  private static boolean fitsWord(BigDecimal value) {
    return value.unscaledValue().bitLength() < Long.SIZE;
  }

  /** The value as DECIMAL(precision, scale), or null. */
  public static BigDecimal fit(BigDecimal value, int precision, int scale) {
    BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
    return rounded.precision() > precision ? null : rounded;
  }

  public static BigDecimal plus(
      long a, BigDecimal aw, int as, long b, BigDecimal bw, int bs, int precision, int scale) {
    return fit(big(a, aw, as).add(big(b, bw, bs)), precision, scale);
  }

  public static BigDecimal minus(
      long a, BigDecimal aw, int as, long b, BigDecimal bw, int bs, int precision, int scale) {
    return fit(big(a, aw, as).subtract(big(b, bw, bs)), precision, scale);
  }

  public static BigDecimal times(
      long a, BigDecimal aw, int as, long b, BigDecimal bw, int bs, int precision, int scale) {
    return fit(big(a, aw, as).multiply(big(b, bw, bs)), precision, scale);
  }

  public static BigDecimal divide(
      long a, BigDecimal aw, int as, long b, BigDecimal bw, int bs, int precision, int scale) {
    BigDecimal divisor = big(b, bw, bs);
    if (divisor.signum() == 0) {
      throw FunctionErrors.divisionByZero();
    }
    return fit(big(a, aw, as).divide(divisor, DIVISION), precision, scale);
  }

  public static BigDecimal mod(
      long a, BigDecimal aw, int as, long b, BigDecimal bw, int bs, int precision, int scale) {
    BigDecimal divisor = big(b, bw, bs);
    if (divisor.signum() == 0) {
      throw FunctionErrors.divisionByZero();
    }
    return fit(big(a, aw, as).remainder(divisor, DIVISION), precision, scale);
  }

  /** The quotient's word, or {@link #BEYOND}. */
  public static long divideWords(long a, int as, long b, int bs, int precision, int scale) {
    int digits = scale - as + bs;
    if (a == BEYOND || b == BEYOND || b == 0 || digits < 0) {
      return BEYOND;
    }
    long divisor = Math.abs(b);
    long dividend = Math.abs(a);
    if (digits <= MAX_POWER && Math.multiplyHigh(dividend, POWERS[digits]) == 0) {
      long scaled = dividend * POWERS[digits];
      if (scaled >= 0) {
        return signed(scaled / divisor, scaled % divisor, divisor, (a ^ b) < 0, precision);
      }
    }
    return longDivision(dividend, divisor, digits, (a ^ b) < 0, precision);
  }

  /** As many further digits at a time as the remainder leaves room for. */
  private static long longDivision(
      long dividend, long divisor, int digits, boolean negative, int precision) {
    int room = roomFor(divisor);
    if (room == 0) {
      return BEYOND;
    }
    long quotient = dividend / divisor;
    long rest = dividend % divisor;
    for (int left = digits; left > 0; left -= room) {
      long power = POWERS[Math.min(left, room)];
      if (quotient > MAX_QUOTIENT / power) {
        return BEYOND;
      }
      rest *= power;
      quotient = quotient * power + rest / divisor;
      rest %= divisor;
    }
    return signed(quotient, rest, divisor, negative, precision);
  }

  private static long signed(
      long quotient, long rest, long divisor, boolean negative, int precision) {
    long rounded = rest >= divisor - rest ? quotient + 1 : quotient;
    return limited(negative ? -rounded : rounded, precision);
  }

  /** A power of ten by which any number below the divisor can be multiplied. */
  private static int roomFor(long divisor) {
    int bits = Long.numberOfLeadingZeros(divisor) - 1;
    return Math.min(MAX_POWER, bits * 1233 >> 12);
  }

  /** The remainder's word, of the dividend's sign, or {@link #BEYOND}. */
  public static long modWords(long a, int as, long b, int bs, int precision, int scale) {
    int common = Math.max(as, bs);
    if (b == 0 || common != scale) {
      return BEYOND;
    }
    long x = scaleUp(a, common - as);
    long y = scaleUp(b, common - bs);
    return x == BEYOND || y == BEYOND || y == 0 ? BEYOND : limited(x % y, precision);
  }

  /** The value's word at another scale, or {@link #BEYOND}. */
  public static long rescaleWord(long value, int from, int precision, int scale) {
    if (value == BEYOND) {
      return BEYOND;
    }
    if (scale >= from) {
      return limited(scaleUp(value, scale - from), precision);
    }
    if (from - scale > MAX_POWER) {
      return BEYOND;
    }
    return limited(divideHalfUp(value, POWERS[from - scale]), precision);
  }

  static long power(int exponent) {
    return POWERS[exponent];
  }

  private static long divideHalfUp(long value, long power) {
    long quotient = value / power;
    long rest = Math.abs(value % power);
    return rest >= power - rest ? quotient + Long.signum(value) : quotient;
  }

  private static long scaleUp(long value, int by) {
    if (by > MAX_POWER) {
      return BEYOND;
    }
    long power = POWERS[by];
    long scaled = value * power;
    return Math.multiplyHigh(value, power) == scaled >> 63 ? scaled : BEYOND;
  }

  private static long limited(long value, int precision) {
    long bound = precision <= MAX_COMPACT_PRECISION ? POWERS[precision] : MAX_QUOTIENT;
    return value < bound && value > -bound ? value : BEYOND;
  }

  public static BigDecimal rescale(
      long value, BigDecimal wide, int from, int precision, int scale) {
    return fit(big(value, wide, from), precision, scale);
  }

  /** As {@code BigDecimal.valueOf}: of the shortest decimal text of the number. */
  public static BigDecimal fromDouble(double value, int precision, int scale) {
    if (!Double.isFinite(value)) {
      throw FunctionErrors.notCast(Double.toString(value), "DECIMAL");
    }
    return fit(BigDecimal.valueOf(value), precision, scale);
  }

  public static double toDouble(long value, BigDecimal wide, int scale) {
    if (wide == null && (scale == 0 || (Math.abs(value) < EXACT_DOUBLE && scale <= MAX_POWER))) {
      return value / (double) POWERS[scale];
    }
    return big(value, wide, scale).doubleValue();
  }

  /** The integer part; its low 64 bits where it is larger. */
  public static long toLong(long value, BigDecimal wide, int scale) {
    if (wide == null) {
      return scale <= MAX_POWER ? value / POWERS[scale] : 0;
    }
    return wide.setScale(0, RoundingMode.DOWN).longValue();
  }

  public static int compare(long a, BigDecimal aw, int as, long b, BigDecimal bw, int bs) {
    if (aw == null && bw == null) {
      long x = as >= bs ? a : scaleUp(a, bs - as);
      long y = bs >= as ? b : scaleUp(b, as - bs);
      if (x != BEYOND && y != BEYOND) {
        return Long.compare(x, y);
      }
    }
    return big(a, aw, as).compareTo(big(b, bw, bs));
  }
}
