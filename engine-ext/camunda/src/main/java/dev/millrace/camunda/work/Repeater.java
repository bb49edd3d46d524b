// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.work;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing again and again, on a thread of its own. The action must not throw. */
public final class Repeater implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Repeater.class);
  private static final Duration STOP = Duration.ofSeconds(20);

  private final String name;
  private final Duration pause;
  private final Runnable action;
  private final ScheduledThreadPoolExecutor thread;

  /**
   * @param pause before the first time and between two
   */
  public Repeater(String name, Duration pause, Runnable action) {
    this.name = name;
    this.pause = pause;
    this.action = action;
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread daemon = new Thread(work, name);
              daemon.setDaemon(true);
              return daemon;
            });
  }

  public void start() {
    thread.scheduleWithFixedDelay(
        action, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Does it no more, without waiting for what is under way. */
  public void stop() {
    thread.shutdown();
  }

  /** Lets what is under way end, without interrupting it: H2 does not survive that. */
  @Override
  public void close() {
    close(System.nanoTime() + STOP.toNanos());
  }

  /** As {@link #close()}, by a time of {@link System#nanoTime}. */
  public void close(long deadlineNanos) {
    stop();
    try {
      if (!thread.awaitTermination(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        LOG.warn("{} still works", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
