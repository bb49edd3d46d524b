// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.node;

import dev.millrace.camunda.work.Dispatching;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The departments of a node. Thread-safe. Before they are open nobody hears a bell, and nobody has
 * to: who opens looks for work.
 */
public final class Departments {
  private volatile Map<Department, Dispatching> open = Map.of();

  /** Begins to work, once there is a dispatcher for each. */
  void open(Function<Department, Dispatching> dispatcher) {
    Map<Department, Dispatching> all = new EnumMap<>(Department.class);
    for (Department department : Department.values()) {
      all.put(department, dispatcher.apply(department));
    }
    open = Collections.unmodifiableMap(all);
    all.values().forEach(Dispatching::start);
  }

  /** Has a department look for work at once. */
  public Runnable bell(Department department) {
    return () -> wakeAfter(department, Duration.ZERO);
  }

  /** Has a department look for work when a delay has passed, or before. */
  Consumer<Duration> alarm(Department department) {
    return delay -> wakeAfter(department, delay);
  }

  private void wakeAfter(Department department, Duration delay) {
    Dispatching dispatcher = open.get(department);
    if (dispatcher != null) {
      dispatcher.wakeAfter(delay);
    }
  }

  /** Stops the work of a department that holds any of these, if it is done here. */
  void interrupt(Department department, Set<String> claimIds) {
    Dispatching dispatcher = open.get(department);
    if (dispatcher != null) {
      dispatcher.interrupt(claimIds);
    }
  }

  /** As {@link Dispatching#leave}. */
  void leave(Department department, long deadlineNanos) {
    Dispatching dispatcher = open.get(department);
    if (dispatcher != null) {
      dispatcher.leave(deadlineNanos);
    }
  }

  /** As {@link Dispatching#stop}. */
  void stop() {
    open.values().forEach(Dispatching::stop);
  }

  /** As {@link Dispatching#close}, one after the other. */
  void close(long deadlineNanos) {
    open.values().forEach(dispatcher -> dispatcher.close(deadlineNanos));
  }
}
