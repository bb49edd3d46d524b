// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.work;

import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.store.Claim;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims work and does it on a few threads. Thread-safe. Work that waits costs no thread: it is a
 * row in a table.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final int RENEWALS_PER_LEASE = 3;
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Duration IDLE_THREAD = Duration.ofSeconds(30);

  /**
   * @param name of its threads
   * @param workers pieces of work done at once
   * @param poll how often it looks for work of which nobody told it
   */
  public record Settings(String name, int workers, Duration lease, Duration poll) {}

  private final Settings settings;
  private final WorkSource source;
  private final ExecutorService workers;
  private final Thread coordinator;
  private final Map<Work, Interruption> atWork = new HashMap<>();
  private final Object bell = new Object();
  private long wakeAtNanos = System.nanoTime();
  private long renewAtNanos = System.nanoTime();
  private int busy;
  private boolean closed;

  public Dispatcher(Settings settings, WorkSource source) {
    this.settings = settings;
    this.source = source;
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            settings.workers(),
            settings.workers(),
            IDLE_THREAD.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            action -> thread(action, settings.name() + "-worker"));
    pool.allowCoreThreadTimeOut(true);
    workers = pool;
    coordinator = thread(this::coordinate, settings.name());
  }

  private static Thread thread(Runnable action, String name) {
    Thread thread = new Thread(action, name);
    thread.setDaemon(true);
    return thread;
  }

  public void start() {
    coordinator.start();
  }

  /** Looks for work now. */
  public void wake() {
    wakeAfter(Duration.ZERO);
  }

  /** Looks for work when the delay has passed, or before. */
  public void wakeAfter(Duration delay) {
    synchronized (bell) {
      long at = System.nanoTime() + delay.toNanos();
      if (at - wakeAtNanos < 0) {
        wakeAtNanos = at;
        bell.notifyAll();
      }
    }
  }

  /** Stops the work that holds any of these, if it is done here. */
  public void interrupt(Set<String> claimIds) {
    synchronized (bell) {
      atWork.forEach(
          (work, interruption) -> {
            if (work.claims().stream().anyMatch(claim -> claimIds.contains(claim.id()))) {
              interruption.request();
            }
          });
    }
  }

  private void coordinate() {
    try {
      while (awaitBell()) {
        try {
          renew();
          dispatch();
        } catch (SQLException | RuntimeException e) {
          LOG.warn("{} found no work: {}", settings.name(), e.toString());
          LOG.debug("{} found no work", settings.name(), e);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("{} was interrupted", settings.name());
    }
  }

  /** Returns when there may be something to do; false if there never will. */
  private boolean awaitBell() throws InterruptedException {
    synchronized (bell) {
      while (!closed) {
        long now = System.nanoTime();
        long nanos =
            atWork.isEmpty() ? wakeAtNanos - now : Math.min(wakeAtNanos - now, renewAtNanos - now);
        if (nanos <= 0) {
          if (wakeAtNanos - now <= 0) {
            wakeAtNanos = now + settings.poll().toNanos();
          }
          return true;
        }
        TimeUnit.NANOSECONDS.timedWait(bell, nanos + TimeUnit.MILLISECONDS.toNanos(1));
      }
      return false;
    }
  }

  private void renew() throws SQLException {
    List<Claim> held = new ArrayList<>();
    synchronized (bell) {
      long now = System.nanoTime();
      if (renewAtNanos - now > 0) {
        return;
      }
      renewAtNanos = now + settings.lease().toNanos() / RENEWALS_PER_LEASE;
      atWork.keySet().forEach(work -> held.addAll(work.claims()));
    }
    if (!held.isEmpty()) {
      stopLost(held, source.renew(held));
    }
  }

  private void stopLost(List<Claim> asked, Set<Claim> kept) {
    synchronized (bell) {
      atWork.forEach(
          (work, interruption) -> {
            // work claimed while we asked is not among those asked for
            if (work.claims().stream()
                .anyMatch(claim -> asked.contains(claim) && !kept.contains(claim))) {
              interruption.request();
            }
          });
    }
  }

  private void dispatch() throws SQLException {
    int free;
    synchronized (bell) {
      free = settings.workers() - busy;
    }
    if (free <= 0) {
      return;
    }
    for (Work work : source.claim(free)) {
      FaultPoint.LEASE_CLAIMED.reached();
      synchronized (bell) {
        busy++;
      }
      workers.execute(() -> perform(work));
    }
  }

  private void perform(Work work) {
    Interruption interruption = new Interruption();
    synchronized (bell) {
      atWork.put(work, interruption);
      if (closed) {
        interruption.request();
      }
    }
    try {
      work.perform(interruption);
    } catch (InterruptedException e) {
      LOG.debug("{} was stopped", work.name());
    } catch (RuntimeException e) {
      LOG.error("{} ended without a record; its lease will end", work.name(), e);
    } finally {
      synchronized (bell) {
        atWork.remove(work);
        busy--;
        wakeAtNanos = System.nanoTime();
        bell.notifyAll();
      }
    }
  }

  /** Interrupts all work, waits until it has ended, and gives back what this node holds. */
  @Override
  public void close() {
    synchronized (bell) {
      if (closed) {
        return;
      }
      closed = true;
      atWork.values().forEach(Interruption::request);
      bell.notifyAll();
    }
    workers.shutdown();
    try {
      coordinator.join(STOP.toMillis());
      if (!workers.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} still works after {}; its leases will end", settings.name(), STOP);
        return;
      }
      source.release();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.warn("{} could not give back its work; its leases will end", settings.name(), e);
    }
  }
}
