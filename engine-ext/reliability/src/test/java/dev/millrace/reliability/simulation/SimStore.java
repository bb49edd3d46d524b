// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability.simulation;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A transactional store that loses what was not committed when it crashes, or when a connection
 * does; whether a commit that was under way then has happened, it does not tell.
 */
final class SimStore {
  private final String url =
      "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=1;QUERY_CACHE_SIZE=256";

  /** What becomes of the next commits; asked at each. */
  enum Outcome {
    COMMITTED,
    /** Committed, but the answer was lost. */
    COMMITTED_UNHEARD,
    /** Lost, with the connection. */
    LOST,
    /** Lost without a word: what a store must never do. */
    FORGOTTEN
  }

  /** Decides about commits. */
  interface Fate {
    Outcome commit();
  }

  private Fate fate = () -> Outcome.COMMITTED;

  void fate(Fate decides) {
    fate = decides;
  }

  Connection open() throws SQLException {
    return DriverManager.getConnection(url, "sa", "");
  }

  /** One node's way to the store. */
  final class Link implements DataSource {
    private final List<Wire> wires = new ArrayList<>();
    private final Deque<Wire> idle = new ArrayDeque<>();

    /** All transactions under way are lost. */
    void cut() {
      for (Wire wire : List.copyOf(wires)) {
        wire.cut();
      }
    }

    @Override
    public Connection getConnection() throws SQLException {
      Fibers.pause();
      Wire wire = idle.poll();
      if (wire == null) {
        wire = new Wire(this, open());
        wires.add(wire);
      }
      return wire.lend();
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
      throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return false;
    }
  }

  Link link() {
    return new Link();
  }

  /** A physical connection, lent again and again. */
  private final class Wire {
    private final Link link;
    private final Connection physical;
    private boolean cut;

    Wire(Link link, Connection physical) {
      this.link = link;
      this.physical = physical;
    }

    Connection lend() {
      return (Connection)
          Proxy.newProxyInstance(
              SimStore.class.getClassLoader(), new Class<?>[] {Connection.class}, new Lent(this));
    }

    void cut() {
      if (!cut) {
        cut = true;
        link.wires.remove(this);
        link.idle.remove(this);
        try {
          physical.rollback();
          physical.close();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    void check() throws SQLException {
      if (cut) {
        throw new SQLException("the connection is lost", "08006");
      }
    }

    void commit() throws SQLException {
      Fibers.pause();
      check();
      switch (fate.commit()) {
        case COMMITTED -> {
          physical.commit();
          Fibers.pause();
        }
        case COMMITTED_UNHEARD -> {
          physical.commit();
          cut();
          check();
        }
        case LOST -> {
          cut();
          check();
        }
        case FORGOTTEN -> physical.rollback();
      }
    }

    void giveBack() throws SQLException {
      if (!cut) {
        physical.rollback();
        physical.setAutoCommit(true);
        link.idle.push(this);
      }
    }
  }

  /** What a borrower holds. */
  private static final class Lent implements InvocationHandler {
    private final Wire wire;
    private boolean closed;

    Lent(Wire wire) {
      this.wire = wire;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "close" -> {
          if (!closed) {
            closed = true;
            wire.giveBack();
          }
          return null;
        }
        case "isClosed" -> {
          return closed || wire.cut;
        }
        case "commit" -> {
          wire.commit();
          return null;
        }
        case "rollback" -> {
          if (wire.cut && arguments == null) {
            return null;
          }
        }
        case "hashCode" -> {
          return System.identityHashCode(proxy);
        }
        case "equals" -> {
          return proxy == arguments[0];
        }
        default -> wire.check();
      }
      wire.check();
      try {
        return method.invoke(wire.physical, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
