// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Rows as people read them, and as the journal takes them. */
final class Rows {
  private static final int MAX_VALUE_LENGTH = 200;

  private Rows() {}

  static String toString(List<TableColumn> columns, Object[] row) {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    for (int i = 0; i < row.length; i++) {
      text.add(columns.get(i).name() + "=" + toString(row[i]));
    }
    return text.toString();
  }

  static String toString(Map<String, Object> row) {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    row.forEach((name, value) -> text.add(name + "=" + toString(value)));
    return text.toString();
  }

  static String toString(Object value) {
    String text = value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    return text.length() <= MAX_VALUE_LENGTH ? text : text.substring(0, MAX_VALUE_LENGTH) + "…";
  }

  /** By column name, in order of the columns; may hold nulls. */
  static Map<String, Object> toMap(List<TableColumn> columns, Object[] row) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < row.length; i++) {
      map.put(columns.get(i).name(), row[i]);
    }
    return map;
  }
}
