// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.time.LocalDate;

/**
 * FLOOR and CEIL to a unit of time. Units up to the day look at the date alone, others at whole
 * milliseconds; CEIL of a date comes to the next unit even from the first day of a decade or longer
 * unit, of a quarter but the first, and of a day: all as in Flink.
 */
public final class TimeRounding {
  private TimeRounding() {}

  /** The first day of the unit a day lies in. */
  public static int floorDate(int days, String unit) {
    LocalDate date = LocalDate.ofEpochDay(days);
    int year = date.getYear();
    return switch (unit) {
      case "MILLENNIUM" -> first(1000 * ((year + 999) / 1000) - 999, 1);
      case "CENTURY" -> first(100 * ((year + 99) / 100) - 99, 1);
      case "DECADE" -> first(10 * (year / 10), 1);
      case "YEAR" -> first(year, 1);
      case "QUARTER" -> first(year, (date.getMonthValue() - 1) / 3 * 3 + 1);
      case "MONTH" -> first(year, date.getMonthValue());
      case "WEEK" -> days - dayOfWeek(days);
      default -> days;
    };
  }

  /** The first day of the unit that follows. */
  public static int ceilDate(int days, String unit) {
    LocalDate date = LocalDate.ofEpochDay(days);
    int year = date.getYear();
    int month = date.getMonthValue();
    boolean begun = month > 1 || date.getDayOfMonth() > 1;
    return switch (unit) {
      case "MILLENNIUM" -> first(1000 * ((year + 999) / 1000) + 1, 1);
      case "CENTURY" -> first(100 * ((year + 99) / 100) + 1, 1);
      case "DECADE" -> first(10 * (1 + year / 10), 1);
      case "YEAR" -> first(begun ? year + 1 : year, 1);
      case "QUARTER" -> first(year, ((month + 2) / 3 + (begun ? 1 : 0)) * 3 - 2);
      case "MONTH" -> first(year, date.getDayOfMonth() > 1 ? month + 1 : month);
      case "WEEK" -> dayOfWeek(days) == 0 ? days : days - dayOfWeek(days) + 7;
      default -> days + 1;
    };
  }

  /** 0 for a Sunday. */
  private static int dayOfWeek(int days) {
    return Math.floorMod(days + 4, 7);
  }

  /** The first of a month; month 13 is that of the next year. */
  private static int first(int year, int month) {
    return (int) (month > 12 ? Times.epochDay(year + 1, 1, 1) : Times.epochDay(year, month, 1));
  }

  public static long floorDateOf(long micros, String unit) {
    return floorDate(Times.day(micros), unit) * Times.MICROS_PER_DAY;
  }

  public static long ceilDateOf(long micros, String unit) {
    return ceilDate(Times.day(micros), unit) * Times.MICROS_PER_DAY;
  }

  /** To a multiple of a number of microseconds. */
  public static long floor(long micros, long unitMicros) {
    return micros - Math.floorMod(micros, unitMicros);
  }

  public static long ceil(long micros, long unitMicros) {
    long millis = floor(micros, 1000);
    long from = unitMicros > 1000 ? millis : micros;
    long rest = Math.floorMod(from, unitMicros);
    return rest == 0 ? from : from - rest + unitMicros;
  }
}
