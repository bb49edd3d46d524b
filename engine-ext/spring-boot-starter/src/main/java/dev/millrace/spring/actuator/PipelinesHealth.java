// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring.actuator;

import dev.millrace.camunda.pipeline.PipelineService;
import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineState;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

/**
 * The health component {@code millrace}: {@code INCIDENT} while a pipeline has failed for good. The
 * application as a whole stays up: it is an operator who is needed, not a restart.
 */
public final class PipelinesHealth extends AbstractHealthIndicator {
  private static final Status INCIDENT = new Status("INCIDENT");

  private final PipelineService pipelines;

  public PipelinesHealth(PipelineService pipelines) {
    super("pipelines could not be read");
    this.pipelines = pipelines;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    builder.up();
    for (Pipeline pipeline : pipelines.list()) {
      if (pipeline.state() == PipelineState.INCIDENT) {
        builder
            .status(INCIDENT)
            .withDetail(
                pipeline.name(),
                pipeline.failure().map(failure -> failure.code()).orElse("unknown"));
      }
    }
  }
}
