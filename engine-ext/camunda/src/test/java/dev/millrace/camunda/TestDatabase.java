// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * An empty database: H2 in memory, or with {@code -Dmillrace.test.database=postgresql} one of a
 * PostgreSQL server that all tests of this JVM share.
 */
record TestDatabase(String url, String user) {
  static TestDatabase create() {
    String name = "s" + UUID.randomUUID().toString().replace("-", "");
    return "postgresql".equals(System.getProperty("millrace.test.database"))
        ? postgres(name)
        : new TestDatabase("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "sa");
  }

  /** While no engine is there. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, "");
  }

  private static TestDatabase postgres(String name) {
    EmbeddedPostgres server = Server.POSTGRES;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new TestDatabase(server.getJdbcUrl("postgres", name), "postgres");
  }

  /** Started when first asked for; ends with the JVM. */
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
