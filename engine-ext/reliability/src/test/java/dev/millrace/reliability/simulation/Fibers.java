// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads of which exactly one runs at any moment; which one goes on, and what time it is, is drawn
 * from one random number. A thread lets others run where it {@linkplain #pause pauses}, never
 * elsewhere.
 */
final class Fibers {
  private static final long MOST_NANOS_PER_STEP = 400_000;

  private static final ThreadLocal<Fiber> CURRENT = new ThreadLocal<>();

  private final SplittableRandom random;
  private final ExecutorService threads;
  private final List<Fiber> fibers = new ArrayList<>();
  private final Thread outside = Thread.currentThread();
  private volatile Fiber running;
  private volatile boolean outsideRuns = true;
  private long nowNanos;
  private long steps;
  private long trace = 1;

  Fibers(SplittableRandom random, ExecutorService threads) {
    this.random = random;
    this.threads = threads;
  }

  /** Somebody's thread. */
  final class Fiber {
    private final SimNode node;
    private final int life;
    private final Runnable body;
    private long wakeAtNanos;
    private volatile Thread thread;

    private Fiber(SimNode node, Runnable body) {
      this.node = node;
      this.life = node == null ? 0 : node.life();
      this.body = body;
      wakeAtNanos = nowNanos;
    }

    /** The node it works for, or null. */
    SimNode node() {
      return node;
    }

    Fibers fibers() {
      return Fibers.this;
    }

    boolean isDead() {
      return node != null && node.life() != life;
    }

    void wake() {
      wakeAtNanos = Math.min(wakeAtNanos, nowNanos);
    }

    private boolean isReady() {
      return wakeAtNanos <= nowNanos && (isDead() || node == null || !node.isFrozen());
    }
  }

  /** The fiber that runs on this thread; null on a thread of somebody else's. */
  static Fiber current() {
    return CURRENT.get();
  }

  /** Something that begins soon. */
  Fiber spawn(SimNode node, Runnable body) {
    Fiber fiber = new Fiber(node, body);
    fibers.add(fiber);
    threads.execute(() -> live(fiber));
    return fiber;
  }

  private void live(Fiber fiber) {
    fiber.thread = Thread.currentThread();
    await(fiber);
    CURRENT.set(fiber);
    try {
      fiber.body.run();
    } catch (Death e) {
      trace(31);
    } finally {
      CURRENT.remove();
      fibers.remove(fiber);
      handOver(null);
    }
  }

  private void await(Fiber fiber) {
    while (running != fiber) {
      LockSupport.park(this);
    }
  }

  /** Lets others run, this one again at some later moment. Does nothing outside of fibers. */
  static void pause() {
    Fiber fiber = CURRENT.get();
    if (fiber != null) {
      fiber.fibers().pause(fiber, 0);
    }
  }

  /** Lets others run for so long at least. */
  static void sleep(Duration duration) {
    Fiber fiber = CURRENT.get();
    fiber.fibers().pause(fiber, duration.toNanos());
  }

  private void pause(Fiber fiber, long nanos) {
    fiber.wakeAtNanos = nowNanos + nanos;
    handOver(fiber);
    if (fiber.isDead()) {
      throw new Death();
    }
  }

  private void handOver(Fiber from) {
    Fiber next = next();
    if (next == from && next != null) {
      return;
    }
    running = next;
    if (next == null) {
      outsideRuns = true;
      LockSupport.unpark(outside);
    } else {
      awaitBirth(next);
      LockSupport.unpark(next.thread);
    }
    if (from != null) {
      await(from);
    }
  }

  private static void awaitBirth(Fiber fiber) {
    while (fiber.thread == null) {
      Thread.yield();
    }
  }

  private Fiber next() {
    if (fibers.isEmpty()) {
      return null;
    }
    steps++;
    nowNanos += random.nextLong(MOST_NANOS_PER_STEP);
    List<Fiber> ready = ready();
    while (ready.isEmpty()) {
      long next = Long.MAX_VALUE;
      for (Fiber fiber : fibers) {
        long frozen = fiber.node() == null || fiber.isDead() ? 0 : fiber.node().frozenUntilNanos();
        next = Math.min(next, Math.max(fiber.wakeAtNanos, frozen));
      }
      nowNanos = Math.max(nowNanos + 1, next);
      ready = ready();
    }
    int chosen = random.nextInt(ready.size());
    trace(chosen + 7L * ready.size());
    return ready.get(chosen);
  }

  private List<Fiber> ready() {
    List<Fiber> ready = new ArrayList<>(fibers.size());
    for (Fiber fiber : fibers) {
      if (fiber.isReady()) {
        ready.add(fiber);
      }
    }
    return ready;
  }

  /** Runs until no fiber is left; called from outside. */
  void run() {
    outsideRuns = false;
    handOver(null);
    while (!outsideRuns) {
      LockSupport.park(this);
    }
  }

  long nowNanos() {
    return nowNanos;
  }

  long steps() {
    return steps;
  }

  private void trace(long event) {
    trace = trace * 1_000_003 + event;
  }

  /** The same for two runs that took the same course. */
  long trace() {
    return trace;
  }

  /** Ends what a dead node was doing. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
      super("the node is dead", null, false, false);
    }
  }
}
