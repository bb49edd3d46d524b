// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.time.LocalDate;

/**
 * Dates, times and timestamps: days since 1970-01-01, milliseconds of the day, microseconds since
 * 1970-01-01T00:00. Times before 1970 are rounded down like all others; Flink 2.3 rounds some of
 * them towards 1970 and so comes to the next day.
 */
public final class Times {
  public static final long MILLIS_PER_DAY = 86_400_000L;
  public static final long MICROS_PER_SECOND = 1_000_000L;
  public static final long MICROS_PER_DAY = MILLIS_PER_DAY * 1000;

  private static final long DAYS_TO_1970 = 719_468L;
  private static final long DAYS_PER_ERA = 146_097L;
  private static final long MIN_SECONDS = -62_167_219_200L;
  private static final long MAX_SECONDS = 253_402_300_799L;
  private static final int[] MICROS_AT = {1_000_000, 100_000, 10_000, 1000, 100, 10, 1};
  private static final int[] MILLIS_AT = {1000, 100, 10, 1};

  private Times() {}

  /** The day of a date of the proleptic Gregorian calendar, which must exist. */
  static long epochDay(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400L);
    long ofEra = y - era * 400;
    long ofYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * DAYS_PER_ERA + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - DAYS_TO_1970;
  }

  public static int day(long micros) {
    return (int) Math.floorDiv(micros, MICROS_PER_DAY);
  }

  public static int millisOfDay(long micros) {
    return (int) (Math.floorMod(micros, MICROS_PER_DAY) / 1000);
  }

  /** A timestamp cut to a number of digits behind the second. */
  public static long truncate(long micros, int precision) {
    return precision >= 6 ? micros : micros - Math.floorMod(micros, (long) MICROS_AT[precision]);
  }

  public static int truncateTime(int millis, int precision) {
    return precision >= 3 ? millis : millis - Math.floorMod(millis, MILLIS_AT[precision]);
  }

  /** The same day some months later or earlier, or the last day of that month. */
  public static int addMonthsToDate(int days, int months) {
    return Math.toIntExact(LocalDate.ofEpochDay(days).plusMonths(months).toEpochDay());
  }

  /** As {@link #addMonthsToDate}, at the same time of day. */
  public static long addMonths(long micros, int months) {
    return addMonthsToDate(day(micros), months) * MICROS_PER_DAY
        + Math.floorMod(micros, MICROS_PER_DAY);
  }

  /** Whole months from b to a, both in milliseconds; negative where a is before b. */
  public static int monthsBetween(long a, long b) {
    int dayA = (int) Math.floorDiv(a, MILLIS_PER_DAY);
    int dayB = (int) Math.floorDiv(b, MILLIS_PER_DAY);
    int months = dayA < dayB ? -wholeMonths(dayB, dayA) : wholeMonths(dayA, dayB);
    boolean early = Math.floorMod(a, MILLIS_PER_DAY) < Math.floorMod(b, MILLIS_PER_DAY);
    return early && addMonthsToDate(dayB, months) == dayA ? months - 1 : months;
  }

  private static int wholeMonths(int later, int earlier) {
    int months = (later - earlier) / 31;
    while (addMonthsToDate(earlier, months) < later
        && addMonthsToDate(earlier, months + 1) <= later) {
      months++;
    }
    return months;
  }

  /** Whole units from start to end, both in milliseconds, towards zero. */
  public static int unitsBetween(long end, long start, long unitMillis) {
    return (int) ((end - start) / unitMillis);
  }

  /**
   * An epoch number of so many digits behind the second as microseconds; NULL outside the years 0
   * to 9999.
   */
  public static long fromEpoch(long epoch, int precision) {
    long factor = (long) Math.pow(10, precision);
    long seconds = Math.floorDiv(epoch, factor);
    if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
      return Words.NULL;
    }
    long nanos = Math.floorMod(epoch, factor) * (long) Math.pow(10, 9 - precision);
    return seconds * MICROS_PER_SECOND + nanos / 1000;
  }

  public static long fromEpoch(long epoch) {
    return fromEpoch(epoch, 3);
  }

  public static long fromEpoch(double epoch, int precision) {
    double seconds = epoch / Math.pow(10, precision);
    if (!(seconds >= MIN_SECONDS && seconds <= MAX_SECONDS)) {
      return Words.NULL;
    }
    return Math.floorDiv((long) (epoch * Math.pow(10, 9 - precision)), 1000L);
  }

  public static long fromEpoch(double epoch) {
    return fromEpoch(epoch, 3);
  }

  public static long epochSeconds(long micros) {
    return Math.floorDiv(micros, MICROS_PER_SECOND);
  }
}
