// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A message for one waiting process instance.
 *
 * @param businessKey the instance's, if it is told by that
 * @param correlation what process variables of these names must equal; may be empty
 * @param variables sent along; values may be null
 * @param sent the row it was made of, where it may be asked for: if it expires as a dead letter
 */
public record Message(
    String name,
    Optional<String> businessKey,
    Map<String, Object> correlation,
    Map<String, Object> variables,
    Patience patience,
    Optional<Sent> sent) {

  /**
   * A row.
   *
   * @param values by column, as {@link dev.millrace.spi.row.RowValues} has them
   */
  public record Sent(String table, Map<String, Object> values) {}

  /** Whom it is for, for a person: {@code business key 'o7' sku = 'a'}. */
  public String describe() {
    String byVariables =
        correlation.entrySet().stream()
            .map(each -> each.getKey() + " = '" + each.getValue() + "'")
            .collect(Collectors.joining(" "));
    return businessKey
        .map(key -> ("business key '" + key + "' " + byVariables).strip())
        .orElse(byVariables);
  }
}
