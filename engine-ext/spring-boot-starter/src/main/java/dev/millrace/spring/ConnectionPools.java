// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.DataSourceBuilder;

/** The pools opened for {@code millrace.connections}. They end with the application's context. */
final class ConnectionPools implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionPools.class);

  private final List<DataSource> opened = new ArrayList<>();

  DataSource open(MillraceProperties.Connection connection) {
    DataSource pool =
        DataSourceBuilder.create()
            .url(connection.url())
            .username(connection.username())
            .password(connection.password())
            .build();
    opened.add(pool);
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
