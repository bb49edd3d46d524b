// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.config;

import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.camunda.work.Dispatcher;
import dev.millrace.camunda.work.Dispatching;
import dev.millrace.store.StoreClock;

/**
 * What Millrace takes from the machine it works on. A test may bring its own.
 *
 * @param clock for leases and due dates
 * @param dispatching who does the work
 * @param pause between two attempts of a transaction that lost against another
 * @param housekeeping whether threads sweep up now and then what no work waits for
 */
public record Surroundings(
    StoreClock clock,
    Dispatching.Factory dispatching,
    EngineCommands.Pause pause,
    boolean housekeeping) {

  /** The database's clock, threads, real time. */
  public static Surroundings machine() {
    return new Surroundings(
        StoreClock.database(), Dispatcher::new, EngineCommands.Pause.atRandom(), true);
  }

  public Surroundings withClock(StoreClock other) {
    return new Surroundings(other, dispatching, pause, housekeeping);
  }
}
