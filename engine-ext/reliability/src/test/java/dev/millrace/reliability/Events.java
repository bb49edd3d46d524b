// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What the ledger books: events with numbers from 1 on, each of one account, as lines of CSV. Every
 * thousandth has a field too many and is bad.
 */
final class Events {
  static final int COUNT = Scale.of(5_000, 100_000);
  static final int ACCOUNTS = 97;
  private static final int BAD_EVERY = 1000;
  static final int BAD = COUNT / BAD_EVERY;

  private Events() {}

  private static boolean isBad(long n) {
    return n % BAD_EVERY == 1;
  }

  private static long amount(long n) {
    return n * 31 % 1009 - 300;
  }

  static long account(long n) {
    return n % ACCOUNTS;
  }

  static String line(long n) {
    return n + "," + account(n) + "," + amount(n) + (isBad(n) ? ",poison" : "");
  }

  /** Lines of the events from one number to another, both included. */
  static String lines(long from, long to) {
    StringBuilder lines = new StringBuilder();
    for (long n = from; n <= Math.min(to, COUNT); n++) {
      lines.append(line(n)).append('\n');
    }
    return lines.toString();
  }

  /** The good events of an account. */
  private static LongStream of(long account) {
    return LongStream.rangeClosed(1, COUNT).filter(n -> account(n) == account && !isBad(n));
  }

  /** How many good events have this remainder. */
  static long count(int divisor, int remainder) {
    return LongStream.rangeClosed(1, COUNT)
        .filter(n -> n % divisor == remainder && !isBad(n))
        .count();
  }

  /** Each account: {@code account events sum}. */
  static List<String> totals() {
    List<String> totals = new ArrayList<>();
    for (long account = 0; account < ACCOUNTS; account++) {
      long sum = of(account).map(Events::amount).sum();
      totals.add(account + " " + of(account).count() + " " + sum);
    }
    return totals;
  }

  /** Each account: {@code account number} of its last event. */
  static List<String> newest() {
    List<String> newest = new ArrayList<>();
    for (long account = 0; account < ACCOUNTS; account++) {
      newest.add(account + " " + of(account).max().orElseThrow());
    }
    return newest;
  }
}
