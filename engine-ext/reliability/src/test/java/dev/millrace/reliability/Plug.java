// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A node's way to its database, which can be cut for good: to the database that is the death of the
 * node. A pool that never makes anybody wait, so that what has died unwinds at once. Thread-safe.
 */
final class Plug implements DataSource, AutoCloseable {
  private final DataSource database;
  private final Set<Connection> wires = ConcurrentHashMap.newKeySet();
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean cut;

  Plug(DataSource database) {
    this.database = database;
  }

  DataSource dataSource() {
    return this;
  }

  /** Nothing of what is not committed will be. */
  void cut() {
    cut = true;
    for (Connection wire : wires) {
      abort(wire);
    }
  }

  @Override
  public void close() {
    cut();
  }

  private static void abort(Connection wire) {
    try {
      wire.abort(Runnable::run);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (cut) {
      throw new SQLException("the node is dead", "08006");
    }
    Connection wire = idle.poll();
    return pooled(wire == null ? connect() : wire);
  }

  private Connection connect() throws SQLException {
    Connection wire = database.getConnection();
    wires.add(wire);
    if (cut) {
      abort(wire);
    }
    return wire;
  }

  /** To close it gives it back. */
  private Connection pooled(Connection wire) {
    AtomicBoolean given = new AtomicBoolean();
    return (Connection)
        Proxy.newProxyInstance(
            Plug.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                if (given.compareAndSet(false, true)) {
                  giveBack(wire);
                }
                return null;
              }
              try {
                return method.invoke(wire, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void giveBack(Connection wire) throws SQLException {
    if (wire.isClosed()) {
      wires.remove(wire);
      return;
    }
    if (!wire.getAutoCommit()) {
      wire.rollback();
      wire.setAutoCommit(true);
    }
    idle.push(wire);
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
    return type.isInstance(this) ? type.cast(this) : database.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || database.isWrapperFor(type);
  }
}
