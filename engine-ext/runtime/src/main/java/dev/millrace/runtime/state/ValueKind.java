// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.state;

import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.Storage;

/** What the reference of a cell may be. */
public enum ValueKind {
  /** Always null: the word is the value. */
  NONE,
  TEXT,
  BYTES,
  DECIMAL;

  /** A string, its array and their headers. */
  private static final long TEXT_BYTES = 48;

  private static final long ARRAY_BYTES = 16;

  /** A BigDecimal, its BigInteger and that one's array. */
  private static final long DECIMAL_BYTES = 120;

  /** About how much memory a value takes; 0 for null. */
  public long heapBytes(Object value) {
    if (value == null) {
      return 0;
    }
    return switch (this) {
      case NONE -> 0;
      case TEXT -> TEXT_BYTES + Character.BYTES * (long) ((String) value).length();
      case BYTES -> ARRAY_BYTES + ((byte[]) value).length;
      case DECIMAL -> DECIMAL_BYTES;
    };
  }

  /** That of a column. */
  public static ValueKind of(DataType type) {
    if (type.storage() == Storage.WORD) {
      return NONE;
    }
    if (type.storage() == Storage.WIDE_DECIMAL) {
      return DECIMAL;
    }
    return type.root().isByteArray() ? BYTES : TEXT;
  }
}
