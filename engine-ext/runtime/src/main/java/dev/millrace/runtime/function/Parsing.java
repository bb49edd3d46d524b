// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * CAST of a text to a number or BOOLEAN, by Flink's rules. Answers {@link Words#NULL} or null for
 * what is none.
 */
public final class Parsing {
  /** What {@link #toDoubleBits} answers for what is no number; no number has these bits. */
  public static final long NO_DOUBLE = 0x7ff8000000000001L;

  private static final String SMALLEST_LONG = "9223372036854775808";
  private static final int MAX_WORD_DIGITS = 18;

  /** Exponents beyond would make digits without end before they are found not to fit. */
  private static final int MAX_MAGNITUDE = 100;

  private Parsing() {}

  /** 1 for true, 0 for false. */
  public static long toBoolean(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "t", "true", "y", "yes", "1" -> 1;
      case "f", "false", "n", "no", "0" -> 0;
      default -> Words.NULL;
    };
  }

  public static long toByte(String text) {
    return inRange(toLong(text), Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  public static long toShort(String text) {
    return inRange(toLong(text), Short.MIN_VALUE, Short.MAX_VALUE);
  }

  public static long toInt(String text) {
    return inRange(toLong(text), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static long inRange(long value, long min, long max) {
    return value < min || value > max ? Words.NULL : value;
  }

  /**
   * The integer part of a decimal number between blanks. The smallest long is also {@link
   * Words#NULL}: see {@link #isSmallestLong}.
   */
  public static long toLong(String text) {
    int i = start(text);
    int end = end(text);
    boolean negative = i < end && text.charAt(i) == '-';
    if (negative || (i < end && text.charAt(i) == '+')) {
      i++;
    }
    if (i >= end) {
      return Words.NULL;
    }
    long negated = 0;
    for (; i < end && text.charAt(i) != '.'; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || negated < Long.MIN_VALUE / 10) {
        return Words.NULL;
      }
      negated = negated * 10 - digit;
      if (negated > 0) {
        return Words.NULL;
      }
    }
    for (i++; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return Words.NULL;
      }
    }
    return negative ? negated : -negated;
  }

  /** Tells the smallest long from what is no number, where {@link #toLong} said NULL. */
  public static boolean isSmallestLong(String text) {
    int i = start(text);
    int end = end(text);
    if (i >= end || text.charAt(i) != '-') {
      return false;
    }
    i++;
    while (i < end && text.charAt(i) == '0') {
      i++;
    }
    if (!text.startsWith(SMALLEST_LONG, i)) {
      return false;
    }
    i += SMALLEST_LONG.length();
    if (i < end && text.charAt(i++) != '.') {
      return false;
    }
    while (i < end && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i >= end;
  }

  private static int start(String text) {
    int i = 0;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  private static int end(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return end;
  }

  /** The raw bits of a float. */
  public static long toFloatBits(String text) {
    try {
      return Float.floatToRawIntBits(Float.parseFloat(text));
    } catch (NumberFormatException e) {
      return Words.NULL;
    }
  }

  /** The raw bits of a double, or {@link #NO_DOUBLE}. */
  public static long toDoubleBits(String text) {
    try {
      return Double.doubleToRawLongBits(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return NO_DOUBLE;
    }
  }

  /** The word of a plain decimal number of few digits; {@link Decimals#BEYOND} for all else. */
  public static long toDecimalWord(String text, int precision, int scale) {
    int length = text.length();
    int i = 0;
    boolean negative = length > 0 && text.charAt(0) == '-';
    if (negative) {
      i++;
    }
    if (i >= length || length - i > MAX_WORD_DIGITS) {
      return Decimals.BEYOND;
    }
    long value = 0;
    int digits = 0;
    int fraction = -1;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.' && fraction < 0) {
        fraction = digits;
      } else if (c >= '0' && c <= '9') {
        value = value * 10 + (c - '0');
        digits++;
      } else {
        return Decimals.BEYOND;
      }
    }
    if (digits == 0) {
      return Decimals.BEYOND;
    }
    int from = fraction < 0 ? 0 : digits - fraction;
    return Decimals.rescaleWord(negative ? -value : value, from, precision, scale);
  }

  /** A decimal number, also with an exponent; null for none and where it does not fit. */
  public static BigDecimal toDecimal(String text, int precision, int scale) {
    try {
      BigDecimal value = new BigDecimal(blanksCut(text));
      long magnitude = (long) value.precision() - value.scale();
      if (magnitude > MAX_MAGNITUDE && value.signum() != 0) {
        return null;
      }
      boolean tiny = magnitude < -MAX_MAGNITUDE || value.signum() == 0;
      return Decimals.fit(tiny ? BigDecimal.ZERO : value, precision, scale);
    } catch (NumberFormatException | ArithmeticException e) {
      return null;
    }
  }

  private static String blanksCut(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t';
  }
}
