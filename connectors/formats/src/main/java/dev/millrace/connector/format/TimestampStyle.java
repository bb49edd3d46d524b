// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

/** How date and time of a timestamp are parted, as Flink's option says it. */
enum TimestampStyle {
  /** {@code 2026-01-02 03:04:05.678} */
  SQL(' '),
  /** {@code 2026-01-02T03:04:05.678} */
  ISO_8601('T');

  private final char separator;

  TimestampStyle(char separator) {
    this.separator = separator;
  }

  char separator() {
    return separator;
  }
}
