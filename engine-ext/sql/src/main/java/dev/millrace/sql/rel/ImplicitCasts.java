// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;

/** Which values may be written to which column without a CAST: Flink's {@code LogicalTypeCasts}. */
final class ImplicitCasts {
  private ImplicitCasts() {}

  static boolean allows(DataType from, DataType to) {
    TypeRoot source = from.root();
    if (source == TypeRoot.MAP && to.root() == TypeRoot.MAP) {
      return allows(from.key(), to.key()) && allows(from.value(), to.value());
    }
    if (source == to.root() || source == TypeRoot.NULL) {
      return true;
    }
    return switch (to.root()) {
      case VARCHAR -> source == TypeRoot.CHAR;
      case VARBINARY -> source == TypeRoot.BINARY;
      case SMALLINT, INTEGER, BIGINT -> source.isInteger() && source.compareTo(to.root()) < 0;
      case DECIMAL, DOUBLE -> source.isNumeric();
      case FLOAT -> source.isExactNumeric();
      case DATE, TIME, TIMESTAMP_LTZ -> source == TypeRoot.TIMESTAMP;
      case TIMESTAMP -> source == TypeRoot.TIMESTAMP_LTZ;
      case BOOLEAN, TINYINT, CHAR, BINARY, MAP, NULL, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
          false;
    };
  }
}
