// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen;

import dev.millrace.plan.Plan;
import dev.millrace.spi.option.Durations;
import java.time.Duration;

/**
 * The {@code SET} keys that change how a plan is compiled.
 *
 * @param watermarkInterval of event time between two watermarks
 */
record Settings(Duration watermarkInterval) {
  private static final String WATERMARK_INTERVAL = "pipeline.auto-watermark-interval";

  static Settings of(Plan plan) {
    String interval = plan.settings().getOrDefault(WATERMARK_INTERVAL, "200 ms");
    try {
      return new Settings(Durations.parse(interval));
    } catch (IllegalArgumentException e) {
      throw CompileErrors.setting(WATERMARK_INTERVAL, interval, "a duration such as '200 ms'");
    }
  }
}
