// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While open, SIGINT and SIGTERM interrupt a thread instead of ending the process under it; the
 * process ends once this is closed.
 */
final class Interruption implements AutoCloseable {
  private static final long LONGEST_WAIT_SECONDS = 15;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Thread target, int status) {
    hook = new Thread(() -> interrupt(target, status), "millrace-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * @param status of the process after an interruption
   */
  static Interruption of(Thread target, int status) {
    return new Interruption(target, status);
  }

  private void interrupt(Thread target, int status) {
    target.interrupt();
    try {
      if (closed.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook has interrupted the thread and waits for this.
      closed.countDown();
    }
  }
}
