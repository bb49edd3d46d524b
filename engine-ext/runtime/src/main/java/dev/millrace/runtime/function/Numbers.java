// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;

/** Functions of integers and floating-point numbers. */
public final class Numbers {
  private static final int MAX_DIGITS = 18;

  private Numbers() {}

  public static double cot(double x) {
    return 1.0D / Math.tan(x);
  }

  public static double log(double base, double x) {
    return Math.log(x) / Math.log(base);
  }

  public static double log2(double x) {
    return log(2, x);
  }

  /** Half up, by the shortest decimal text of the number. */
  public static double round(double x, int digits) {
    if (!Double.isFinite(x)) {
      return x;
    }
    return rounded(BigDecimal.valueOf(x), digits, RoundingMode.HALF_UP).doubleValue();
  }

  public static float roundFloat(float x, int digits) {
    if (!Float.isFinite(x)) {
      return x;
    }
    return rounded(BigDecimal.valueOf(x), digits, RoundingMode.HALF_UP).floatValue();
  }

  /** Digits below 0 round before the point; wraps around as the narrowing of a long does. */
  public static long round(long x, int digits) {
    return digits >= 0
        ? x
        : rounded(BigDecimal.valueOf(x), digits, RoundingMode.HALF_UP).longValue();
  }

  /** Towards zero; digits beyond the eighteenth behind the point are cut in any case. */
  public static double truncate(double x, int digits) {
    if (!Double.isFinite(x)) {
      return x;
    }
    BigDecimal held = BigDecimal.valueOf(x).setScale(MAX_DIGITS, RoundingMode.HALF_UP);
    return rounded(held, Math.min(digits, MAX_DIGITS), RoundingMode.DOWN).doubleValue();
  }

  public static float truncateFloat(float x, int digits) {
    return (float) truncate((double) x, digits);
  }

  public static long truncate(long x, int digits) {
    return digits >= 0 ? x : rounded(BigDecimal.valueOf(x), digits, RoundingMode.DOWN).longValue();
  }

  private static BigDecimal rounded(BigDecimal value, int digits, RoundingMode mode) {
    return value.setScale(digits, mode);
  }

  /** The first number of a generator of that seed. */
  public static double random(int seed) {
    return new Random(seed).nextDouble();
  }

  /** From 0 to below the bound. */
  public static int randomInteger(Random random, int bound) {
    if (bound <= 0) {
      throw FunctionErrors.badArgument("RAND_INTEGER", "" + bound, "a bound above 0");
    }
    return random.nextInt(bound);
  }

  public static int randomInteger(int seed, int bound) {
    return randomInteger(new Random(seed), bound);
  }
}
