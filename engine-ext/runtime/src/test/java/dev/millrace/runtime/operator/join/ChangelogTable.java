// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import dev.millrace.runtime.operator.Output;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what an operator emits, as lines and folded into a multiset. */
final class ChangelogTable implements Output {
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Integer> rows = new TreeMap<>();

  @Override
  public void rows(RowBatch batch) {
    for (int row = 0; row < batch.size(); row++) {
      String line = batch.rowToString(row);
      lines.add(line);
      fold(batch.kind(row), line.substring(2));
    }
  }

  private void fold(ChangeKind kind, String row) {
    int count = rows.merge(row, kind.adds() ? 1 : -1, Integer::sum);
    if (count == 0) {
      rows.remove(row);
    }
  }

  @Override
  public void watermark(long micros) {
    lines.add("watermark " + micros);
  }

  List<String> lines() {
    return lines;
  }

  /** Rows with how often they are there; a negative count is a retraction of what never was. */
  Map<String, Integer> folded() {
    return rows;
  }

  static void append(RowBatch batch, ChangeKind kind, Object... cells) {
    int row = batch.add(kind);
    for (int column = 0; column < cells.length; column++) {
      RowValues.set(batch, row, column, cells[column]);
    }
  }
}
