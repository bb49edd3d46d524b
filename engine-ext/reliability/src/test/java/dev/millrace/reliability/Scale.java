// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

/** How much a test does: a little in every build, all of it with {@code -Preliability}. */
final class Scale {
  static final boolean LONG = "long".equals(System.getProperty("millrace.reliability"));

  private Scale() {}

  static int of(int brief, int full) {
    return LONG ? full : brief;
  }

  /** A line for {@code docs/reliability.md}. */
  static void print(String test, String figures, Object... values) {
    System.out.printf("RELIABILITY %s (%s): ", test, LONG ? "long" : "short");
    System.out.println(figures.formatted(values));
  }
}
