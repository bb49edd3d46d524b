// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.work;

import java.util.concurrent.Callable;

/**
 * When a worker's thread may be interrupted. A database must not be: H2 closes its file for good
 * when a thread is interrupted while it reads it.
 */
public final class Interruption {
  private final Thread worker = Thread.currentThread();
  private boolean guarded;
  private boolean requested;
  private boolean over;

  /** Interrupts the worker, now or as soon as it leaves what is guarded. Any thread. */
  synchronized void request() {
    requested = true;
    if (!guarded && !over) {
      worker.interrupt();
    }
  }

  /** Whether the work shall stop. */
  public synchronized boolean isRequested() {
    return requested;
  }

  /**
   * Does something that is not interrupted once it has begun. Called by the worker.
   *
   * @throws InterruptedException if the work was to stop before
   */
  public <T> T guard(Callable<T> action) throws Exception {
    synchronized (this) {
      if (requested || Thread.interrupted()) {
        throw new InterruptedException();
      }
      guarded = true;
    }
    try {
      return action.call();
    } finally {
      synchronized (this) {
        guarded = false;
        if (requested) {
          worker.interrupt();
        }
      }
    }
  }

  /** The worker's thread goes on to other work. */
  synchronized void end() {
    over = true;
    Thread.interrupted();
  }
}
