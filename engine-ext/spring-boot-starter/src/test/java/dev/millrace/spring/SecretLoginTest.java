// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.camunda.config.Secrets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class SecretLoginTest {
  private static final String URL = "jdbc:refusing:shop";

  /** Refuses every login, with the message it was made with. */
  private record Refusing(String message) implements Driver {
    @Override
    public Connection connect(String url, Properties login) throws SQLException {
      if (!acceptsURL(url)) {
        return null;
      }
      throw new SQLException(message, "28000", 7);
    }

    @Override
    public boolean acceptsURL(String url) {
      return url.equals(URL);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties login) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }

  private static void refused(String driversMessage, String told) throws SQLException {
    SecretLogin login =
        new SecretLogin(
            "millrace.connections.shop",
            new MillraceProperties.Connection(URL, "secret:name", "secret:word", null),
            new Secrets(Map.of("name", "sa", "word", "pass-phrase"), Optional.empty()));
    Driver driver = new Refusing(driversMessage);
    DriverManager.registerDriver(driver);
    try {
      assertThatThrownBy(login::getConnection)
          .isInstanceOf(SQLException.class)
          .hasMessage("no connection for millrace.connections.shop (SQL state 28000): " + told)
          .hasNoCause();
    } finally {
      DriverManager.deregisterDriver(driver);
    }
  }

  @Test
  void whatTheDriverRepeatsIsNotTold() throws SQLException {
    refused("no sa with pass-phrase", "no *** with ***");
  }

  @Test
  void driverThatSaysNothingIsARefusalToo() throws SQLException {
    refused(null, "SQLException");
  }
}
