// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;

/**
 * What an aggregate is over: the value {@code v}, {@code x} in generated code.
 *
 * @param always each row of the group has a value that counts: no NULL, no FILTER, not DISTINCT
 */
record Argument(DataType type, boolean always) {
  TypeRoot root() {
    return type.root();
  }

  /** The value as a double. */
  String asDouble() {
    return switch (root()) {
      case FLOAT -> "Float.intBitsToFloat((int) v)";
      case DOUBLE -> "Double.longBitsToDouble(v)";
      case DECIMAL -> "Decimals.toDouble(v, (BigDecimal) x, " + type.scale() + ")";
      default -> "(double) v";
    };
  }
}
