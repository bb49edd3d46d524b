// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Instants and parameters in the store's columns. */
final class Columns {
  private Columns() {}

  static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  /** Sets the parameters in order: strings, numbers, instants, null. */
  static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      Object value =
          parameters[i] instanceof Instant instant
              ? instant.atOffset(ZoneOffset.UTC)
              : parameters[i];
      statement.setObject(i + 1, value);
    }
  }
}
