// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.tpch;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.type.Column;
import java.util.Collection;

/** The errors of this module; all of category SQL. */
final class TpchErrors {
  private TpchErrors() {}

  static MillraceException unknownTable(String name, Collection<String> tables) {
    return error(1, "TPC-H has no table '%s'; its tables are %s".formatted(name, tables));
  }

  static MillraceException unknownColumn(String name, String table, Collection<String> columns) {
    return error(
        2,
        "TPC-H's table %s has no column '%s'; its columns are %s".formatted(table, name, columns));
  }

  static MillraceException wrongType(Column column, String types) {
    return error(3, "column '%s' must be one of %s".formatted(column, types));
  }

  static MillraceException notPositive(String option, double value) {
    return error(4, "option '%s' is %s, but must be more than 0".formatted(option, value));
  }

  static MillraceException negative(String option, long value) {
    return error(5, "option '%s' is %d, but must not be negative".formatted(option, value));
  }

  private static MillraceException error(int number, String message) {
    return new MillraceException(ErrorCode.of("TPCH", ErrorCategory.SQL, number), message);
  }
}
