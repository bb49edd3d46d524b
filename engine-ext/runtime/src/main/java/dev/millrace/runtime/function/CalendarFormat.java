// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.text.ParseException;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.TimeZone;

/**
 * UNIX_TIMESTAMP, FROM_UNIXTIME, CONVERT_TZ, TO_DATE with a pattern, and DATE_FORMAT of a text, at
 * one place of a query: with patterns of {@link SimpleDateFormat} and its leniency, as in Flink.
 * Single-threaded.
 */
public final class CalendarFormat {
  private static final String PLAIN = "yyyy-MM-dd HH:mm:ss";
  private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

  /** From here on the calendar is Gregorian, and plain timestamps need no {@code Calendar}. */
  private static final long GREGORIAN_SECONDS = -12_219_206_400L;

  private static final long MAX_PLAIN_SECONDS = 253_402_214_400L;

  private String pattern;
  private SimpleDateFormat format;

  /** Seconds since the epoch; the smallest long where the text does not fit. */
  public long toUnix(String text, SessionZone zone) {
    return toUnix(text, PLAIN, zone);
  }

  public long toUnix(String text, String pattern, SessionZone zone) {
    Date date = parse(text, pattern, TimeZone.getTimeZone(zone.zone()), "UNIX_TIMESTAMP");
    return date == null ? Long.MIN_VALUE : date.getTime() / 1000;
  }

  public String fromUnix(long seconds, SessionZone zone) {
    if (seconds > GREGORIAN_SECONDS && seconds < MAX_PLAIN_SECONDS) {
      return Printing.ofTimestamp(zone.toLocal(seconds * Times.MICROS_PER_SECOND), 0);
    }
    return fromUnix(seconds, PLAIN, zone);
  }

  public String fromUnix(long seconds, String pattern, SessionZone zone) {
    return format(pattern, TimeZone.getTimeZone(zone.zone()), "FROM_UNIXTIME")
        .format(new Date(seconds * 1000));
  }

  /** The same moment in another zone; null for a text that is no timestamp. */
  public String convert(String text, String from, String to) {
    Date date = parse(text, PLAIN, TimeZone.getTimeZone(from), "CONVERT_TZ");
    return date == null ? null : format(PLAIN, TimeZone.getTimeZone(to), "CONVERT_TZ").format(date);
  }

  /** Days since 1970-01-01, or NULL. */
  public long toDate(String text, String pattern) {
    Date date = parse(text, pattern, UTC, "TO_DATE");
    return date == null ? Words.NULL : Math.floorDiv(date.getTime(), Times.MILLIS_PER_DAY);
  }

  /** A text that is a timestamp in another form; null where it is none. */
  public String reformat(String text, String pattern) {
    Date date = parse(text, PLAIN, UTC, "DATE_FORMAT");
    return date == null ? null : format(pattern, UTC, "DATE_FORMAT").format(date);
  }

  private Date parse(String text, String pattern, TimeZone zone, String function) {
    try {
      return format(pattern, zone, function).parse(text);
    } catch (ParseException e) {
      return null;
    }
  }

  private SimpleDateFormat format(String wanted, TimeZone zone, String function) {
    if (!wanted.equals(pattern)) {
      try {
        format = new SimpleDateFormat(wanted);
      } catch (IllegalArgumentException e) {
        throw FunctionErrors.badArgument(function, wanted, "a pattern such as " + PLAIN);
      }
      pattern = wanted;
    }
    format.setTimeZone(zone);
    return format;
  }
}
