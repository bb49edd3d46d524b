// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;

/** A database other than the engine's, called by delegates, that is away for some. Thread-safe. */
public final class FarDatabase {
  private final AtomicInteger refused = new AtomicInteger();
  private volatile LongPredicate away = n -> false;

  void awayFor(LongPredicate numbers) {
    away = numbers;
  }

  int refused() {
    return refused.get();
  }

  /** What a delegate asks. */
  public String call(long n) throws SQLTransientConnectionException {
    if (away.test(n)) {
      refused.incrementAndGet();
      throw new SQLTransientConnectionException("no route to it", "08001");
    }
    return "answer " + n;
  }
}
