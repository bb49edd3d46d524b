// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan.expression;

/** A unit as in {@code EXTRACT(unit FROM …)}; travels as a STRING literal of its name. */
public enum TimeUnit {
  YEAR,
  QUARTER,
  MONTH,
  WEEK,
  DAY,
  DOW,
  ISODOW,
  DOY,
  ISOYEAR,
  HOUR,
  MINUTE,
  SECOND,
  MILLISECOND,
  MICROSECOND,
  EPOCH,
  DECADE,
  CENTURY,
  MILLENNIUM
}
