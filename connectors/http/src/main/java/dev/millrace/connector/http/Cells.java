// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.DataType;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Map;

/** Cells of rows as parts of a URL, and as keys. */
final class Cells {
  private Cells() {}

  /** As a server reads it in a path or query, not encoded yet; null for NULL. */
  static String text(RowBatch batch, int row, int column) {
    Object value = RowValues.get(batch, row, column);
    if (value == null) {
      return null;
    }
    if (value instanceof Map) {
      throw HttpErrors.unusableValue(batch.type().name(column), "is a MAP");
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
    return value.toString();
  }

  /** A value of one type as one of another of the same family: INT as BIGINT, INT as DECIMAL. */
  static Object as(DataType type, Object value) {
    if (!(value instanceof Number number)) {
      return value;
    }
    return switch (type.root()) {
      case TINYINT -> number.byteValue();
      case SMALLINT -> number.shortValue();
      case INTEGER -> number.intValue();
      case BIGINT -> number.longValue();
      case FLOAT -> number.floatValue();
      case DOUBLE -> number.doubleValue();
      case DECIMAL -> RowValues.fit(new BigDecimal(number.toString()), type);
      default -> value;
    };
  }

  /** Equal in SQL; neither is null. */
  static boolean equal(Object left, Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())) == 0;
    }
    if (left instanceof byte[] a && right instanceof byte[] b) {
      return java.util.Arrays.equals(a, b);
    }
    return left.equals(right);
  }
}
