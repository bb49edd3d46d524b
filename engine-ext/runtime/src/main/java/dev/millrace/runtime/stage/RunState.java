// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Whether a run goes on, for all its threads. Thread-safe. */
final class RunState {
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private volatile boolean cancelled;
  private volatile Thread drainer;

  /** A thread to be interrupted when the run is cancelled. */
  void enlist(Thread thread) {
    threads.add(thread);
  }

  /** Keeps the first failure and stops all threads. */
  void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
    cancel();
  }

  void cancel() {
    cancelled = true;
    threads.forEach(Thread::interrupt);
  }

  /** Stops all threads but the caller's, which finishes what was handed to it. */
  void drain() {
    drainer = Thread.currentThread();
    threads.forEach(Thread::interrupt);
  }

  boolean isDraining() {
    return drainer != null;
  }

  /** The first failure, or null. */
  Throwable failure() {
    return failure.get();
  }

  /**
   * @throws InterruptedException if the run is cancelled, this thread was interrupted, or another
   *     one finishes alone
   */
  void check() throws InterruptedException {
    Thread finishing = drainer;
    boolean mayGoOn = finishing == null || finishing == Thread.currentThread();
    if (Thread.interrupted() || cancelled || !mayGoOn) {
      throw new InterruptedException();
    }
  }
}
