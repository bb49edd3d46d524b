// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.row;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Rows as Flink's {@code print} writes them. */
final class RowText {
  private RowText() {}

  static String of(RowBatch batch, int row) {
    StringBuilder text = new StringBuilder(batch.kind(row).shortName()).append('[');
    for (int column = 0; column < batch.type().size(); column++) {
      if (column > 0) {
        text.append(", ");
      }
      append(text, RowValues.get(batch, row, column));
    }
    return text.append(']').toString();
  }

  /** In the order in which Flink prints a map. */
  private static Map<Object, Object> byHash(Map<?, ?> map) {
    Map<Object, Object> hashed = new HashMap<>();
    map.forEach(hashed::put);
    return hashed;
  }

  private static void append(StringBuilder text, Object value) {
    if (value instanceof byte[] bytes) {
      text.append(Arrays.toString(bytes));
    } else if (value instanceof Map<?, ?> map) {
      text.append('{');
      String separator = "";
      for (Map.Entry<?, ?> entry : byHash(map).entrySet()) {
        append(text.append(separator), entry.getKey());
        append(text.append('='), entry.getValue());
        separator = ", ";
      }
      text.append('}');
    } else {
      text.append(value);
    }
  }
}
