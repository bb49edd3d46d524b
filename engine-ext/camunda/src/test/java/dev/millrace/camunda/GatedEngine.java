// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import dev.millrace.engine.DeadLetter;
import dev.millrace.engine.LocalStreamEngine;
import dev.millrace.engine.Replay;
import dev.millrace.engine.RunMetrics;
import dev.millrace.engine.RunRequest;
import dev.millrace.engine.StreamEngine;
import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Services;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/** The real engine behind a gate that a test closes, and with failures a test orders. */
final class GatedEngine implements StreamEngine {
  private static final long POLL_MS = 5;

  private final Queue<Throwable> failures = new ArrayDeque<>();
  private StreamEngine real;
  private boolean closed;
  private int waiting;
  private int interrupted;
  private int runs;

  StreamEngine over(Services services) {
    real = LocalStreamEngine.discovering(List.of(), services, Clock.systemUTC());
    return this;
  }

  synchronized void close() {
    closed = true;
  }

  synchronized void open() {
    closed = false;
    notifyAll();
  }

  synchronized void failNext(Throwable failure) {
    failures.add(failure);
  }

  /** Runs that stand before the gate. */
  synchronized int waiting() {
    return waiting;
  }

  /** Runs that were interrupted before the gate. */
  synchronized int interrupted() {
    return interrupted;
  }

  /** Runs that came, failed ones too. */
  synchronized int runs() {
    return runs;
  }

  @Override
  public Plan validate(String name, String sql) {
    return real.validate(name, sql);
  }

  @Override
  public RunMetrics run(Plan plan, RunRequest request) throws InterruptedException {
    pass(request.stop());
    return real.run(plan, request);
  }

  @Override
  public void rehearse(Plan plan, DeadLetter letter, Replay replay, Services services) {
    real.rehearse(plan, letter, replay, services);
  }

  private synchronized void pass(BooleanSupplier stop) throws InterruptedException {
    runs++;
    waiting++;
    try {
      while (closed) {
        if (stop.getAsBoolean()) {
          interrupted++;
          throw new InterruptedException();
        }
        wait(POLL_MS);
      }
    } finally {
      waiting--;
    }
    Throwable failure = failures.poll();
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }
}
