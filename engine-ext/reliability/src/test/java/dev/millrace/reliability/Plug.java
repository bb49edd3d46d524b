// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A node's way to its database, which can be cut for good: to the database that is the death of the
 * node. Thread-safe.
 */
final class Plug implements AutoCloseable {
  private static final long PATIENCE_MS = 2_000;

  private final Set<Connection> wires = ConcurrentHashMap.newKeySet();
  private final HikariDataSource pool;
  private volatile boolean cut;

  Plug(DataSource database) {
    HikariConfig settings = new HikariConfig();
    settings.setDataSource(new Wires(database));
    settings.setMinimumIdle(0);
    settings.setMaximumPoolSize(10);
    settings.setConnectionTimeout(PATIENCE_MS);
    pool = new HikariDataSource(settings);
  }

  DataSource dataSource() {
    return new Cuttable();
  }

  /** Nothing of what is not committed will be. */
  void cut() {
    cut = true;
    for (Connection wire : wires) {
      try {
        wire.abort(Runnable::run);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Physical connections. */
  private final class Wires extends Source {
    Wires(DataSource database) {
      super(database);
    }

    @Override
    public Connection getConnection() throws SQLException {
      check();
      Connection wire = super.getConnection();
      wires.add(wire);
      if (cut) {
        wire.abort(Runnable::run);
      }
      return wire;
    }
  }

  /** Pooled ones. */
  private final class Cuttable extends Source {
    Cuttable() {
      super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
      check();
      return super.getConnection();
    }
  }

  private void check() throws SQLException {
    if (cut) {
      throw new SQLException("the node is dead", "08006");
    }
  }

  private abstract static class Source implements DataSource {
    private final DataSource below;

    Source(DataSource below) {
      this.below = below;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return below.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
      return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
      return type.isInstance(this) ? type.cast(this) : below.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
      return type.isInstance(this) || below.isWrapperFor(type);
    }
  }
}
