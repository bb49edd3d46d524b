// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring.actuator;

import dev.millrace.camunda.pipeline.PipelineService;
import dev.millrace.cockpit.dto.PipelineDto;
import java.util.List;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.lang.Nullable;

/**
 * {@code /actuator/millracepipelines}: pipelines of all tenants. It can be read; it can steer only
 * with {@code management.endpoint.millracepipelines.access=unrestricted}, as it knows no users.
 */
@Endpoint(id = "millracepipelines", defaultAccess = Access.READ_ONLY)
public final class PipelinesEndpoint {
  private final PipelineService pipelines;

  public PipelinesEndpoint(PipelineService pipelines) {
    this.pipelines = pipelines;
  }

  /** What can be asked of a pipeline. */
  public enum Action {
    START,
    PAUSE,
    RESUME,
    STOP,
    CHECKPOINT,
    DRAIN
  }

  @ReadOperation
  public List<PipelineDto> pipelines() {
    return pipelines.list().stream().map(PipelineDto::of).toList();
  }

  /** Null, which is answered as 404, if there is none of that name. */
  @ReadOperation
  @Nullable
  public PipelineDto pipeline(@Selector String name) {
    return pipelines.find(name).map(PipelineDto::of).orElse(null);
  }

  /** As {@link #pipeline}, after it was asked to do something. */
  @WriteOperation
  @Nullable
  public PipelineDto steer(@Selector String name, Action action) {
    if (pipelines.find(name).isEmpty()) {
      return null;
    }
    switch (action) {
      case START -> pipelines.start(name);
      case PAUSE -> pipelines.pause(name);
      case RESUME -> pipelines.resume(name);
      case STOP -> pipelines.stop(name);
      case CHECKPOINT -> pipelines.checkpoint(name);
      case DRAIN -> pipelines.drain(name);
    }
    return pipeline(name);
  }
}
