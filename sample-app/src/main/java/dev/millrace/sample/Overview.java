// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import dev.millrace.store.PipelineState;
import dev.millrace.store.RunState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the front page shows: sums and counts only, nothing about a single order or customer.
 *
 * @param at when it was read
 * @param ordersPerSecond how many orders shall arrive
 * @param orders by what became of them, as far as history is kept
 * @param atStep orders that are at an activity right now, by activity id
 * @param approvalsWaiting user tasks somebody should look at
 * @param incidents open ones, of all processes
 * @param books what the data tasks did to the tables
 * @param processes deployed, latest versions
 * @param pipelines known to the runtime, running or not
 * @param runs of stream tasks
 * @param rows of stream tasks and pipelines together
 */
record Overview(
    Instant at,
    double ordersPerSecond,
    Orders orders,
    Map<String, Long> atStep,
    long approvalsWaiting,
    long incidents,
    Books books,
    List<Process> processes,
    List<Pipeline> pipelines,
    Runs runs,
    RuntimeFigures.Rows rows) {

  /**
   * @param rejected in approval; part of the cancelled
   * @param refused in shipping, by the carrier or for want of one; part of the cancelled
   */
  record Orders(
      long started, long running, long shipped, long cancelled, long rejected, long refused) {}

  /**
   * @param stock pieces in stock
   * @param reserved pieces taken out of stock and not shipped: what open orders hold
   * @param shipments rows
   * @param charges rows
   * @param charged their sum
   */
  record Books(long stock, long reserved, long shipments, long charges, BigDecimal charged) {}

  /** A process definition and how many instances of it run. */
  record Process(String key, String name, int version, long running) {}

  /** A pipeline with its rows since it was first deployed. */
  record Pipeline(
      String name, PipelineState state, long rowsIn, long rowsOut, long late, long dead) {
    static Pipeline of(dev.millrace.store.Pipeline stored) {
      var totals = stored.totals();
      return new Pipeline(
          stored.name(),
          stored.state(),
          totals.rowsIn(),
          totals.rowsOut(),
          totals.late(),
          totals.dead());
    }
  }

  /**
   * @param waiting for a worker, or for their next attempt
   * @param undone taken back by a compensation
   */
  record Runs(long waiting, long running, long completed, long undone) {
    static Runs of(Map<RunState, Long> byState) {
      Function<RunState, Long> count = state -> byState.getOrDefault(state, 0L);
      return new Runs(
          count.apply(RunState.QUEUED),
          count.apply(RunState.RUNNING),
          count.apply(RunState.COMPLETED),
          count.apply(RunState.UNDOING) + count.apply(RunState.UNDONE));
    }
  }
}
