// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cockpit.rest;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import java.sql.SQLException;

/** Reads of the store whose failure is an answer. */
final class StoreCalls {
  private StoreCalls() {}

  @FunctionalInterface
  interface Call<T> {
    T answer() throws SQLException;
  }

  static <T> T read(Call<T> call) {
    try {
      return call.answer();
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  static MillraceException unreadable(SQLException cause) {
    return new MillraceException(
        ErrorCode.of("REST", ErrorCategory.CONNECTOR, 5),
        "the tables of Millrace could not be read: " + cause.getMessage(),
        cause);
  }
}
