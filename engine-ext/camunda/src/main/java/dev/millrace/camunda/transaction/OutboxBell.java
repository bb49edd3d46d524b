// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.transaction;

import java.time.Duration;

/** Tells publishers of this node that something was committed. Thread-safe. */
public final class OutboxBell {
  private final Runnable dispatcher;
  private long rings;

  /**
   * @param dispatcher told, too: no publisher may be there yet
   */
  public OutboxBell(Runnable dispatcher) {
    this.dispatcher = dispatcher;
  }

  public void ring() {
    synchronized (this) {
      rings++;
      notifyAll();
    }
    dispatcher.run();
  }

  /** How often it has rung. */
  public synchronized long rings() {
    return rings;
  }

  /** Waits until it has rung more often than that, or for so long. */
  public synchronized void await(long heard, Duration longest) throws InterruptedException {
    long deadlineNs = System.nanoTime() + longest.toNanos();
    long restNs = longest.toNanos();
    while (rings == heard && restNs > 0) {
      wait(restNs / 1_000_000 + 1);
      restNs = deadlineNs - System.nanoTime();
    }
  }
}
