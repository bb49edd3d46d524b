// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

/** Sums what a query yields, so that no contender can leave work out. Single-threaded. */
final class Checksum {
  long rows;
  long sum;

  void add(long a, long b, long c) {
    rows++;
    sum += a * 31 + b * 17 + c;
  }

  void add(long a, long b, long c, long d, String extra) {
    rows++;
    sum += a * 31 + b * 17 + c * 13 + d + extra.length();
  }

  /** Rows summed elsewhere, by the same formula. */
  void add(int count, long sums) {
    rows += count;
    sum += sums;
  }

  Outcome outcome() {
    return new Outcome(rows, sum);
  }

  /** What a contender's run yielded; equal for all contenders. */
  record Outcome(long rows, long sum) {}
}
