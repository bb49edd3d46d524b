// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.spi.type.DataType;

/** How generated code holds a value of a data type in a local. */
enum JavaType {
  BOOLEAN("boolean", "false"),
  INT("int", "0"),
  LONG("long", "0L"),
  FLOAT("float", "0F"),
  DOUBLE("double", "0D"),
  STRING("String", "null"),
  BYTES("byte[]", "null");

  private final String javaName;
  private final String zero;

  JavaType(String javaName, String zero) {
    this.javaName = javaName;
    this.zero = zero;
  }

  static JavaType of(DataType type) {
    return switch (type.root()) {
      case BOOLEAN -> BOOLEAN;
      case TINYINT, SMALLINT, INTEGER, DATE, TIME, INTERVAL_YEAR_MONTH -> INT;
      case BIGINT, DECIMAL, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_DAY_TIME, NULL -> LONG;
      case FLOAT -> FLOAT;
      case DOUBLE -> DOUBLE;
      case CHAR, VARCHAR -> STRING;
      case BINARY, VARBINARY, MAP -> BYTES;
    };
  }

  String javaName() {
    return javaName;
  }

  /** The initial value of a local. */
  String zero() {
    return zero;
  }

  /** From a cell, a {@code long} or an {@code Object}, to the local. */
  String fromCell(String cell) {
    return switch (this) {
      case BOOLEAN -> cell + " != 0L";
      case INT -> "(int) " + cell;
      case LONG -> cell;
      case FLOAT -> "Float.intBitsToFloat((int) " + cell + ")";
      case DOUBLE -> "Double.longBitsToDouble(" + cell + ")";
      case STRING, BYTES -> "(" + javaName + ") " + cell;
    };
  }

  /** From a local to the word of a cell. */
  String toWord(String value) {
    return switch (this) {
      case BOOLEAN -> "(" + value + " ? 1L : 0L)";
      case INT, LONG -> value;
      case FLOAT -> "Float.floatToRawIntBits(" + value + ")";
      case DOUBLE -> "Double.doubleToRawLongBits(" + value + ")";
      case STRING, BYTES -> throw new IllegalStateException(this + " is not held as a word");
    };
  }
}
