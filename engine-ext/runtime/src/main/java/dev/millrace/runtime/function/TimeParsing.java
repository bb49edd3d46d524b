// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/** CAST of a text to DATE, TIME or TIMESTAMP. {@link Words#NULL} for what is none. */
public final class TimeParsing {
  private static final int MAX_YEAR = 9999;
  private static final int[] POWERS = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000};

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-[MM][M]-[dd][d]")
          .optionalStart()
          .appendPattern(" [HH][H]:[mm][m]:[ss][s]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .toFormatter();

  private TimeParsing() {}

  /** Year, year and month, or all three; anything behind a blank is not looked at. */
  public static long toDate(String text) {
    int blank = text.indexOf(' ');
    String date = blank > 0 ? text.substring(0, blank) : text;
    String[] parts = date.split("-", 3);
    int year = number(parts[0]);
    int month = parts.length > 1 ? number(parts[1]) : 1;
    int day = parts.length > 2 ? number(parts[2]) : 1;
    if (year < 0 || year > MAX_YEAR || month < 1 || month > 12 || day < 1) {
      return Words.NULL;
    }
    return day > YearMonth.of(year, month).lengthOfMonth()
        ? Words.NULL
        : LocalDate.of(year, month, day).toEpochDay();
  }

  /** Of digits only; -1 for anything else. */
  private static int number(String text) {
    String digits = text.trim();
    if (digits.isEmpty() || digits.length() > 9) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  /**
   * Hour, and optionally minute, second, fraction, and an offset that is added; one with minutes
   * only behind seconds.
   */
  public static long toTime(String text, int precision) {
    int sign = text.indexOf('-');
    int direction = -1;
    if (sign < 0) {
      sign = text.indexOf('+');
      direction = 1;
    }
    long offset = sign < 0 ? 0 : offsetMinutes(text.substring(sign + 1));
    String time = sign < 0 ? text : text.substring(0, sign);
    String[] parts = time.split(":", 3);
    String seconds = parts.length > 2 ? parts[2] : "0";
    int dot = seconds.indexOf('.');
    int hour = number(parts[0]);
    int minute = parts.length > 1 ? number(parts[1]) : 0;
    int second = number(dot < 0 ? seconds : seconds.substring(0, dot));
    boolean valid =
        hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
    boolean offsetTooEarly = parts.length < 3 && sign >= 0 && text.indexOf(':', sign) >= 0;
    if (!valid || offset < 0 || offsetTooEarly) {
      return Words.NULL;
    }
    int fraction = dot < 0 ? 0 : millis(seconds.substring(dot + 1).trim());
    long minutes = hour * 60L + minute + direction * offset;
    return Times.truncateTime((int) ((minutes * 60 + second) * 1000 + fraction), precision);
  }

  private static long offsetMinutes(String text) {
    int colon = text.indexOf(':');
    int hours = number(colon < 0 ? text : text.substring(0, colon));
    int minutes = colon < 0 ? 0 : number(text.substring(colon + 1));
    return hours < 0 || minutes < 0 ? -1 : hours * 60L + minutes;
  }

  /** Three digits, rounded up by the fourth. */
  private static int millis(String fraction) {
    int value = 0;
    for (int i = 0; i < 3; i++) {
      char c = i < fraction.length() ? fraction.charAt(i) : '0';
      value = value * 10 + (c >= '0' && c <= '9' ? c - '0' : 0);
    }
    boolean up = fraction.length() > 3 && fraction.charAt(3) >= '5';
    return up ? value + 1 : value;
  }

  /** TO_TIMESTAMP: cut to milliseconds. */
  public static long toTimestamp(String text) {
    return toTimestamp(text, 3);
  }

  /** {@code 2026-01-31[ 13:05:00[.123456789]]}, cut to the precision. */
  public static long toTimestamp(String text, int precision) {
    long quick = plainTimestamp(text);
    if (quick != Words.NULL) {
      return Times.truncate(quick, precision);
    }
    try {
      return Times.truncate(micros(TIMESTAMP.parse(text)), precision);
    } catch (DateTimeException e) {
      return Words.NULL;
    }
  }

  /** The form with two digits for all but the year, on a day that every month has; else NULL. */
  private static long plainTimestamp(String text) {
    int length = text.length();
    boolean plain =
        length >= 19
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == ' '
            && text.charAt(13) == ':'
            && text.charAt(16) == ':'
            && (length == 19 || (text.charAt(19) == '.' && length > 20 && length <= 26));
    if (!plain) {
      return Words.NULL;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    int fraction = length > 20 ? digits(text, 20, length) : 0;
    boolean valid =
        year > 0
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= 28
            && hour >= 0
            && hour <= 23
            && minute >= 0
            && minute <= 59
            && second >= 0
            && second <= 59
            && fraction >= 0;
    if (!valid) {
      return Words.NULL;
    }
    long micros = length > 20 ? (long) fraction * POWERS[26 - length] : 0;
    long seconds =
        Times.epochDay(year, month, day) * 86_400L + hour * 3600L + minute * 60L + second;
    return seconds * Times.MICROS_PER_SECOND + micros;
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  /** The fields a text has; those of 1970-01-01 00:00:00 for the others. */
  static long micros(TemporalAccessor fields) {
    return LocalDateTime.of(
                    field(fields, ChronoField.YEAR, 1970),
                    field(fields, ChronoField.MONTH_OF_YEAR, 1),
                    field(fields, ChronoField.DAY_OF_MONTH, 1),
                    field(fields, ChronoField.HOUR_OF_DAY, 0),
                    field(fields, ChronoField.MINUTE_OF_HOUR, 0),
                    field(fields, ChronoField.SECOND_OF_MINUTE, 0))
                .toEpochSecond(ZoneOffset.UTC)
            * Times.MICROS_PER_SECOND
        + field(fields, ChronoField.NANO_OF_SECOND, 0) / 1000;
  }

  private static int field(TemporalAccessor fields, ChronoField field, int otherwise) {
    return fields.isSupported(field) ? fields.get(field) : otherwise;
  }
}
