// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.type;

/** Where a value of a column lies in a {@link dev.millrace.spi.row.RowBatch}. */
public enum Storage {
  /** A {@code long}; NULL is a flag beside it. */
  WORD,
  /** An object; NULL is the null reference. */
  REFERENCE,
  /**
   * A decimal of more than 18 digits: the unscaled value as a {@code long} where it fits (the
   * reference is then null), otherwise a {@link java.math.BigDecimal} of the type's scale as the
   * reference (the word is then 0). A value that fits a long is never held as a reference, so equal
   * values have equal representations. NULL is a flag beside it.
   */
  WIDE_DECIMAL
}
