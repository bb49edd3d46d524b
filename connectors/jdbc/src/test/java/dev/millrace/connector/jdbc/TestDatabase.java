// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Real databases, an empty one each time. */
enum TestDatabase {
  H2 {
    @Override
    DataSource create() {
      JdbcDataSource dataSource = new JdbcDataSource();
      dataSource.setURL(
          "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
      return dataSource;
    }
  },
  POSTGRESQL {
    @Override
    DataSource create() throws SQLException {
      String name = "t" + UUID.randomUUID().toString().replace("-", "");
      try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
      }
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setURL(Server.POSTGRES.getJdbcUrl("postgres", name));
      return dataSource;
    }
  };

  abstract DataSource create() throws SQLException;

  /** One server for all tests of the JVM; it ends with the JVM. */
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
