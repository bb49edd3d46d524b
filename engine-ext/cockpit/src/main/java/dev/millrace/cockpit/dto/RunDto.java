// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.store.NewRun;
import dev.millrace.store.Run;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A run.
 *
 * @param node that works on it, if one does
 * @param commitSequence its place among completed runs; null before
 */
public record RunDto(
    String id,
    String state,
    String script,
    String deploymentId,
    String processInstanceId,
    String rootProcessInstanceId,
    String processDefinitionId,
    String activityId,
    String activityInstanceId,
    String executionId,
    String businessKey,
    String tenantId,
    long priority,
    String node,
    int attempts,
    long rowsIn,
    long rowsOut,
    long rowsLate,
    long rowsDead,
    long elapsedMillis,
    Long commitSequence,
    Instant createdAt,
    Instant startedAt,
    Instant endedAt,
    ErrorDto error) {

  public static RunDto of(Run run) {
    NewRun origin = run.origin();
    return new RunDto(
        run.id(),
        run.state().name(),
        origin.script(),
        origin.deploymentId(),
        origin.processInstanceId(),
        origin.rootProcessInstanceId(),
        origin.processDefinitionId(),
        origin.activityId(),
        origin.activityInstanceId(),
        origin.executionId(),
        origin.businessKey(),
        origin.tenantId(),
        origin.priority(),
        run.owner().orElse(null),
        run.attempts(),
        run.metrics().rowsIn(),
        run.metrics().rowsOut(),
        run.metrics().late(),
        run.metrics().dead(),
        TimeUnit.NANOSECONDS.toMillis(run.metrics().elapsedNanos()),
        run.commitSequence().isPresent() ? run.commitSequence().getAsLong() : null,
        run.createdAt(),
        run.startedAt().orElse(null),
        run.endedAt().orElse(null),
        run.failure().map(ErrorDto::of).orElse(null));
  }
}
