// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import java.util.Optional;

/**
 * What an operator wants undone.
 *
 * @param runId the one run; empty for all of the process instance
 * @param processInstanceId empty if a run is named: it is that run's
 * @param withCalled also the runs of process instances it called, directly or not
 */
public record RollbackScope(
    Optional<String> runId, Optional<String> processInstanceId, boolean withCalled) {
  /** One run, whatever its process instance does. */
  public static RollbackScope run(String runId) {
    return new RollbackScope(Optional.of(runId), Optional.empty(), false);
  }

  /** All runs of a process instance. */
  public static RollbackScope instance(String processInstanceId) {
    return new RollbackScope(Optional.empty(), Optional.of(processInstanceId), false);
  }

  /** All runs of a process instance and of those it called. */
  public static RollbackScope withCalled(String processInstanceId) {
    return new RollbackScope(Optional.empty(), Optional.of(processInstanceId), true);
  }
}
