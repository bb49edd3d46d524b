// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.work;

import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/**
 * Whether a piece of work shall stop. Its thread is asked, never interrupted: H2 closes its file
 * for good when a thread is interrupted while it reads it. Thread-safe.
 */
public final class Interruption {
  private final LongSupplier nanoTime;
  private volatile long heldUntilNanos;
  private volatile boolean requested;
  private volatile boolean leaving;

  /**
   * @param nanoTime as {@link System#nanoTime}
   * @param heldUntilNanos when the lease ends unless it is renewed
   */
  Interruption(LongSupplier nanoTime, long heldUntilNanos) {
    this.nanoTime = nanoTime;
    this.heldUntilNanos = heldUntilNanos;
  }

  /** The lease was renewed. Any thread. */
  void heldUntil(long nanos) {
    heldUntilNanos = nanos;
  }

  /** The work shall stop. Any thread. */
  void request() {
    requested = true;
  }

  /** The work may end in its own order, for a while. Any thread. */
  void leave() {
    leaving = true;
  }

  /** Whether the work shall end in its own order, if it has one. */
  public boolean isLeaving() {
    return leaving;
  }

  /** Whether the work shall stop. */
  public boolean isRequested() {
    return requested;
  }

  /**
   * For work whose effects nothing else fences.
   *
   * @throws InterruptedException if it was to stop, or its lease is over by this node's own time:
   *     another node may be at it, though nobody could tell this one yet
   */
  public void checkHeld() throws InterruptedException {
    if (requested || nanoTime.getAsLong() - heldUntilNanos >= 0) {
      throw new InterruptedException();
    }
  }

  /**
   * Does something unless the work was to stop before.
   *
   * @throws InterruptedException if it was
   */
  public <T> T guard(Callable<T> action) throws Exception {
    if (requested) {
      throw new InterruptedException();
    }
    return action.call();
  }
}
