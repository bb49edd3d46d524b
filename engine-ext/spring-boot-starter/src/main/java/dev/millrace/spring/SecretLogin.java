// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import dev.millrace.camunda.config.Secrets;
import dev.millrace.spi.error.MillraceException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Opens connections with the secrets of the moment, which no message tells. Thread-safe. */
final class SecretLogin extends AbstractDataSource {
  private final String place;
  private final MillraceProperties.Connection settings;
  private final Secrets secrets;

  SecretLogin(String place, MillraceProperties.Connection settings, Secrets secrets) {
    this.place = place;
    this.settings = settings;
    this.secrets = secrets;
  }

  @Override
  public Connection getConnection() throws SQLException {
    String url = told("url", settings.url());
    Properties login = new Properties();
    put(login, "user", told("username", settings.username()));
    put(login, "password", told("password", settings.password()));
    try {
      return DriverManager.getConnection(url, login);
    } catch (SQLException e) {
      // Without the cause: drivers may repeat the URL or the login.
      throw new SQLException(
          "no connection for "
              + place
              + " (SQL state "
              + e.getSQLState()
              + "): "
              + redacted(reason(e), url, login),
          e.getSQLState(),
          e.getErrorCode());
    }
  }

  private String told(String key, String value) throws SQLException {
    try {
      return secrets.reveal(place + "." + key, value);
    } catch (MillraceException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }

  private static void put(Properties login, String key, String value) {
    if (value != null) {
      login.setProperty(key, value);
    }
  }

  private static String reason(SQLException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private String redacted(String message, String url, Properties login) {
    String text = Secrets.isReference(settings.url()) ? message.replace(url, "***") : message;
    if (Secrets.isReference(settings.username())) {
      text = text.replace(login.getProperty("user"), "***");
    }
    String password = login.getProperty("password", "");
    return password.isEmpty() ? text : text.replace(password, "***");
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return getConnection();
  }

  /** Without a login. */
  @Override
  public String toString() {
    return "SecretLogin[" + place + "]";
  }
}
