// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** What differs between databases. Any other than the two tested speaks standard SQL. */
enum Dialect {
  H2,
  POSTGRESQL,
  STANDARD;

  static Dialect of(Connection connection) throws SQLException {
    return switch (connection.getMetaData().getDatabaseProductName().toUpperCase(Locale.ROOT)) {
      case "H2" -> H2;
      case "POSTGRESQL" -> POSTGRESQL;
      default -> STANDARD;
    };
  }

  /** What ends an INSERT so that a row already there is left alone instead of an error. */
  String ignoreDuplicate() {
    return this == POSTGRESQL ? " ON CONFLICT DO NOTHING" : "";
  }

  /**
   * True if a statement that failed makes the transaction unusable up to its last savepoint, so
   * that a duplicate must not happen.
   */
  boolean isDoomedByFailure() {
    return this == POSTGRESQL;
  }
}
