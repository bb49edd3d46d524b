// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.option;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in Flink's notation: a number and a unit; without a unit, milliseconds. */
public final class Durations {
  private static final Pattern NOTATION = Pattern.compile("(\\d{1,18})\\s*([a-zµ]*)");

  private Durations() {}

  /**
   * @throws IllegalArgumentException if the text is no duration
   */
  public static Duration parse(String text) {
    Matcher matcher = NOTATION.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    try {
      return Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static ChronoUnit unit(String text) {
    return switch (text) {
      case "", "ms", "milli", "millis", "millisecond", "milliseconds" -> ChronoUnit.MILLIS;
      case "s", "sec", "secs", "second", "seconds" -> ChronoUnit.SECONDS;
      case "m", "min", "minute", "minutes" -> ChronoUnit.MINUTES;
      case "h", "hour", "hours" -> ChronoUnit.HOURS;
      case "d", "day", "days" -> ChronoUnit.DAYS;
      case "µs", "micro", "micros", "microsecond", "microseconds" -> ChronoUnit.MICROS;
      case "ns", "nano", "nanos", "nanosecond", "nanoseconds" -> ChronoUnit.NANOS;
      default -> throw new IllegalArgumentException(text);
    };
  }
}
