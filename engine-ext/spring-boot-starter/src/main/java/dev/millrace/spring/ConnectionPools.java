// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.camunda.config.Secrets;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.DataSourceBuilder;

/** The pools opened for {@code millrace.connections}. They end with the application's context. */
final class ConnectionPools implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionPools.class);

  private final Secrets secrets;
  private final List<DataSource> opened = new ArrayList<>();

  ConnectionPools(Secrets secrets) {
    this.secrets = secrets;
  }

  /**
   * @param place where it is configured, for messages: {@code millrace.connections.warehouse}
   */
  DataSource open(String place, MillraceProperties.Connection connection) {
    DataSource pool = connection.namesSecret() ? secretPool(place, connection) : pool(connection);
    opened.add(pool);
    return pool;
  }

  private static DataSource pool(MillraceProperties.Connection connection) {
    return DataSourceBuilder.create()
        .url(connection.url())
        .username(connection.username())
        .password(connection.password())
        .build();
  }

  /** Asks for its secrets whenever it opens a connection; the first when it is first used. */
  private DataSource secretPool(String place, MillraceProperties.Connection connection) {
    HikariDataSource pool = new HikariDataSource();
    pool.setPoolName(place);
    pool.setDataSource(new SecretLogin(place, connection, secrets));
    return pool;
  }

  List<DataSource> opened() {
    return List.copyOf(opened);
  }

  @Override
  public void close() {
    for (DataSource pool : opened) {
      if (pool instanceof AutoCloseable closeable) {
        close(closeable);
      }
    }
  }

  /** One that fails to close keeps no other open. */
  private static void close(AutoCloseable pool) {
    try {
      pool.close();
    } catch (Exception e) {
      LOG.warn("a connection pool was not closed", e);
    }
  }
}
