// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.datagen;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.type.Column;
import java.util.Collection;

/** The errors of this module; all of category SQL. */
final class DatagenErrors {
  private DatagenErrors() {}

  static MillraceException unknownField(String key, Collection<String> columns) {
    return error(1, "option '%s': there is no such column; columns are %s".formatted(key, columns));
  }

  static MillraceException notForColumn(String key, Column column, Collection<String> valid) {
    return error(
        2,
        "option '%s' has no meaning for column '%s'; its options are %s"
            .formatted(key, column, valid));
  }

  static MillraceException missing(String key) {
    return error(3, "option '%s' is missing: a sequence needs start and end".formatted(key));
  }

  static MillraceException noSequence(Column column) {
    return error(4, "column '%s' cannot be a sequence; use a number or text".formatted(column));
  }

  static MillraceException badValue(String key, String value, String expected) {
    return error(5, "option '%s' is '%s', but must be %s".formatted(key, value, expected));
  }

  static MillraceException unsupportedType(Column column) {
    return error(6, "'datagen' cannot make values of column '%s'".formatted(column));
  }

  private static MillraceException error(int number, String message) {
    return new MillraceException(ErrorCode.of("DATAGEN", ErrorCategory.SQL, number), message);
  }
}
