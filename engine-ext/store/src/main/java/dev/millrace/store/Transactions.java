// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.fault.Write;
import dev.millrace.store.schema.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Short transactions of the store's own. One that changes something says which {@link Write} it is,
 * so that tests can break it off.
 */
record Transactions(DataSource dataSource, Database database) {
  /**
   * Between two statements of a transaction that holds leases. A node that stands still for longer
   * (a paused machine) loses the transaction, whose locks would keep others from taking over; one
   * that prepares a large commit does not stand still for so long.
   */
  static final Duration STANDSTILL = Duration.ofSeconds(10);

  @FunctionalInterface
  interface Work<T> {
    T apply(Connection connection) throws SQLException;
  }

  <T> T commit(Write write, Work<T> work) throws SQLException {
    T result =
        run(
            connection -> {
              boundStandstill(connection);
              T returned = work.apply(connection);
              write.committing(returned);
              return returned;
            },
            true);
    write.committed(result);
    return result;
  }

  /** Looks only: the database refuses changes, where it can. */
  <T> T read(Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      boolean readOnly = connection.isReadOnly();
      connection.setReadOnly(true);
      try {
        return run(connection, work, false);
      } finally {
        connection.setReadOnly(readOnly);
      }
    }
  }

  /** Does the work for its result only: nothing of it stays. */
  <T> T rollBack(Work<T> work) throws SQLException {
    return run(
        connection -> {
          boundStandstill(connection);
          return work.apply(connection);
        },
        false);
  }

  private <T> T run(Work<T> work, boolean keep) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return run(connection, work, keep);
    }
  }

  private static <T> T run(Connection connection, Work<T> work, boolean keep) throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    boolean done = false;
    try {
      T result = work.apply(connection);
      done = keep;
      return result;
    } finally {
      if (done) {
        connection.commit();
      } else {
        connection.rollback();
      }
      connection.setAutoCommit(autoCommit);
    }
  }

  private void boundStandstill(Connection connection) throws SQLException {
    String bound = database.boundStandstill(STANDSTILL);
    if (!bound.isEmpty()) {
      Sql.first(connection, row -> row.getInt(1), "SELECT 1" + bound);
    }
  }
}
