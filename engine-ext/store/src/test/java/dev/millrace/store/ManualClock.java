// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;

/** Time as a test sets it. */
final class ManualClock implements StoreClock {
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public Instant now(Connection connection) {
    return now;
  }

  void advance(Duration duration) {
    now = now.plus(duration);
  }
}
