// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.deadletter;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is processed in place of a dead letter.
 *
 * @param table the table whose rows they are; empty for the letter's own. A table the script writes
 *     takes them as they are, one that it reads sends them through the script
 * @param bytes a record as the table's source reads it
 * @param rows values by column, as JSON would have them
 */
public record Correction(
    Optional<String> table, Optional<byte[]> bytes, List<Map<String, Object>> rows) {
  /** The letter as it is: what was wrong has been put right elsewhere. */
  public static final Correction NONE =
      new Correction(Optional.empty(), Optional.empty(), List.of());

  public Correction {
    rows = List.copyOf(rows);
  }

  boolean isNone() {
    return bytes.isEmpty() && rows.isEmpty();
  }
}
