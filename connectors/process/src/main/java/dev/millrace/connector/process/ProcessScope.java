// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

/**
 * A service of a run: the activity instance it works for.
 *
 * @param executionId whose variables it sees, with those of the scopes around it
 * @param storesJson whether the engine stores objects as JSON, which takes camunda-spin
 */
public record ProcessScope(String processInstanceId, String executionId, boolean storesJson) {}
