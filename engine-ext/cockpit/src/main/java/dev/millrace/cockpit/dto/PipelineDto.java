// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.camunda.pipeline.PipelineService;
import dev.millrace.store.Pipeline;
import dev.millrace.store.StoredProgress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline.
 *
 * @param node that runs it, if one does
 * @param positions where its sources go on, by table; null in lists
 * @param watermark up to which event time has come; null if it does not run, or has none
 * @param progress source by source, and why windows wait; null as the watermark
 */
public record PipelineDto(
    String name,
    String state,
    String script,
    String deploymentId,
    String tenantId,
    String node,
    int attempts,
    long rowsIn,
    long rowsOut,
    long rowsLate,
    long rowsDead,
    long commits,
    Instant createdAt,
    Instant committedAt,
    Map<String, String> positions,
    Instant watermark,
    ProgressDto progress,
    ErrorDto error) {

  public static PipelineDto of(Pipeline pipeline) {
    return of(pipeline, null, Optional.empty());
  }

  public static PipelineDto of(PipelineService.Status status) {
    return of(status.pipeline(), status.positions(), status.progress());
  }

  private static PipelineDto of(
      Pipeline pipeline, Map<String, String> positions, Optional<StoredProgress> progress) {
    return new PipelineDto(
        pipeline.name(),
        pipeline.state().name(),
        pipeline.script(),
        pipeline.deploymentId().orElse(null),
        pipeline.tenantId().orElse(null),
        pipeline.owner().orElse(null),
        pipeline.attempts(),
        pipeline.totals().rowsIn(),
        pipeline.totals().rowsOut(),
        pipeline.totals().late(),
        pipeline.totals().dead(),
        pipeline.totals().commits(),
        pipeline.createdAt(),
        pipeline.committedAt().orElse(null),
        positions,
        progress
            .map(found -> found.progress().metrics().watermarkMicros())
            .flatMap(ProgressDto::instant)
            .orElse(null),
        progress.map(ProgressDto::of).orElse(null),
        pipeline.failure().map(ErrorDto::of).orElse(null));
  }
}
