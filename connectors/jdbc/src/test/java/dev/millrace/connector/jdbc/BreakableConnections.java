// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.connector.Connections;
import dev.millrace.spi.connector.Services;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Tells a test which connections were opened, so that it can break them. */
record BreakableConnections(DataSource dataSource, List<Connection> opened) implements Connections {

  Services in(Services services) {
    return services.with(Connections.class, this);
  }

  @Override
  public Optional<DataSource> find(String name) {
    InvocationHandler recording =
        (proxy, method, arguments) -> {
          try {
            Object result = method.invoke(dataSource, arguments);
            if (result instanceof Connection connection) {
              opened.add(connection);
            }
            return result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    Object recorder =
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, recording);
    return Optional.of((DataSource) recorder);
  }

  @Override
  public Set<String> names() {
    return Set.of("engine");
  }
}
