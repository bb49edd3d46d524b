// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.ValueKind;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.PackedMap;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in a trace, cell by cell. Immutable. Cold code.
 *
 * <pre>
 *   rows = columns: name, type, words?, kind of the references │ row: change kind, cells …
 *   cell = NULL? and word, if there are words │ reference, as its kind says
 * </pre>
 *
 * Columns go by name and type, since by the time the rows are read again another statement may read
 * other columns of the table.
 */
final class InsertedRows {
  private static final ValueKind[] KINDS = ValueKind.values();

  private record Column(String name, String type, boolean words, ValueKind kind) {}

  private record Cell(boolean isNull, long word, Object reference) {}

  private record Row(ChangeKind kind, List<Cell> cells) {}

  private final List<Column> columns;
  private final List<Row> rows;

  private InsertedRows(List<Column> columns, List<Row> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  static byte[] write(RowBatch batch) {
    StateWriter out = new StateWriter(Integer.MAX_VALUE);
    RowType type = batch.type();
    out.count(type.size());
    for (int column = 0; column < type.size(); column++) {
      out.text(type.name(column));
      out.text(name(type.type(column)));
      out.flag(batch.words(column) != null);
      out.number(ValueKind.of(type.type(column)).ordinal());
    }
    for (int row = 0; row < batch.size(); row++) {
      out.number(batch.kind(row).ordinal());
      for (int column = 0; column < type.size(); column++) {
        writeCell(batch, row, column, out);
      }
    }
    return out.toByteArray();
  }

  private static void writeCell(RowBatch batch, int row, int column, StateWriter out) {
    if (batch.words(column) != null) {
      out.flag(batch.nulls(column)[row]);
      out.number(batch.words(column)[row]);
    }
    Object[] refs = batch.refs(column);
    out.value(ValueKind.of(batch.type().type(column)), refs == null ? null : refs[row]);
  }

  /**
   * Reads what was written.
   *
   * @throws dev.millrace.spi.error.MillraceException if it is not whole
   */
  static InsertedRows read(byte[] bytes, int size) {
    StateReader in = new StateReader(bytes, 0);
    List<Column> columns = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      columns.add(
          new Column(in.text(), in.text(), in.flag(), KINDS[in.number(0, KINDS.length - 1)]));
    }
    List<Row> rows = new ArrayList<>();
    for (int left = size; left > 0; left--) {
      ChangeKind kind = ChangeKind.of(in.number(0, ChangeKind.values().length - 1));
      List<Cell> cells = new ArrayList<>();
      for (Column column : columns) {
        boolean isNull = column.words() && in.flag();
        long word = column.words() ? in.number() : 0;
        cells.add(new Cell(isNull, word, in.value(column.kind())));
      }
      rows.add(new Row(kind, cells));
    }
    in.finish();
    return new InsertedRows(columns, rows);
  }

  /**
   * The rows as the source reads them by now. What was not read then is NULL or empty: nothing that
   * remembers rows reads it, or it would not go on with its state.
   */
  RowBatch batch(RowType type) {
    RowBatch batch = new RowBatch(type, Math.max(1, rows.size()));
    for (Row each : rows) {
      int row = batch.add(each.kind());
      for (int column = 0; column < type.size(); column++) {
        int from = columnLike(type, column);
        if (from < 0) {
          fill(batch, row, column);
        } else {
          set(batch, row, column, each.cells().get(from));
        }
      }
    }
    return batch;
  }

  private int columnLike(RowType type, int column) {
    for (int i = 0; i < columns.size(); i++) {
      Column each = columns.get(i);
      if (each.name().equals(type.name(column)) && each.type().equals(name(type.type(column)))) {
        return i;
      }
    }
    return -1;
  }

  private static void set(RowBatch batch, int row, int column, Cell cell) {
    if (batch.words(column) != null) {
      batch.words(column)[row] = cell.word();
      batch.nulls(column)[row] = cell.isNull();
    }
    if (batch.refs(column) != null) {
      batch.refs(column)[row] = cell.reference();
    }
  }

  private static void fill(RowBatch batch, int row, int column) {
    DataType type = batch.type().type(column);
    if (type.nullable()) {
      batch.setNull(row, column);
      return;
    }
    Object empty =
        switch (ValueKind.of(type)) {
          case NONE, DECIMAL -> null; // the word is the value
          case TEXT -> "";
          case BYTES ->
              type.root() == TypeRoot.MAP ? new PackedMap.Builder().toBytes() : new byte[0];
        };
    set(batch, row, column, new Cell(false, 0, empty));
  }

  /** Whether a value may be missing changes nothing about how it is kept. */
  private static String name(DataType type) {
    return type.withNullable(true).toString();
  }
}
