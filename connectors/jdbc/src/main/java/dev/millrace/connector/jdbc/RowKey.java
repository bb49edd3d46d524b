// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import java.util.ArrayList;
import java.util.List;

/**
 * The values of key columns, in a form that compares as the database does. Keys are ordered column
 * by column, so that all writers lock rows in one order.
 */
record RowKey(List<Object> values) implements Comparable<RowKey> {

  /**
   * @param columns that make the key
   * @param values one for each; none is null
   */
  static RowKey of(List<TableColumn> columns, Object[] values) {
    List<Object> comparable = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      comparable.add(columns.get(i).comparable(values[i]));
    }
    return new RowKey(comparable);
  }

  @Override
  public int compareTo(RowKey other) {
    for (int i = 0; i < values.size(); i++) {
      int order = compare(values.get(i), other.values.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** A column has one class of values, which is comparable to itself. */
  @SuppressWarnings("unchecked")
  private static int compare(Object left, Object right) {
    return ((Comparable<Object>) left).compareTo(right);
  }
}
