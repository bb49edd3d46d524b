// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.connector.Origin;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A message that nobody could take when it came.
 *
 * @param correlation what process variables must equal
 * @param variables sent along
 * @param ttl how long it waits
 * @param onExpiry what it leads to then, in the words of who asks for it
 * @param expiryTarget a process or a signal
 * @param sentTable whose row it was, if that may be asked for
 * @param sentRow that row; empty if it is not asked for
 */
public record NewInboxMessage(
    String message,
    Optional<String> businessKey,
    Map<String, Object> correlation,
    Map<String, Object> variables,
    Duration ttl,
    String onExpiry,
    Optional<String> expiryTarget,
    Optional<String> sentTable,
    Map<String, Object> sentRow,
    Origin origin) {

  /** Who shares it is served in order. */
  public String receiver() {
    return Receivers.of(message, origin.tenant(), businessKey, correlation);
  }

  /**
   * A process variable that can be compared as text where the engine stores it, by which most
   * instances a message is not for are told apart.
   */
  Optional<Map.Entry<String, String>> match() {
    return correlation.entrySet().stream()
        .filter(each -> isStoredAsText(each.getValue()))
        .map(each -> Map.entry(each.getKey(), each.getValue().toString()))
        .findFirst();
  }

  private static boolean isStoredAsText(Object value) {
    return value instanceof String || value instanceof Long || value instanceof Integer;
  }
}
