// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Dates and times as Flink writes and reads them: {@code 2026-01-02}, {@code 03:04:05.678}, both
 * with a {@link TimestampStyle}'s separator between for a timestamp, {@code Z} behind for
 * TIMESTAMP_LTZ. Independent of the locale. Stateless.
 */
final class TextTimes {
  private static final int MICRO_DIGITS = 6;
  private static final int NANO_DIGITS = 9;
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;
  private static final int DATE_CHARS = 10;

  private TextTimes() {}

  /** Days since 1970-01-01 of {@code y-m-d}; month and day may have one digit. */
  static long parseDate(char[] text, int from, int to) {
    int first = indexOf(text, '-', from, to);
    int second = indexOf(text, '-', first + 1, to);
    if (first - from != 4 || second - first > 3 || to - second > 3) {
      throw new DateTimeException("expected yyyy-MM-dd");
    }
    return LocalDate.of(
            digits(text, from, first),
            digits(text, first + 1, second),
            digits(text, second + 1, to))
        .toEpochDay();
  }

  /** Microseconds of the day of {@code HH:mm[:ss[.fraction]]}; further digits are cut. */
  static long parseTime(char[] text, int from, int to) {
    if (to - from < 5 || text[from + 2] != ':') {
      throw new DateTimeException("expected HH:mm:ss");
    }
    int hour = digits(text, from, from + 2);
    int minute = digits(text, from + 3, from + 5);
    int second = 0;
    long micros = 0;
    if (to - from > 5) {
      if (text[from + 5] != ':' || to - from < 8) {
        throw new DateTimeException("expected HH:mm:ss");
      }
      second = digits(text, from + 6, from + 8);
      micros = to - from > 8 ? parseFraction(text, from + 8, to) : 0;
    }
    if (hour > 23 || minute > 59 || second > 59) {
      throw new DateTimeException("no such time");
    }
    return (hour * 3600L + minute * 60L + second) * MICROS_PER_SECOND + micros;
  }

  /** Microseconds since 1970-01-01T00:00 of a date, the separator, and a time with seconds. */
  static long parseTimestamp(char[] text, int from, int to, char separator) {
    if (to - from < DATE_CHARS + 9 || text[from + DATE_CHARS] != separator) {
      throw new DateTimeException("expected yyyy-MM-dd" + separator + "HH:mm:ss");
    }
    return parseDate(text, from, from + DATE_CHARS) * MICROS_PER_DAY
        + parseTime(text, from + DATE_CHARS + 1, to);
  }

  /** As {@link #parseTimestamp} with a {@code Z} behind. */
  static long parseInstant(char[] text, int from, int to, char separator) {
    if (from == to || text[to - 1] != 'Z') {
      throw new DateTimeException("expected yyyy-MM-dd" + separator + "HH:mm:ssZ");
    }
    return parseTimestamp(text, from, to - 1, separator);
  }

  /** Cuts microseconds to a precision of 0 to 6 fractional digits, towards the past. */
  static long truncate(long micros, int precision) {
    return precision >= MICRO_DIGITS
        ? micros
        : micros - Math.floorMod(micros, TextNumbers.POWERS_OF_TEN[MICRO_DIGITS - precision]);
  }

  static void appendDate(StringBuilder out, long days) {
    out.append(LocalDate.ofEpochDay(days));
  }

  /** {@code HH:mm:ss} and as many fractional digits as it takes. */
  static void appendTime(StringBuilder out, long microsOfDay) {
    int seconds = (int) (microsOfDay / MICROS_PER_SECOND);
    appendTwoDigits(out, seconds / 3600);
    appendTwoDigits(out.append(':'), seconds / 60 % 60);
    appendTwoDigits(out.append(':'), seconds % 60);
    long rest = microsOfDay % MICROS_PER_SECOND;
    if (rest > 0) {
      out.append('.');
      for (long unit = MICROS_PER_SECOND / 10; rest > 0; unit /= 10) {
        out.append((char) ('0' + rest / unit));
        rest %= unit;
      }
    }
  }

  static void appendTimestamp(StringBuilder out, long micros, char separator) {
    appendDate(out, Math.floorDiv(micros, MICROS_PER_DAY));
    appendTime(out.append(separator), Math.floorMod(micros, MICROS_PER_DAY));
  }

  private static void appendTwoDigits(StringBuilder out, int value) {
    out.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }

  private static long parseFraction(char[] text, int from, int to) {
    int count = to - from - 1;
    if (text[from] != '.' || count < 1 || count > NANO_DIGITS) {
      throw new DateTimeException("expected a fraction of 1 to 9 digits");
    }
    int shown = Math.min(count, MICRO_DIGITS);
    digits(text, from + 1, to);
    return digits(text, from + 1, from + 1 + shown)
        * TextNumbers.POWERS_OF_TEN[MICRO_DIGITS - shown];
  }

  private static int indexOf(char[] text, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    throw new DateTimeException("expected yyyy-MM-dd");
  }

  private static int digits(char[] text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        throw new DateTimeException("expected a digit, found '" + text[i] + "'");
      }
      value = 10 * value + digit;
    }
    if (from == to) {
      throw new DateTimeException("expected a digit");
    }
    return value;
  }
}
