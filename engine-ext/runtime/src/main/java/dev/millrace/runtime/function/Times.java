// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.time.LocalDate;

/**
 * Dates, times and timestamps: days since 1970-01-01, milliseconds of the day, microseconds since
 * 1970-01-01T00:00.
 */
public final class Times {
  public static final long MILLIS_PER_DAY = 86_400_000L;
  public static final long MICROS_PER_DAY = MILLIS_PER_DAY * 1000;

  private Times() {}

  /** The same day some months later or earlier, or the last day of that month. */
  public static int addMonthsToDate(int days, int months) {
    return Math.toIntExact(LocalDate.ofEpochDay(days).plusMonths(months).toEpochDay());
  }

  /** As {@link #addMonthsToDate}, at the same time of day. */
  public static long addMonths(long micros, int months) {
    long day = Math.floorDiv(micros, MICROS_PER_DAY);
    long ofDay = Math.floorMod(micros, MICROS_PER_DAY);
    return addMonthsToDate(Math.toIntExact(day), months) * MICROS_PER_DAY + ofDay;
  }

  /** Whole months from b to a, both in milliseconds; negative where a is before b. */
  public static int monthsBetween(long a, long b) {
    if (a < b) {
      return -monthsBetween(b, a);
    }
    LocalDate from = LocalDate.ofEpochDay(Math.floorDiv(b, MILLIS_PER_DAY));
    LocalDate to = LocalDate.ofEpochDay(Math.floorDiv(a, MILLIS_PER_DAY));
    int months = (to.getYear() - from.getYear()) * 12 + to.getMonthValue() - from.getMonthValue();
    boolean early =
        to.getDayOfMonth() < from.getDayOfMonth()
            || (to.getDayOfMonth() == from.getDayOfMonth()
                && Math.floorMod(a, MILLIS_PER_DAY) < Math.floorMod(b, MILLIS_PER_DAY));
    return early ? months - 1 : months;
  }
}
