// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import dev.millrace.camunda.deadletter.Correction;
import dev.millrace.cockpit.access.CockpitErrors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is processed in place of a dead letter; with nothing given, the letter as it is.
 *
 * @param table of the rows; the letter's own if it is left out
 * @param record a corrected record, as text
 * @param bytes a corrected record, in Base64
 * @param rows corrected rows, by column
 */
public record ReplayDto(String table, String record, String bytes, List<Map<String, Object>> rows) {
  public Correction correction() {
    long given = (record == null ? 0 : 1) + (bytes == null ? 0 : 1) + (rows == null ? 0 : 1);
    if (given > 1) {
      throw CockpitErrors.badRequest("give one of 'record', 'bytes' and 'rows'");
    }
    return new Correction(
        Optional.ofNullable(table),
        record == null
            ? Optional.ofNullable(bytes).map(ReplayDto::decoded)
            : Optional.of(record.getBytes(StandardCharsets.UTF_8)),
        rows == null ? List.of() : rows);
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw CockpitErrors.badRequest("'bytes' is no Base64: " + e.getMessage());
    }
  }
}
