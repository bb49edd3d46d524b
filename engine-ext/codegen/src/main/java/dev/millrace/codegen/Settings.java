// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen;

import dev.millrace.plan.Plan;
import dev.millrace.spi.option.Durations;
import java.time.Duration;

/**
 * The {@code SET} keys that change how a plan is compiled.
 *
 * @param watermarkInterval of event time between two watermarks
 * @param dropsNulls whether a row with NULL for a NOT NULL column of a sink is dropped silently
 */
record Settings(Duration watermarkInterval, boolean dropsNulls) {
  private static final String WATERMARK_INTERVAL = "pipeline.auto-watermark-interval";
  private static final String NOT_NULL = "table.exec.sink.not-null-enforcer";

  static Settings of(Plan plan) {
    String interval = plan.settings().getOrDefault(WATERMARK_INTERVAL, "200 ms");
    try {
      return new Settings(
          Durations.parse(interval),
          plan.settings().getOrDefault(NOT_NULL, "error").equalsIgnoreCase("drop"));
    } catch (IllegalArgumentException e) {
      throw CompileErrors.setting(WATERMARK_INTERVAL, interval, "a duration such as '200 ms'");
    }
  }
}
