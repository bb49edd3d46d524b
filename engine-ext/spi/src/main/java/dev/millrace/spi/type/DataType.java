// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.type;

import java.util.List;

/**
 * A data type of Flink SQL.
 *
 * <p>How a value is held (see {@link Storage}):
 *
 * <ul>
 *   <li>BOOLEAN: word 0 or 1. TINYINT, SMALLINT, INTEGER, BIGINT: the word, sign-extended.
 *   <li>FLOAT: {@code Float.floatToRawIntBits}; DOUBLE: {@code Double.doubleToRawLongBits}.
 *   <li>DECIMAL(p, s): the unscaled value; with p &gt; 18 as {@link Storage#WIDE_DECIMAL}.
 *   <li>DATE: days since 1970-01-01. TIME: milliseconds of the day.
 *   <li>TIMESTAMP: microseconds since 1970-01-01T00:00 without a zone; TIMESTAMP_LTZ: microseconds
 *       since the epoch. Precision is at most 6.
 *   <li>CHAR, VARCHAR: {@link String}. BINARY, VARBINARY: {@code byte[]}.
 *   <li>MAP: {@code byte[]}, a {@link dev.millrace.spi.row.PackedMap}.
 * </ul>
 *
 * @param precision length of CHAR, VARCHAR, BINARY, VARBINARY; digits of DECIMAL; fractional digits
 *     of TIME and timestamps; 0 elsewhere
 * @param scale digits after the point of DECIMAL; 0 elsewhere
 * @param parts key and value of MAP; empty elsewhere
 */
public record DataType(
    TypeRoot root, int precision, int scale, boolean nullable, List<DataType> parts) {
  public static final int MAX_LENGTH = Integer.MAX_VALUE;
  public static final int MAX_DECIMAL_PRECISION = 38;
  public static final int MAX_COMPACT_PRECISION = 18;
  public static final int MAX_TIMESTAMP_PRECISION = 6;

  public static final DataType BOOLEAN = of(TypeRoot.BOOLEAN);
  public static final DataType TINYINT = of(TypeRoot.TINYINT);
  public static final DataType SMALLINT = of(TypeRoot.SMALLINT);
  public static final DataType INT = of(TypeRoot.INTEGER);
  public static final DataType BIGINT = of(TypeRoot.BIGINT);
  public static final DataType FLOAT = of(TypeRoot.FLOAT);
  public static final DataType DOUBLE = of(TypeRoot.DOUBLE);
  public static final DataType STRING = varchar(MAX_LENGTH);
  public static final DataType BYTES = new DataType(TypeRoot.VARBINARY, MAX_LENGTH, 0, true);
  public static final DataType DATE = of(TypeRoot.DATE);
  public static final DataType TIME = of(TypeRoot.TIME);

  public DataType {
    parts = List.copyOf(parts);
  }

  /** Any type but MAP. */
  public DataType(TypeRoot root, int precision, int scale, boolean nullable) {
    this(root, precision, scale, nullable, List.of());
  }

  private static DataType of(TypeRoot root) {
    return new DataType(root, 0, 0, true);
  }

  public static DataType varchar(int length) {
    return new DataType(TypeRoot.VARCHAR, length, 0, true);
  }

  public static DataType character(int length) {
    return new DataType(TypeRoot.CHAR, length, 0, true);
  }

  public static DataType decimal(int precision, int scale) {
    return new DataType(TypeRoot.DECIMAL, precision, scale, true);
  }

  public static DataType timestamp(int precision) {
    return new DataType(TypeRoot.TIMESTAMP, precision, 0, true);
  }

  public static DataType timestampLtz(int precision) {
    return new DataType(TypeRoot.TIMESTAMP_LTZ, precision, 0, true);
  }

  public static DataType map(DataType key, DataType value) {
    return new DataType(TypeRoot.MAP, 0, 0, true, List.of(key, value));
  }

  /** Of a MAP. */
  public DataType key() {
    return parts.get(0);
  }

  /** Of a MAP. */
  public DataType value() {
    return parts.get(1);
  }

  public DataType notNull() {
    return withNullable(false);
  }

  public DataType withNullable(boolean isNullable) {
    return isNullable == nullable ? this : new DataType(root, precision, scale, isNullable, parts);
  }

  public Storage storage() {
    return root == TypeRoot.DECIMAL && precision > MAX_COMPACT_PRECISION
        ? Storage.WIDE_DECIMAL
        : root.storage();
  }

  /** As Flink prints it in {@code DESCRIBE}: {@code DECIMAL(10, 2) NOT NULL}. */
  @Override
  public String toString() {
    String text =
        switch (root) {
          case BOOLEAN, TINYINT, SMALLINT, BIGINT, FLOAT, DOUBLE, DATE, NULL -> root.name();
          case INTEGER -> "INT";
          case DECIMAL -> "DECIMAL(" + precision + ", " + scale + ")";
          case CHAR, BINARY, TIME, TIMESTAMP, TIMESTAMP_LTZ -> root.name() + "(" + precision + ")";
          case VARCHAR -> precision == MAX_LENGTH ? "STRING" : "VARCHAR(" + precision + ")";
          case VARBINARY -> precision == MAX_LENGTH ? "BYTES" : "VARBINARY(" + precision + ")";
          case MAP -> "MAP<" + key() + ", " + value() + ">";
          case INTERVAL_YEAR_MONTH -> "INTERVAL YEAR TO MONTH";
          case INTERVAL_DAY_TIME -> "INTERVAL DAY TO SECOND";
        };
    return nullable ? text : text + " NOT NULL";
  }
}
