// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import dev.millrace.spi.row.RowBatch;
import java.util.Arrays;

/**
 * Hashes and compares cells by their stored form: FLOAT and DOUBLE by their bits, as Flink does
 * with keys. Does not allocate.
 */
final class Cells {
  private static final int MULTIPLIER = 0x9E3779B1;

  private Cells() {}

  static boolean anyNull(RowBatch batch, int row, int[] columns) {
    for (int column : columns) {
      if (batch.isNull(row, column)) {
        return true;
      }
    }
    return false;
  }

  static int hash(RowBatch batch, int row, int[] columns) {
    int hash = 1;
    for (int column : columns) {
      hash = (hash + cellHash(batch, row, column)) * MULTIPLIER;
    }
    return hash ^ (hash >>> 15);
  }

  private static int cellHash(RowBatch batch, int row, int column) {
    Object[] refs = batch.refs(column);
    if (refs != null && refs[row] != null) {
      return refs[row] instanceof byte[] bytes ? Arrays.hashCode(bytes) : refs[row].hashCode();
    }
    long[] words = batch.words(column);
    if (words == null || batch.nulls(column)[row]) {
      return 0;
    }
    return Long.hashCode(words[row] * 0x9E3779B97F4A7C15L);
  }

  /** True if the cells are equal pair by pair, NULL being equal to NULL. */
  static boolean equal(RowBatch a, int aRow, int[] aColumns, RowBatch b, int bRow, int[] bColumns) {
    for (int i = 0; i < aColumns.length; i++) {
      if (!cellEqual(a, aRow, aColumns[i], b, bRow, bColumns[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean cellEqual(
      RowBatch a, int aRow, int aColumn, RowBatch b, int bRow, int bColumn) {
    Object aRef = a.refs(aColumn) == null ? null : a.refs(aColumn)[aRow];
    Object bRef = b.refs(bColumn) == null ? null : b.refs(bColumn)[bRow];
    if (aRef != null || bRef != null) {
      return aRef instanceof byte[] aBytes && bRef instanceof byte[] bBytes
          ? Arrays.equals(aBytes, bBytes)
          : aRef != null && aRef.equals(bRef);
    }
    if (a.words(aColumn) == null) {
      return true;
    }
    boolean aNull = a.nulls(aColumn)[aRow];
    boolean bNull = b.nulls(bColumn)[bRow];
    return aNull || bNull ? aNull == bNull : a.words(aColumn)[aRow] == b.words(bColumn)[bRow];
  }
}
