// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.work;

import java.util.concurrent.Callable;

/**
 * Whether a piece of work shall stop. Its thread is asked, never interrupted: H2 closes its file
 * for good when a thread is interrupted while it reads it. Thread-safe.
 */
public final class Interruption {
  private volatile boolean requested;
  private volatile boolean leaving;

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
