// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.option;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in Flink's notation: a number and a unit of 1024s; without a unit, bytes. */
public final class MemorySizes {
  private static final Pattern NOTATION = Pattern.compile("(\\d{1,18})\\s*([a-z]*)");

  private MemorySizes() {}

  /**
   * @return bytes
   * @throws IllegalArgumentException if the text is no size
   */
  public static long parse(String text) {
    Matcher matcher = NOTATION.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static long unit(String text) {
    return switch (text) {
      case "", "b", "bytes" -> 1;
      case "k", "kb", "kibibytes" -> 1L << 10;
      case "m", "mb", "mebibytes" -> 1L << 20;
      case "g", "gb", "gibibytes" -> 1L << 30;
      case "t", "tb", "tebibytes" -> 1L << 40;
      default -> throw new IllegalArgumentException(text);
    };
  }
}
