// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;

/** EXTRACT of the parts of a date, which is in days since 1970-01-01. */
public final class DateFields {
  private DateFields() {}

  private static LocalDate date(int days) {
    return LocalDate.ofEpochDay(days);
  }

  public static long year(int days) {
    return date(days).getYear();
  }

  public static long quarter(int days) {
    return (date(days).getMonthValue() + 2) / 3;
  }

  public static long month(int days) {
    return date(days).getMonthValue();
  }

  /** Of ISO 8601. */
  public static long week(int days) {
    return date(days).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }

  public static long day(int days) {
    return date(days).getDayOfMonth();
  }

  /** From 1, a Sunday. */
  public static long dow(int days) {
    return Math.floorMod(days + 4, 7) + 1;
  }

  /** From 1, a Monday. */
  public static long isodow(int days) {
    return Math.floorMod(days + 3, 7) + 1;
  }

  public static long doy(int days) {
    return date(days).getDayOfYear();
  }

  /** The year of the ISO week. */
  public static long isoyear(int days) {
    return date(days).get(IsoFields.WEEK_BASED_YEAR);
  }

  public static long decade(int days) {
    return year(days) / 10;
  }

  /** From 1, the years 1 to 100. */
  public static long century(int days) {
    long year = year(days);
    return year > 0 ? (year + 99) / 100 : (year - 99) / 100;
  }

  public static long millennium(int days) {
    long year = year(days);
    return year > 0 ? (year + 999) / 1000 : (year - 999) / 1000;
  }

  public static long epoch(int days) {
    return date(days).getLong(ChronoField.EPOCH_DAY) * 86_400L;
  }
}
