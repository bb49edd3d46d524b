// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;

/** What time it is for leases and due dates. Thread-safe. */
@FunctionalInterface
public interface StoreClock {
  Instant now(Connection connection) throws SQLException;

  /** The database's clock: the one clock all nodes share. */
  static StoreClock database() {
    return connection -> {
      try (PreparedStatement select = connection.prepareStatement("SELECT CURRENT_TIMESTAMP");
          ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getObject(1, OffsetDateTime.class).toInstant();
      }
    };
  }

  /** A clock of the JVM, such as one a test sets by hand. */
  static StoreClock of(Clock clock) {
    return connection -> clock.instant();
  }
}
