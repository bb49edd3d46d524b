// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.store.InboxMessage;
import java.time.Instant;
import java.util.Map;

/**
 * A message of the inbox.
 *
 * @param pipeline that sent it; or null
 * @param runId of the stream task that sent it; or null
 * @param correlation what process variables must equal; null in lists
 * @param variables sent along; null in lists
 * @param processInstanceId that has it; or null
 */
public record InboxMessageDto(
    long id,
    String message,
    String businessKey,
    String state,
    String pipeline,
    String runId,
    String tenantId,
    int attempts,
    String onExpiry,
    String processInstanceId,
    String error,
    Instant createdAt,
    Instant expiresAt,
    Instant endedAt,
    Map<String, Object> correlation,
    Map<String, Object> variables) {

  public static InboxMessageDto brief(InboxMessage message) {
    return of(message, null, null);
  }

  public static InboxMessageDto whole(InboxMessage message) {
    return of(message, message.correlation(), message.variables());
  }

  private static InboxMessageDto of(
      InboxMessage message, Map<String, Object> correlation, Map<String, Object> variables) {
    return new InboxMessageDto(
        message.id(),
        message.message(),
        message.businessKey().orElse(null),
        message.state().name(),
        message.origin().pipeline().orElse(null),
        message.origin().runId().orElse(null),
        message.origin().tenant().orElse(null),
        message.attempts(),
        message.onExpiry(),
        message.processInstanceId().orElse(null),
        message.error().orElse(null),
        message.createdAt(),
        message.expiresAt(),
        message.endedAt().orElse(null),
        correlation,
        variables);
  }
}
