// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.DataType;
import java.math.BigDecimal;

/**
 * Numbers from characters without a string between, where they have the common plain form; any
 * other form takes the JDK's way. Single-threaded or not: stateless.
 */
final class TextNumbers {
  /** 10^18 is the largest power of ten in a long. */
  static final long[] POWERS_OF_TEN = new long[19];

  private static final int MAX_LONG_DIGITS = 18;
  private static final int MAX_EXACT_DOUBLE_DIGITS = 15;
  private static final int MAX_NUMBER_CHARS = 1000;
  private static final double[] EXACT_DOUBLE_POWERS = new double[MAX_EXACT_DOUBLE_DIGITS + 1];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = 10 * POWERS_OF_TEN[i - 1];
    }
    for (int i = 0; i < EXACT_DOUBLE_POWERS.length; i++) {
      EXACT_DOUBLE_POWERS[i] = POWERS_OF_TEN[i];
    }
  }

  private TextNumbers() {}

  /**
   * @throws NumberFormatException if the text is no integer or lies outside the bounds
   */
  static long parseInteger(char[] text, int from, int to, long min, long max) {
    int at = from;
    boolean negative = at < to && text[at] == '-';
    if (negative || (at < to && text[at] == '+')) {
      at++;
    }
    long value = 0;
    if (to - at > MAX_LONG_DIGITS || at == to) {
      value = Long.parseLong(string(text, from, to));
    } else {
      for (; at < to; at++) {
        int digit = text[at] - '0';
        if (digit < 0 || digit > 9) {
          throw new NumberFormatException("not an integer");
        }
        value = 10 * value + digit;
      }
      value = negative ? -value : value;
    }
    if (value < min || value > max) {
      throw new NumberFormatException("out of range");
    }
    return value;
  }

  /** Exact where digits and power of ten are both exact doubles (Clinger's fast path). */
  static double parseDouble(char[] text, int from, int to) {
    int at = from;
    boolean negative = at < to && text[at] == '-';
    if (negative) {
      at++;
    }
    long digits = 0;
    int count = 0;
    int point = -1;
    for (; at < to; at++) {
      char c = text[at];
      if (c >= '0' && c <= '9' && count < MAX_EXACT_DOUBLE_DIGITS) {
        digits = 10 * digits + (c - '0');
        count++;
      } else if (c == '.' && point < 0) {
        point = count;
      } else {
        return Double.parseDouble(string(text, from, to));
      }
    }
    if (count == 0) {
      throw new NumberFormatException("not a number");
    }
    double value = point < 0 ? digits : digits / EXACT_DOUBLE_POWERS[count - point];
    return negative ? -value : value;
  }

  /**
   * Sets a DECIMAL cell, rounded half up to the type's scale.
   *
   * @throws NumberFormatException if the text is no number
   * @throws ArithmeticException if it has too many digits
   */
  static void setDecimal(
      RowBatch batch, int row, int column, DataType type, char[] text, int from, int to) {
    if (type.precision() > DataType.MAX_COMPACT_PRECISION
        || !setCompactDecimal(batch, row, column, type, text, from, to)) {
      BigDecimal value = new BigDecimal(string(text, from, to));
      batch.setDecimal(row, column, RowValues.fit(value, type));
    }
  }

  /** The plain form {@code -12.34} that needs no rounding; false if it is another form. */
  private static boolean setCompactDecimal(
      RowBatch batch, int row, int column, DataType type, char[] text, int from, int to) {
    boolean negative = from < to && text[from] == '-';
    long unscaled = 0;
    int count = 0;
    int point = -1;
    for (int at = negative ? from + 1 : from; at < to; at++) {
      char c = text[at];
      if (c >= '0' && c <= '9' && count < MAX_LONG_DIGITS) {
        unscaled = 10 * unscaled + (c - '0');
        count++;
      } else if (c == '.' && point < 0) {
        point = count;
      } else {
        return false;
      }
    }
    int missing = type.scale() - (point < 0 ? 0 : count - point);
    if (count == 0 || missing < 0 || count + missing > type.precision()) {
      return false;
    }
    unscaled *= POWERS_OF_TEN[missing];
    batch.setLong(row, column, negative ? -unscaled : unscaled);
    return true;
  }

  /** Bounded, for the JDK's parsers take quadratic time. */
  static String string(char[] text, int from, int to) {
    if (to - from > MAX_NUMBER_CHARS) {
      throw new NumberFormatException("more than " + MAX_NUMBER_CHARS + " characters");
    }
    return new String(text, from, to - from);
  }
}
