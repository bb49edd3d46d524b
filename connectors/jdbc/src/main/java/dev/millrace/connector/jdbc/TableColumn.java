// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import java.math.BigDecimal;
import java.nio.ByteBuffer;

/**
 * A column as the database has it.
 *
 * @param name in the database's spelling
 * @param typeName in the database's words, for messages
 * @param scale of a decimal with a fixed one; -1 otherwise
 * @param padded with blanks to its length, as CHAR is
 * @param generated computed by the database: never written
 */
record TableColumn(
    String name, Kind kind, String typeName, int scale, boolean padded, boolean generated) {

  /**
   * The value as this column will hold it.
   *
   * @throws ArithmeticException if a number does not fit
   */
  Object accept(Object value) {
    Object accepted = kind.accept(value);
    return accepted instanceof BigDecimal decimal && scale >= 0
        ? Kind.rounded(decimal, scale)
        : accepted;
  }

  /** A value to compare by {@code equals}, which some classes take too literally. */
  Object comparable(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.stripTrailingZeros();
    }
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    if (padded && value instanceof String text) {
      return text.stripTrailing();
    }
    return value;
  }
}
