// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.PipelineProgress;
import dev.millrace.engine.RunMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressJsonTest {
  private static final RunMetrics METRICS = new RunMetrics(7, 6, 5, 4, Long.MIN_VALUE, 3);

  @Test
  void progressIsReadBackAsItWas() {
    PipelineProgress progress =
        new PipelineProgress(
            METRICS,
            List.of(
                new PipelineProgress.Source(
                    "a", 7, OptionalLong.of(-1), false, Duration.ofMillis(20), OptionalLong.of(3)),
                new PipelineProgress.Source(
                    "b", 0, OptionalLong.empty(), true, Duration.ZERO, OptionalLong.empty())),
            List.of(
                new PipelineProgress.Window(
                    "WindowAggregate(\"k\")",
                    17,
                    OptionalLong.of(16),
                    Optional.of("a"),
                    Optional.of("topic/1")),
                new PipelineProgress.Window(
                    "W", 18, OptionalLong.empty(), Optional.empty(), Optional.empty())),
            Optional.of(
                new PipelineProgress.State(
                    1, 1L << 40, Duration.ofMillis(2), Duration.ofMillis(3), 4, 5)));
    assertThat(ProgressJson.read(ProgressJson.write(progress))).isEqualTo(progress);
  }

  @Test
  void whatALaterReleaseAddsIsPassedOver() {
    PipelineProgress progress =
        new PipelineProgress(METRICS, List.of(), List.of(), Optional.empty());
    String later =
        ProgressJson.write(progress)
            .replace("{\"metrics\"", "{\"new\":{\"a\":[1.5,null,{\"b\":true}]},\"metrics\"");
    assertThat(ProgressJson.read(later)).isEqualTo(progress);
  }
}
