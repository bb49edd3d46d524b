// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.dto;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Rows as JSON can show them: a key of a map is a name there, also one that is NULL or no text. */
final class ShownRow {
  private ShownRow() {}

  /** Null if there is none. */
  static Map<String, Object> of(Optional<Map<String, Object>> row) {
    return row.map(ShownRow::of).orElse(null);
  }

  static Map<String, Object> of(Map<?, ?> row) {
    Map<String, Object> shown = new LinkedHashMap<>();
    row.forEach((key, value) -> shown.put(name(key), value(value)));
    return shown;
  }

  private static Object value(Object value) {
    return value instanceof Map<?, ?> map ? of(map) : value;
  }

  private static String name(Object key) {
    return key instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : String.valueOf(key);
  }
}
