// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.store.codec.RowJson;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;

/** Process variables as text: rows know no {@link Date}, and variables no {@link Instant}. */
final class StoredVariables {
  private StoredVariables() {}

  static String write(Map<String, Object> variables) {
    Map<String, Object> stored = new LinkedHashMap<>();
    variables.forEach((name, value) -> stored.put(name, stored(value)));
    return RowJson.write(stored);
  }

  static Object stored(Object value) {
    return value instanceof Date date ? date.toInstant() : value;
  }

  static Map<String, Object> read(String text) {
    Map<String, Object> variables = new LinkedHashMap<>();
    RowJson.read(text)
        .forEach(
            (name, value) ->
                variables.put(name, value instanceof Instant instant ? Date.from(instant) : value));
    return variables;
  }
}
