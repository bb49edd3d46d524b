// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.store.schema.Database;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Short transactions of the store's own. */
record Transactions(DataSource dataSource, Database database) {

  @FunctionalInterface
  interface Work<T> {
    T apply(Connection connection) throws SQLException;
  }

  <T> T commit(Work<T> work) throws SQLException {
    return run(work, true);
  }

  /** Does the work for its result only: nothing of it stays. */
  <T> T rollBack(Work<T> work) throws SQLException {
    return run(work, false);
  }

  private <T> T run(Work<T> work, boolean keep) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
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
  }
}
