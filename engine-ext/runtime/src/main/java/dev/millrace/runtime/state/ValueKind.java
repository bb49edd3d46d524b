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

  /** That of a column. */
  public static ValueKind of(DataType type) {
    if (type.storage() == Storage.WORD) {
      return NONE;
    }
    if (type.storage() == Storage.WIDE_DECIMAL) {
      return DECIMAL;
    }
    return type.root().isBytes() ? BYTES : TEXT;
  }
}
