// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.type;

import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;
import java.util.Optional;

/** The one type two values are compared in, as in Flink. Nullability is left to the caller. */
public final class CommonType {
  private CommonType() {}

  /** Empty if no value of one can be compared with one of the other. */
  public static Optional<DataType> of(DataType left, DataType right) {
    if (left.root() == TypeRoot.MAP && right.root() == TypeRoot.MAP) {
      return sameEntries(left, right) ? Optional.of(left) : Optional.empty();
    }
    if (left.root() == right.root()) {
      return Optional.of(wider(left, right));
    }
    if (left.root() == TypeRoot.NULL) {
      return Optional.of(right);
    }
    if (right.root() == TypeRoot.NULL) {
      return Optional.of(left);
    }
    if (left.root().isNumeric() && right.root().isNumeric()) {
      return Optional.of(numeric(left, right));
    }
    if (left.root().isCharacter() && right.root().isCharacter()) {
      return Optional.of(DataType.varchar(Math.max(left.precision(), right.precision())));
    }
    if (left.root().isBytes() && right.root().isBytes()) {
      return Optional.of(DataType.BYTES);
    }
    return mixed(left, right);
  }

  /** Flink takes text for a date or a time, but not for a number. */
  private static Optional<DataType> mixed(DataType left, DataType right) {
    if (left.root().isNumeric() || right.root().isNumeric()) {
      return Optional.empty();
    }
    if (left.root().isCharacter()) {
      return Optional.of(right);
    }
    if (right.root().isCharacter()) {
      return Optional.of(left);
    }
    if (isTimestamp(left) && isTimestamp(right)) {
      return Optional.of(left.precision() > right.precision() ? left : right);
    }
    if (isTimestamp(left) && right.root() == TypeRoot.DATE) {
      return Optional.of(left);
    }
    if (isTimestamp(right) && left.root() == TypeRoot.DATE) {
      return Optional.of(right);
    }
    return Optional.empty();
  }

  /** Whether equal keys, and equal values, of both maps are held alike. */
  private static boolean sameEntries(DataType left, DataType right) {
    return areHeldAlike(left.key(), right.key()) && areHeldAlike(left.value(), right.value());
  }

  /** Whether equal values of both types are the same cell of a map. */
  public static boolean areHeldAlike(DataType left, DataType right) {
    if (left.root() == TypeRoot.MAP && right.root() == TypeRoot.MAP) {
      return sameEntries(left, right);
    }
    return left.root() == TypeRoot.DECIMAL
        ? right.root() == TypeRoot.DECIMAL && left.scale() == right.scale()
        : left.root() == right.root()
            || (left.root().isCharacter() && right.root().isCharacter())
            || (left.root().isBytes() && right.root().isBytes())
            || (left.root().isInteger() && right.root().isInteger());
  }

  private static DataType wider(DataType left, DataType right) {
    if (left.root() == TypeRoot.DECIMAL) {
      return decimal(left, right);
    }
    return left.precision() >= right.precision() ? left : right;
  }

  private static DataType numeric(DataType left, DataType right) {
    if (left.root().isApproximate() || right.root().isApproximate()) {
      return DataType.DOUBLE;
    }
    if (left.root() == TypeRoot.DECIMAL || right.root() == TypeRoot.DECIMAL) {
      return decimal(asDecimal(left), asDecimal(right));
    }
    return left.root().compareTo(right.root()) > 0 ? left : right;
  }

  private static DataType decimal(DataType left, DataType right) {
    int scale = Math.max(left.scale(), right.scale());
    int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
    return DataType.decimal(Math.min(whole + scale, DataType.MAX_DECIMAL_PRECISION), scale);
  }

  /** An integer type as the decimal that holds all its values; a decimal as it is. */
  public static DataType asDecimal(DataType type) {
    return switch (type.root()) {
      case TINYINT -> DataType.decimal(3, 0).withNullable(type.nullable());
      case SMALLINT -> DataType.decimal(5, 0).withNullable(type.nullable());
      case INTEGER -> DataType.decimal(10, 0).withNullable(type.nullable());
      case BIGINT -> DataType.decimal(19, 0).withNullable(type.nullable());
      default -> type;
    };
  }

  private static boolean isTimestamp(DataType type) {
    return type.root() == TypeRoot.TIMESTAMP || type.root() == TypeRoot.TIMESTAMP_LTZ;
  }
}
