// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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
 */
record Overview(
    Instant at,
    double ordersPerSecond,
    Orders orders,
    Map<String, Long> atStep,
    long approvalsWaiting,
    long incidents,
    Books books,
    List<Process> processes) {

  /**
   * @param rejected in approval; part of the cancelled
   * @param refused by the carrier; part of the cancelled
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
}
