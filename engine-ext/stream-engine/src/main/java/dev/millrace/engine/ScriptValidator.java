// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.plan.Plan;

/** Text to plan. Thread-safe. */
@FunctionalInterface
public interface ScriptValidator {
  /**
   * @param name the script's name, for messages
   * @throws dev.millrace.spi.error.ScriptException with all errors found, each with line and column
   */
  Plan plan(String name, String sql);
}
