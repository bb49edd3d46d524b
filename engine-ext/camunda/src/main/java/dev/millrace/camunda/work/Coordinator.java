// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.work;

import dev.millrace.store.Claim;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a {@link Dispatcher} does, step by step, without a thread or a clock of its own.
 * Thread-safe; {@link #round} is called by one thread.
 */
public final class Coordinator {
  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
  private static final int RENEWALS_PER_LEASE = 3;

  /**
   * @param name of its threads
   * @param workers pieces of work done at once
   * @param poll how often it looks for work of which nobody told it
   */
  public record Settings(String name, int workers, Duration lease, Duration poll) {}

  /**
   * Where it lives.
   *
   * @param nanoTime as {@link System#nanoTime}
   * @param workers does pieces of work, each on a thread that is free for it
   * @param bell told when {@link #idleNanos} has become shorter
   */
  public record Surroundings(LongSupplier nanoTime, Executor workers, Runnable bell) {}

  private final Settings settings;
  private final WorkSource source;
  private final Surroundings surroundings;
  private final Map<Work, Interruption> atWork = new LinkedHashMap<>();
  private long wakeAtNanos;
  private long renewAtNanos;
  private int busy;
  private boolean leaving;
  private boolean stopped;

  public Coordinator(Settings settings, WorkSource source, Surroundings surroundings) {
    this.settings = settings;
    this.source = source;
    this.surroundings = surroundings;
    wakeAtNanos = now();
    renewAtNanos = wakeAtNanos;
  }

  private long now() {
    return surroundings.nanoTime().getAsLong();
  }

  /** Looks for work when the delay has passed, or before. */
  public synchronized void wakeAfter(Duration delay) {
    long at = now() + delay.toNanos();
    if (at - wakeAtNanos < 0) {
      wakeAtNanos = at;
      surroundings.bell().run();
    }
  }

  /** Stops the work that holds any of these, if it is done here. */
  public synchronized void interrupt(Set<String> claimIds) {
    atWork.forEach(
        (work, interruption) -> {
          if (work.claims().stream().anyMatch(claim -> claimIds.contains(claim.id()))) {
            interruption.request();
          }
        });
  }

  /** Until the next {@link #round} is due; 0 or less if it is. */
  public synchronized long idleNanos() {
    long now = now();
    long toWake = wakeAtNanos - now;
    return atWork.isEmpty() ? toWake : Math.min(toWake, renewAtNanos - now);
  }

  /**
   * Renews leases and takes up work. What fails here is tried again in the next round: the node
   * must not stop working because its database was away for a while.
   */
  public void round() {
    try {
      beginRound();
      renew();
      dispatch();
    } catch (SQLException | RuntimeException e) {
      LOG.warn("{} found no work: {}", settings.name(), e.toString());
      LOG.debug("{} found no work", settings.name(), e);
    } catch (Error e) {
      LOG.error("{} found no work", settings.name(), e);
    }
  }

  private synchronized void beginRound() {
    long now = now();
    if (wakeAtNanos - now <= 0) {
      wakeAtNanos = now + settings.poll().toNanos();
    }
  }

  private void renew() throws SQLException {
    List<Claim> held = new ArrayList<>();
    // before it is asked: leases are no shorter than this node believes
    long now = now();
    synchronized (this) {
      if (renewAtNanos - now > 0) {
        return;
      }
      renewAtNanos = now + settings.lease().toNanos() / RENEWALS_PER_LEASE;
      atWork.keySet().forEach(work -> held.addAll(work.claims()));
    }
    if (!held.isEmpty()) {
      renewed(held, source.renew(held), heldUntil(now));
    }
  }

  private long heldUntil(long askedNanos) {
    return askedNanos + settings.lease().toNanos();
  }

  private synchronized void renewed(List<Claim> asked, Set<Claim> kept, long heldUntilNanos) {
    atWork.forEach(
        (work, interruption) -> {
          if (kept.containsAll(work.claims())) {
            interruption.heldUntil(heldUntilNanos);
            // work claimed while we asked is not among those asked for
          } else if (work.claims().stream()
              .anyMatch(claim -> asked.contains(claim) && !kept.contains(claim))) {
            interruption.request();
          }
        });
  }

  private void dispatch() throws SQLException {
    int free;
    synchronized (this) {
      free = stopped || leaving ? 0 : settings.workers() - busy;
    }
    if (free <= 0) {
      return;
    }
    long heldUntilNanos = heldUntil(now());
    for (Work work : source.claim(free)) {
      synchronized (this) {
        busy++;
      }
      surroundings.workers().execute(() -> perform(work, heldUntilNanos));
    }
  }

  private void perform(Work work, long heldUntilNanos) {
    Interruption interruption = new Interruption(surroundings.nanoTime(), heldUntilNanos);
    synchronized (this) {
      atWork.put(work, interruption);
      if (leaving) {
        interruption.leave();
      }
      if (stopped) {
        interruption.request();
      }
    }
    try {
      work.perform(interruption);
    } catch (InterruptedException e) {
      LOG.debug("{} was stopped", work.name());
    } catch (RuntimeException | Error e) {
      LOG.error("{} ended without a record; its lease will end", work.name(), e);
    } finally {
      synchronized (this) {
        atWork.remove(work);
        busy--;
        wakeAtNanos = now();
        surroundings.bell().run();
      }
    }
  }

  /** Lets all work end in its own order, and takes up no more. */
  public synchronized void leave() {
    leaving = true;
    atWork.values().forEach(Interruption::leave);
  }

  /** Whether work is in hand. */
  public synchronized boolean isBusy() {
    return busy > 0;
  }

  /** Asks all work to stop, and takes up no more. */
  public synchronized void stop() {
    stopped = true;
    atWork.values().forEach(Interruption::request);
    surroundings.bell().run();
  }

  /** Gives back what this node holds, when it has stopped and all work has ended. */
  public void release() {
    try {
      source.release();
    } catch (SQLException | RuntimeException e) {
      LOG.warn("{} could not give back its work; its leases will end", settings.name(), e);
    }
  }
}
