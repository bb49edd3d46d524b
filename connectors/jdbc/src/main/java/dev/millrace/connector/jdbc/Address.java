// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.connector.Connections;
import dev.millrace.spi.connector.PlainAddresses;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.option.Options;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;

/** Where a table's database is. */
sealed interface Address {
  Connection open(Services services) throws SQLException;

  /** True if connections come from a pool: they are given back as soon as they are not in use. */
  boolean isPooled();

  /** True for the engine's own database. */
  default boolean isEngine() {
    return false;
  }

  /** A connection the host has configured. */
  record Configured(String name) implements Address {
    @Override
    public Connection open(Services services) throws SQLException {
      Connections connections = services.get(Connections.class);
      return connections
          .find(name)
          .orElseThrow(() -> JdbcErrors.unknownConnection(name, name, connections.names()))
          .getConnection();
    }

    @Override
    public boolean isPooled() {
      return true;
    }

    @Override
    public boolean isEngine() {
      return name.equals(Connections.ENGINE);
    }
  }

  /** An address the script gives itself. */
  record Plain(String url, String username, String password) implements Address {
    @Override
    public Connection open(Services services) throws SQLException {
      Properties login = new Properties();
      if (username != null) {
        login.setProperty("user", username);
      }
      if (password != null) {
        login.setProperty("password", password);
      }
      try {
        return DriverManager.getConnection(url, login);
      } catch (SQLException e) {
        // Without the cause: drivers may repeat the URL, and with it a password.
        throw JdbcErrors.notConnected(location(), redacted(JdbcErrors.message(e)));
      }
    }

    /** The URL without parameters, which may hold credentials. */
    private String location() {
      return url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
    }

    private String redacted(String message) {
      String text = message.replace(url, location());
      return password == null || password.isEmpty() ? text : text.replace(password, "***");
    }

    @Override
    public boolean isPooled() {
      return false;
    }

    @Override
    public String toString() {
      return location();
    }
  }

  /**
   * What a table's options say.
   *
   * @throws dev.millrace.spi.error.MillraceException category SQL, if the host does not offer it
   */
  static Address of(TableContext table) {
    Options options = table.options();
    boolean plain =
        options.find(JdbcOptions.URL).isPresent()
            || options.find(JdbcOptions.USERNAME).isPresent()
            || options.find(JdbcOptions.PASSWORD).isPresent()
            || options.find(JdbcOptions.DRIVER).isPresent();
    String connection = options.find(JdbcOptions.CONNECTION).orElse(null);
    if (connection != null && plain) {
      throw JdbcErrors.twoAddresses(table.name());
    }
    if (connection != null) {
      return configured(table, connection);
    }
    if (options.find(JdbcOptions.URL).isEmpty()) {
      throw JdbcErrors.noAddress(table.name());
    }
    return plain(table, options);
  }

  private static Address configured(TableContext table, String name) {
    Set<String> known = known(table.services());
    if (!known.contains(name)) {
      throw JdbcErrors.unknownConnection(table.name(), name, known);
    }
    return new Configured(name);
  }

  private static Address plain(TableContext table, Options options) {
    String url = options.get(JdbcOptions.URL);
    boolean allowed =
        table
            .services()
            .find(PlainAddresses.class)
            .filter(addresses -> addresses.allows(url))
            .isPresent();
    if (!allowed) {
      throw JdbcErrors.plainAddress(table.name(), known(table.services()));
    }
    options.find(JdbcOptions.DRIVER).ifPresent(driver -> load(table.name(), driver));
    return new Plain(
        url,
        options.find(JdbcOptions.USERNAME).orElse(null),
        options.find(JdbcOptions.PASSWORD).orElse(null));
  }

  private static void load(String table, String driver) {
    try {
      Class.forName(driver);
    } catch (ClassNotFoundException e) {
      throw JdbcErrors.noSuchDriver(table, driver);
    }
  }

  private static Set<String> known(Services services) {
    return services.find(Connections.class).map(Connections::names).orElse(Set.of());
  }
}
