// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends an exchange that takes too long as a whole: a socket's own timeout starts anew with each
 * byte. One daemon thread serves all.
 */
final class Deadline implements AutoCloseable {
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private volatile boolean over;
  private Future<?> end;

  private Deadline() {}

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "millrace-http-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /**
   * @param cut ends the exchange; called from another thread
   */
  static Deadline start(Duration timeout, Runnable cut) {
    Deadline deadline = new Deadline();
    deadline.end =
        CLOCK.schedule(
            () -> {
              deadline.over = true;
              cut.run();
            },
            timeout.toNanos(),
            TimeUnit.NANOSECONDS);
    return deadline;
  }

  boolean isOver() {
    return over;
  }

  @Override
  public void close() {
    end.cancel(false);
  }
}
