// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

/**
 * Which script shall run for which activity instance.
 *
 * @param script its resource name, or another name a person knows it by
 * @param deploymentId null if the script is not of a deployment
 * @param executionId that waits for the run
 * @param activityInstanceId for which it runs
 * @param scopeId of the scope in which a compensation handler will claim it; the store only
 *     compares it
 * @param tenantId null without one
 * @param businessKey null without one
 * @param priority higher first
 */
public record NewRun(
    String script,
    String deploymentId,
    String processInstanceId,
    String rootProcessInstanceId,
    String processDefinitionId,
    String executionId,
    String activityId,
    String activityInstanceId,
    String scopeId,
    String tenantId,
    String businessKey,
    long priority) {}
