// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.work;

import java.time.Duration;
import java.util.Set;

/** Has claimed work done: by threads, or step by step in a simulation. Thread-safe. */
public interface Dispatching {
  /** Makes one for a kind of work. */
  @FunctionalInterface
  interface Factory {
    Dispatching create(Coordinator.Settings settings, WorkSource source);
  }

  void start();

  /** Looks for work when the delay has passed, or before. */
  void wakeAfter(Duration delay);

  /** Stops the work that holds any of these, if it is done here. */
  void interrupt(Set<String> claimIds);

  /**
   * Takes up no more, and waits a while for work to end in its own order.
   *
   * @param deadlineNanos as {@link System#nanoTime}
   */
  void leave(long deadlineNanos);

  /** Asks all work to stop, without waiting for it. */
  void stop();

  /**
   * Stops all work, waits until it has ended, and gives back what this node holds. What is not
   * given back by then is anybody's when its lease ends.
   *
   * @param deadlineNanos as {@link System#nanoTime}
   */
  void close(long deadlineNanos);
}
