// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.util.Optional;

/**
 * A {@link Services service} of a run: for whom it works. Immutable.
 *
 * @param pipeline the name of the pipeline, if it is one
 * @param runId the run of a stream task, if it is one
 * @param task that task, if it is one
 * @param tenant of the deployment; empty if it has none
 */
public record Origin(
    Optional<String> pipeline,
    Optional<String> runId,
    Optional<Task> task,
    Optional<String> tenant) {
  /**
   * A stream task.
   *
   * @param processDefinitionKey the process it is modelled in
   * @param processInstanceId the instance it works for
   */
  public record Task(String processDefinitionKey, String processInstanceId, String activityId) {}

  /** A run that nobody keeps a record of. */
  public static final Origin UNKNOWN =
      new Origin(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public static Origin ofPipeline(String name, Optional<String> tenant) {
    return new Origin(Optional.of(name), Optional.empty(), Optional.empty(), tenant);
  }

  public static Origin ofRun(String id, Task task, Optional<String> tenant) {
    return new Origin(Optional.empty(), Optional.of(id), Optional.of(task), tenant);
  }

  /** The origin a host told of; {@link #UNKNOWN} if it told of none. */
  public static Origin of(Services services) {
    return services.find(Origin.class).orElse(UNKNOWN);
  }
}
