// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.dataflow.Dataflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a dataflow once. The calling thread runs the stage of the sinks, and with it all else if
 * there is one lane; further lanes and blocking sources get threads, which are gone when {@link
 * #run} returns. {@link #metrics} may be called by any thread.
 */
public final class DataflowRun {
  private static final long LONGEST_JOIN_MS = 10_000;

  private final Dataflow dataflow;
  private final RunSettings settings;
  private final RunState state = new RunState();
  private final Counters counters = new Counters();
  private final List<Thread> threads = new ArrayList<>();

  public DataflowRun(Dataflow dataflow, RunSettings settings) {
    this.dataflow = dataflow;
    this.settings = settings;
  }

  public FlowMetrics metrics() {
    return counters.read();
  }

  /**
   * Runs to the end of all input.
   *
   * @throws dev.millrace.spi.error.MillraceException with the category that decides the reaction
   * @throws InterruptedException if this thread was interrupted; all is cancelled and closed
   */
  public void run() throws InterruptedException {
    try {
      execute();
    } catch (Exception | Error e) {
      boolean cancelled =
          state.failure() == e && (Thread.interrupted() || e instanceof InterruptedException);
      state.cancel();
      joinThreads();
      if (cancelled) {
        throw interruption(e);
      }
      throw failure(e);
    }
  }

  /** Blocking calls of connectors answer an interruption with exceptions of their own. */
  private static InterruptedException interruption(Throwable thrown) {
    if (thrown instanceof InterruptedException interruption) {
      return interruption;
    }
    InterruptedException interruption = new InterruptedException(thrown.getMessage());
    interruption.initCause(thrown);
    return interruption;
  }

  private RuntimeException failure(Throwable thrown) {
    Throwable first = state.failure() == null ? thrown : state.failure();
    if (first instanceof Error error) {
      throw error;
    }
    return RunErrors.categorised("run", (Exception) first);
  }

  private void execute() throws Exception {
    Optional<Recovery> recovery = settings.state().flatMap(StateSettings::recovery);
    Trace trace = Trace.read(recovery.map(Recovery::traces).orElse(List.of()));
    Wiring wiring = new Wiring(dataflow, settings, state, counters, trace);
    Stage last = wiring.lastStage();
    CurrentCut cut = new CurrentCut(wiring, dataflow, settings, counters);
    try {
      last.open();
      recovery.ifPresent(found -> cut.state().restore(found.snapshot()));
      wiring.otherStages().forEach(this::start);
      wiring.sourceThreads().forEach(this::start);
      new Repeater(wiring, counters, settings.boundary()).repeat(trace);
      settings.boundary().begin(cut);
      last.run(paused -> settings.boundary().between(cut, paused));
      awaitThreads();
      for (SinkWriter sink : wiring.sinks()) {
        sink.finish();
      }
      settings.boundary().end(cut);
    } catch (Exception | Error e) {
      state.fail(e);
      closeAfter(last, e);
      throw e;
    } finally {
      wiring.awaiting().close();
    }
    last.close();
  }

  private static void closeAfter(Stage stage, Throwable failure) {
    try {
      stage.close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  private void start(Stage stage) {
    // never interrupted: it does not block for long, but may be inside a database
    start(stage.name(), false, () -> runStage(stage));
  }

  private static void runStage(Stage stage) throws Exception {
    try {
      stage.open();
      stage.run(paused -> {});
    } catch (Exception | Error e) {
      closeAfter(stage, e);
      throw e;
    }
    stage.close();
  }

  private void start(SourceThread source) {
    start("source-" + source.name(), source.interruptible(), source::run);
  }

  /** A body of a thread. */
  @FunctionalInterface
  private interface Body {
    void run() throws Exception;
  }

  private void start(String name, boolean interruptible, Body body) {
    Thread thread = new Thread(() -> runGuarded(name, body), "millrace-" + name);
    thread.setDaemon(true);
    threads.add(thread);
    if (interruptible) {
      state.enlist(thread);
    }
    thread.start();
  }

  /** A failure of one thread is the failure of the run. */
  private void runGuarded(String name, Body body) {
    try {
      body.run();
    } catch (InterruptedException e) {
      if (!state.isDraining()) {
        state.cancel();
      }
    } catch (Exception e) {
      if (!state.isDraining()) {
        state.fail(RunErrors.categorised(name, e));
      }
    } catch (Error e) {
      state.fail(e);
    }
  }

  private void awaitThreads() throws InterruptedException {
    if (state.isDraining()) {
      joinThreads();
    }
    for (Thread thread : threads) {
      if (!state.isDraining()) {
        thread.join();
      }
    }
    state.check();
  }

  /** Waits for cancelled threads, within bounds: a vendor's client may ignore the interruption. */
  private void joinThreads() throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_JOIN_MS * 1_000_000;
    for (Thread thread : threads) {
      thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }
  }
}
