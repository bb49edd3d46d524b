// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Services;

/** Validates and runs scripts. Thread-safe. */
public interface StreamEngine {
  /**
   * Parses and validates a script.
   *
   * @param name the script's name, for messages: {@code reserve-stock.sql}
   * @throws dev.millrace.spi.error.ScriptException with all errors found, each with line and column
   */
  Plan validate(String name, String sql);

  /**
   * Runs a plan to its end on the calling thread (and the threads of lanes and blocking sources,
   * which it starts and ends). A pipeline ends only by interruption or {@link RunRequest#stop}.
   *
   * @throws dev.millrace.spi.error.MillraceException with the category that decides the reaction;
   *     no effect of a transactional sink is then visible
   * @throws InterruptedException if the calling thread was interrupted or the run was to
   *     {@linkplain RunRequest#stop stop}: it is cancelled
   */
  RunMetrics run(Plan plan, RunRequest request) throws InterruptedException;

  /**
   * Reads what would be processed in place of a dead letter of a running pipeline with state;
   * nothing comes of it.
   *
   * @param services of the pipeline
   * @throws dev.millrace.spi.error.MillraceException category DATA, if it cannot be read, or if
   *     more than what failed has taken the row
   */
  void rehearse(Plan plan, DeadLetter letter, Replay replay, Services services);
}
