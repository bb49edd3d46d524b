// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.type;

/** The family of a {@link DataType}, as in Flink's {@code LogicalTypeRoot}. */
public enum TypeRoot {
  BOOLEAN(Storage.WORD),
  TINYINT(Storage.WORD),
  SMALLINT(Storage.WORD),
  INTEGER(Storage.WORD),
  BIGINT(Storage.WORD),
  FLOAT(Storage.WORD),
  DOUBLE(Storage.WORD),
  DECIMAL(Storage.WORD),
  CHAR(Storage.REFERENCE),
  VARCHAR(Storage.REFERENCE),
  BINARY(Storage.REFERENCE),
  VARBINARY(Storage.REFERENCE),
  DATE(Storage.WORD),
  TIME(Storage.WORD),
  TIMESTAMP(Storage.WORD),
  TIMESTAMP_LTZ(Storage.WORD),
  MAP(Storage.REFERENCE),
  /** Months, as a word. Only inside expressions, never a column of a table. */
  INTERVAL_YEAR_MONTH(Storage.WORD),
  /** Milliseconds, as a word. Only inside expressions, never a column of a table. */
  INTERVAL_DAY_TIME(Storage.WORD),
  /** The type of a bare NULL literal. */
  NULL(Storage.WORD);

  private final Storage storage;

  TypeRoot(Storage storage) {
    this.storage = storage;
  }

  Storage storage() {
    return storage;
  }

  public boolean isExactNumeric() {
    return this == TINYINT
        || this == SMALLINT
        || this == INTEGER
        || this == BIGINT
        || this == DECIMAL;
  }

  public boolean isInteger() {
    return this == TINYINT || this == SMALLINT || this == INTEGER || this == BIGINT;
  }

  public boolean isApproximate() {
    return this == FLOAT || this == DOUBLE;
  }

  public boolean isNumeric() {
    return isExactNumeric() || isApproximate();
  }

  public boolean isCharacter() {
    return this == CHAR || this == VARCHAR;
  }

  public boolean isBytes() {
    return this == BINARY || this == VARBINARY;
  }

  /** Whether a value is held as a {@code byte[]}. */
  public boolean isByteArray() {
    return isBytes() || this == MAP;
  }
}
