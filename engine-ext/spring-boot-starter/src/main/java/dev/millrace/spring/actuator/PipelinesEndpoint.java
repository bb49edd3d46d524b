// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring.actuator;

import dev.millrace.camunda.pipeline.PipelineErrors;
import dev.millrace.camunda.pipeline.PipelineService;
import dev.millrace.cockpit.dto.ErrorDto;
import dev.millrace.cockpit.dto.PipelineDto;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import java.util.List;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.lang.Nullable;

/**
 * {@code /actuator/millracepipelines}: pipelines of all tenants. It can be read; it can steer only
 * with {@code management.endpoint.millracepipelines.access=unrestricted}, as it knows no users.
 */
@Endpoint(id = "millracepipelines", defaultAccess = Access.READ_ONLY)
public final class PipelinesEndpoint {
  private static final int CONFLICT = 409;

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

  /**
   * The pipeline, after it was asked to do something; 404 if there is none of that name, 409 if it
   * is in no state to do it. (A null would be answered as success.)
   */
  @WriteOperation
  public WebEndpointResponse<?> steer(@Selector String name, Action action) {
    if (pipelines.find(name).isEmpty()) {
      return refused(WebEndpointResponse.STATUS_NOT_FOUND, PipelineErrors.noSuchPipeline(name));
    }
    try {
      switch (action) {
        case START -> pipelines.start(name);
        case PAUSE -> pipelines.pause(name);
        case RESUME -> pipelines.resume(name);
        case STOP -> pipelines.stop(name);
        case CHECKPOINT -> pipelines.checkpoint(name);
        case DRAIN -> pipelines.drain(name);
      }
    } catch (MillraceException e) {
      if (e.category() != ErrorCategory.DATA) {
        throw e;
      }
      return refused(CONFLICT, e);
    }
    return new WebEndpointResponse<>(pipeline(name));
  }

  private static WebEndpointResponse<ErrorDto> refused(int status, MillraceException why) {
    return new WebEndpointResponse<>(ErrorDto.of(why), status);
  }
}
