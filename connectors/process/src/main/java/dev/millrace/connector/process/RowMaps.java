// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.RowType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows by column name, as the host stores them. */
final class RowMaps {
  private RowMaps() {}

  /**
   * @param schema the table's, whose names count: a query may have others
   */
  static Map<String, Object> of(RowType schema, RowBatch batch, int row) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<Column> columns = schema.columns();
    for (int c = 0; c < columns.size(); c++) {
      values.put(columns.get(c).name(), RowValues.get(batch, row, c));
    }
    return values;
  }
}
