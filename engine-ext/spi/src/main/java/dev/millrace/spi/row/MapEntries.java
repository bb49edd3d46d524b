// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.row;

import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Entries of a {@link PackedMap} as rows of two columns, so that whoever reads or writes cells can
 * do so in a map. Cold code: allocates.
 */
public final class MapEntries {
  private MapEntries() {}

  /** Key and value. */
  public static RowType type(DataType map) {
    return RowType.of(new Column("key", map.key()), new Column("value", map.value()));
  }

  /** A row for each entry, in order. */
  public static RowBatch unpack(byte[] map, DataType type) {
    int size = PackedMap.size(map);
    RowBatch entries = new RowBatch(type(type), Math.max(1, size));
    PackedMap.Cells cells = new PackedMap.Cells(map);
    for (int entry = 0; entry < size; entry++) {
      int row = entries.add(ChangeKind.INSERT);
      get(cells, entries, row, 0);
      get(cells, entries, row, 1);
    }
    return entries;
  }

  private static void get(PackedMap.Cells cells, RowBatch entries, int row, int column) {
    cells.next();
    if (cells.isNull()) {
      entries.setNull(row, column);
    } else if (entries.words(column) != null) {
      entries.setLong(row, column, cells.word());
    } else if (entries.type().type(column).root().isByteArray()) {
      entries.setBytes(row, column, cells.bytes());
    } else {
      entries.setString(row, column, cells.text());
    }
  }

  /** The cells of a row as key and value. */
  public static void add(PackedMap.Builder to, RowBatch entries, int row) {
    for (int column = 0; column < 2; column++) {
      if (entries.words(column) != null) {
        to.add(entries.getLong(row, column), entries.isNull(row, column));
      } else if (entries.type().type(column).root().isByteArray()) {
        to.add(entries.getBytes(row, column));
      } else {
        to.add(entries.getString(row, column));
      }
    }
  }

  /** In the order of its entries: packed again it is the same value, in the same group. */
  static Map<Object, Object> toMap(byte[] packed, DataType type) {
    RowBatch entries = unpack(packed, type);
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int row = 0; row < entries.size(); row++) {
      map.put(RowValues.get(entries, row, 0), RowValues.get(entries, row, 1));
    }
    return map;
  }

  static byte[] pack(Map<?, ?> map, DataType type) {
    RowBatch entry = new RowBatch(type(type), 1);
    entry.add(ChangeKind.INSERT);
    PackedMap.Builder packed = new PackedMap.Builder();
    map.forEach(
        (key, value) -> {
          RowValues.set(entry, 0, 0, key);
          RowValues.set(entry, 0, 1, value);
          add(packed, entry, 0);
        });
    return packed.toBytes();
  }
}
