// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One thread's share of a run: takes rows from its inputs in turn and drives them through its steps
 * into sinks or rings. Single-threaded.
 */
final class Stage {
  private static final long LONGEST_PARK_NS = 20_000_000;

  /** Rare rows wait in a slot for so many rounds at most, though input never pauses. */
  private static final int RELAY_ROUNDS = 64;

  /** Opened in order, closed in reverse. */
  interface Part {
    default void open() throws Exception {}

    /** Nothing is at hand: what is held back should go out. */
    default void pause() throws Exception {}

    /** Called now and then while there is always something at hand. */
    default void relay() {}

    default void close() throws Exception {}
  }

  /** Called between rounds. */
  @FunctionalInterface
  interface Round {
    void between(boolean paused) throws Exception;
  }

  private final String name;
  private final RunState state;
  private final FeedTools tools;
  private final LongSupplier nanoClock;
  private final Sleeper sleeper = new Sleeper();
  private final Backoff backoff = new Backoff(LONGEST_PARK_NS);
  private final List<Part> parts = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  /** An array: iterators would be allocated for every batch. */
  private StageInput[] inputs = {};

  private boolean draining;

  Stage(String name, RunState state, FeedTools tools, LongSupplier nanoClock) {
    this.name = name;
    this.state = state;
    this.tools = tools;
    this.nanoClock = nanoClock;
  }

  String name() {
    return name;
  }

  Sleeper sleeper() {
    return sleeper;
  }

  void add(StageInput input) {
    inputs = Arrays.copyOf(inputs, inputs.length + 1);
    inputs[inputs.length - 1] = input;
  }

  /** Parts are added upstream first. */
  void add(Part part) {
    parts.add(part);
  }

  /** Opens what is downstream before what feeds it. */
  void open() throws Exception {
    for (int i = parts.size() - 1; i >= 0; i--) {
      Part part = parts.get(i);
      opened.add(part::close);
      part.open();
    }
    for (StageInput input : inputs) {
      opened.add(input::close);
      input.open();
    }
  }

  /** Runs until all inputs have ended. */
  void run(Round round) throws Exception {
    boolean paused = false;
    int worked = 0;
    while (!ended()) {
      state.check();
      boolean found = poll();
      listen();
      if (found) {
        backoff.reset();
        paused = false;
        if (++worked == RELAY_ROUNDS) {
          relay();
          worked = 0;
        }
        round.between(false);
      } else if (!backoff.busy()) {
        if (paused) {
          rest();
        } else {
          pause();
          paused = true;
        }
        round.between(true);
      }
      if (draining) {
        drainInputs();
      }
    }
  }

  private void drainInputs() throws Exception {
    state.drain();
    for (StageInput input : inputs) {
      if (!input.ended()) {
        input.drain();
      }
    }
  }

  private boolean ended() {
    for (StageInput input : inputs) {
      if (!input.ended()) {
        return false;
      }
    }
    return true;
  }

  /** Ends all inputs as soon as this round is over. */
  void drain() {
    draining = true;
  }

  private void listen() throws Exception {
    if (tools.listens()) {
      long nowNs = nanoClock.getAsLong();
      for (StageInput input : inputs) {
        if (!input.ended()) {
          input.listen(nowNs);
        }
      }
    }
  }

  private boolean poll() throws Exception {
    boolean worked = false;
    for (StageInput input : inputs) {
      worked |= !input.ended() && input.poll();
    }
    return worked;
  }

  /** What is held back goes out. */
  void pause() throws Exception {
    tools.recorder().pause();
    tools.clock().tick();
    repeatPause();
  }

  void repeatPause() throws Exception {
    for (Part part : parts) {
      part.pause();
    }
  }

  private void relay() {
    for (Part part : parts) {
      part.relay();
    }
  }

  private void rest() {
    sleeper.announce();
    if (noneReady()) {
      backoff.park();
    }
    sleeper.awake();
  }

  private boolean noneReady() {
    for (StageInput input : inputs) {
      if (input.ready()) {
        return false;
      }
    }
    return true;
  }

  /** Closes all that was opened, whatever fails; the first failure is thrown at the end. */
  void close() throws Exception {
    Exception first = null;
    for (int i = opened.size() - 1; i >= 0; i--) {
      try {
        opened.get(i).close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    opened.clear();
    if (first != null) {
      throw first;
    }
  }
}
