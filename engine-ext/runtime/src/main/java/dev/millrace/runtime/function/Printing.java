// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.math.BigDecimal;
import java.time.LocalDate;

/** CAST to STRING, in Flink's forms. */
public final class Printing {
  private static final int MILLIS_PER_SECOND = 1000;
  private static final int DIGITS_OF_MICROS = 6;

  private Printing() {}

  public static String ofBoolean(boolean value) {
    return value ? "TRUE" : "FALSE";
  }

  public static String ofLong(long value) {
    return Long.toString(value);
  }

  public static String ofFloat(float value) {
    return Float.toString(value);
  }

  public static String ofDouble(double value) {
    return Double.toString(value);
  }

  public static String ofDecimal(long word, BigDecimal wide, int scale) {
    return scale == 0 && wide == null
        ? Long.toString(word)
        : Decimals.big(word, wide, scale).toPlainString();
  }

  /** {@code 2026-01-31}. */
  public static String ofDate(int days) {
    StringBuilder text = new StringBuilder(10);
    appendDate(text, days);
    return text.toString();
  }

  /**
   * {@code 13:05:00}, and up to {@code precision} digits as far as they are needed, at least one.
   */
  public static String ofTime(int millis, int precision) {
    StringBuilder text = new StringBuilder(12);
    appendTime(text, Math.floorDiv(millis, MILLIS_PER_SECOND));
    if (precision > 0) {
      int rest = Math.floorMod(millis, MILLIS_PER_SECOND);
      text.append('.');
      int digits = 0;
      do {
        text.append((char) ('0' + rest / 100));
        rest = rest % 100 * 10;
        digits++;
      } while (rest != 0 && digits < precision);
    }
    return text.toString();
  }

  /** {@code 2026-01-31 13:05:00.000}, with exactly {@code precision} digits. */
  public static String ofTimestamp(long micros, int precision) {
    StringBuilder text = new StringBuilder(26);
    appendDate(text, (int) Math.floorDiv(micros, Times.MICROS_PER_DAY));
    long ofDay = Math.floorMod(micros, Times.MICROS_PER_DAY);
    text.append(' ');
    appendTime(text, (int) (ofDay / Times.MICROS_PER_SECOND));
    if (precision > 0) {
      text.append('.');
      int fraction = (int) (ofDay % Times.MICROS_PER_SECOND);
      int power = 100_000;
      for (int d = 0; d < Math.min(precision, DIGITS_OF_MICROS); d++) {
        text.append((char) ('0' + fraction / power % 10));
        power /= 10;
      }
    }
    return text.toString();
  }

  private static void appendDate(StringBuilder text, int days) {
    LocalDate date = LocalDate.ofEpochDay(days);
    int year = date.getYear();
    two(text, year / 100 % 100);
    two(text, year % 100);
    text.append('-');
    two(text, date.getMonthValue());
    text.append('-');
    two(text, date.getDayOfMonth());
  }

  private static void appendTime(StringBuilder text, int seconds) {
    two(text, seconds / 3600);
    text.append(':');
    two(text, seconds / 60 % 60);
    text.append(':');
    two(text, seconds % 60);
  }

  private static void two(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /** {@code +2-06}. */
  public static String ofMonths(int months) {
    StringBuilder text = new StringBuilder().append(months < 0 ? '-' : '+');
    int all = Math.abs(months);
    text.append(all / 12).append('-');
    two(text, all % 12);
    return text.toString();
  }

  /** {@code +1 02:03:04.567}. */
  public static String ofMillis(long millis) {
    StringBuilder text = new StringBuilder().append(millis < 0 ? '-' : '+');
    long all = Math.abs(millis);
    text.append(all / Times.MILLIS_PER_DAY).append(' ');
    long ofDay = all % Times.MILLIS_PER_DAY;
    appendTime(text, (int) (ofDay / MILLIS_PER_SECOND));
    int rest = (int) (ofDay % MILLIS_PER_SECOND);
    text.append('.').append((char) ('0' + rest / 100));
    two(text, rest % 100);
    return text.toString();
  }
}
