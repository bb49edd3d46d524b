// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import dev.millrace.spi.row.RowValues;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * DATE_FORMAT and TO_TIMESTAMP at one place of a query, with patterns of {@link DateTimeFormatter};
 * remembers the pattern used last. Single-threaded.
 */
public final class TimeFormat {
  private String pattern;
  private DateTimeFormatter formatter;

  /** A timestamp without zone as text. */
  public String format(long micros, String pattern) {
    DateTimeFormatter known = formatter(pattern);
    if (known == null) {
      throw FunctionErrors.badArgument("DATE_FORMAT", pattern, "a pattern such as yyyy-MM-dd");
    }
    try {
      return known.format(RowValues.toLocalDateTime(micros));
    } catch (DateTimeException e) {
      throw FunctionErrors.badArgument("DATE_FORMAT", pattern, "a pattern of dates and times");
    }
  }

  /** Microseconds, cut to milliseconds; NULL for what the pattern does not fit. */
  public long parse(String text, String pattern) {
    DateTimeFormatter known = formatter(pattern);
    if (known == null) {
      return Words.NULL;
    }
    try {
      return Times.truncate(TimeParsing.micros(known.parse(text)), digits(pattern));
    } catch (DateTimeParseException e) {
      return plain(text.trim());
    } catch (DateTimeException e) {
      return Words.NULL;
    }
  }

  /** As many as the pattern has behind the point, at least three. */
  private static int digits(String pattern) {
    int count = 0;
    for (int i = pattern.length() - 1; i >= 0 && pattern.charAt(i) == 'S'; i--) {
      count++;
    }
    return Math.max(3, count);
  }

  /** Flink's second attempt: the form of JDBC. */
  private static long plain(String text) {
    try {
      if (text.indexOf(' ') >= 0) {
        return RowValues.toMicros(Timestamp.valueOf(text).toLocalDateTime());
      }
      LocalDate date = java.sql.Date.valueOf(text).toLocalDate();
      return date.toEpochDay() * Times.MICROS_PER_DAY;
    } catch (IllegalArgumentException e) {
      return Words.NULL;
    }
  }

  /** TO_TIMESTAMP_LTZ of a text in a pattern and a zone of its own. */
  public long parse(String text, String pattern, String zone) {
    long local = parse(text, pattern);
    if (local == Words.NULL) {
      return Words.NULL;
    }
    try {
      return RowValues.toMicros(
          RowValues.toLocalDateTime(local).atZone(java.time.ZoneId.of(zone)).toInstant());
    } catch (DateTimeException e) {
      return Words.NULL;
    }
  }

  private DateTimeFormatter formatter(String wanted) {
    if (!wanted.equals(pattern)) {
      formatter = orNull(wanted);
      pattern = wanted;
    }
    return formatter;
  }

  private static DateTimeFormatter orNull(String pattern) {
    try {
      return DateTimeFormatter.ofPattern(pattern);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
