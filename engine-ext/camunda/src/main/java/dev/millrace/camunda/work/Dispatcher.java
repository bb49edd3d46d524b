// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.work;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims work and does it on a few threads. Thread-safe. Work that waits costs no thread: it is a
 * row in a table.
 */
public final class Dispatcher implements Dispatching {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration STOP = Duration.ofSeconds(20);

  /** What work may take to end in order. */
  private static final Duration ORDER = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration IDLE_THREAD = Duration.ofSeconds(30);

  private final Coordinator.Settings settings;
  private final Coordinator coordinator;
  private final ThreadPoolExecutor workers;
  private final Thread thread;
  private final CountDownLatch workEnded = new CountDownLatch(1);
  private volatile boolean closed;

  public Dispatcher(Coordinator.Settings settings, WorkSource source) {
    this.settings = settings;
    workers =
        new ThreadPoolExecutor(
            settings.workers(),
            settings.workers(),
            IDLE_THREAD.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            action -> thread(action, settings.name() + "-worker"));
    workers.allowCoreThreadTimeOut(true);
    coordinator =
        new Coordinator(
            settings, source, new Coordinator.Surroundings(System::nanoTime, workers, this::ring));
    thread = thread(this::coordinate, settings.name());
  }

  private static Thread thread(Runnable action, String name) {
    Thread thread = new Thread(action, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void wakeAfter(Duration delay) {
    coordinator.wakeAfter(delay);
  }

  @Override
  public void interrupt(Set<String> claimIds) {
    coordinator.interrupt(claimIds);
  }

  private void ring() {
    LockSupport.unpark(thread);
  }

  private void coordinate() {
    while (!closed) {
      long nanos = coordinator.idleNanos();
      if (nanos <= 0) {
        coordinator.round();
      } else {
        // a bell rung since then is not missed: it is a permit
        LockSupport.parkNanos(this, nanos);
      }
    }
    workers.shutdown();
    try {
      if (workers.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        workEnded.countDown();
        coordinator.release();
      }
    } catch (InterruptedException e) {
      LOG.debug("{} was interrupted", settings.name());
    }
  }

  @Override
  public void leave(long deadlineNanos) {
    coordinator.leave();
    while (coordinator.isBusy() && deadlineNanos - System.nanoTime() > 0) {
      LockSupport.parkNanos(this, LOOK.toNanos());
    }
  }

  @Override
  public void stop() {
    closed = true;
    coordinator.stop();
  }

  @Override
  public void close(long deadlineNanos) {
    stop();
    try {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
      if (thread.isAlive()) {
        LOG.warn(
            "{} {}; its leases will end",
            settings.name(),
            workEnded.getCount() == 0 ? "could not give back its work" : "still works");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
