// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.type;

import java.util.Arrays;
import java.util.List;

/** The shape of a row: its columns in order. */
public record RowType(List<Column> columns) {
  public RowType {
    columns = List.copyOf(columns);
  }

  public static RowType of(Column... columns) {
    return new RowType(Arrays.asList(columns));
  }

  public int size() {
    return columns.size();
  }

  public DataType type(int column) {
    return columns.get(column).type();
  }

  public String name(int column) {
    return columns.get(column).name();
  }

  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** The columns at these positions, in that order. */
  public RowType select(int... positions) {
    return new RowType(Arrays.stream(positions).mapToObj(columns::get).toList());
  }

  /** The position of the column of that exact name, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
