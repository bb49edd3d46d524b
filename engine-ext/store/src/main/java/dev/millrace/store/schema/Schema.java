// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The store's tables. Each call has its own transaction; nodes that start at once take turns. */
public final class Schema {
  /** The version this code works with; {@code <database>/1.sql} to {@code <database>/N.sql}. */
  static final int VERSION = 2;

  private static final String VERSION_PROPERTY = "schema.version";
  private static final int MISSING = 0;
  private static final int MAX_ATTEMPTS = 10;

  static final String CREATE_PROPERTIES =
      """
      CREATE TABLE IF NOT EXISTS MR_PROPERTY (
        NAME VARCHAR(64) NOT NULL PRIMARY KEY,
        VAL VARCHAR(300) NOT NULL
      )
      """;

  private final DataSource dataSource;

  public Schema(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Makes the tables ready for work.
   *
   * @throws dev.millrace.spi.error.MillraceException if they are not as the mode expects
   */
  public void open(SchemaUpdate mode) throws SQLException {
    switch (mode) {
      case VALIDATE -> validate();
      case UPDATE -> inTurn(this::upgrade);
      case CREATE, CREATE_DROP -> inTurn(this::create);
      case DROP_CREATE -> {
        drop();
        inTurn(this::create);
      }
      case NOOP -> {}
    }
  }

  /** Drops the tables if the mode says so. */
  public void close(SchemaUpdate mode) throws SQLException {
    if (mode == SchemaUpdate.CREATE_DROP) {
      drop();
    }
  }

  public void drop() throws SQLException {
    once((connection, database) -> Script.load(database, "drop").run(connection));
  }

  private void validate() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      check(version(connection));
    }
  }

  private void create(Connection connection, Database database) throws SQLException {
    if (version(connection) != MISSING) {
      throw SchemaErrors.alreadyThere();
    }
    upgrade(connection, database);
  }

  private void upgrade(Connection connection, Database database) throws SQLException {
    int found = version(connection);
    if (found > VERSION) {
      throw SchemaErrors.tooNew(found, VERSION);
    }
    for (int next = found + 1; next <= VERSION; next++) {
      Script.load(database, Integer.toString(next)).run(connection);
    }
    if (found < VERSION) {
      writeVersion(connection);
    }
  }

  private static void check(int found) {
    if (found == MISSING) {
      throw SchemaErrors.missing();
    } else if (found < VERSION) {
      throw SchemaErrors.outdated(found, VERSION);
    } else if (found > VERSION) {
      throw SchemaErrors.tooNew(found, VERSION);
    }
  }

  private static int version(Connection connection) throws SQLException {
    if (!hasPropertyTable(connection)) {
      return MISSING;
    }
    try (PreparedStatement select =
        connection.prepareStatement("SELECT VAL FROM MR_PROPERTY WHERE NAME = ?")) {
      select.setString(1, VERSION_PROPERTY);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Integer.parseInt(rows.getString(1)) : MISSING;
      }
    }
  }

  private static boolean hasPropertyTable(Connection connection) throws SQLException {
    String sql =
        """
        SELECT 1 FROM INFORMATION_SCHEMA.TABLES
        WHERE UPPER(TABLE_NAME) = 'MR_PROPERTY' AND TABLE_SCHEMA = CURRENT_SCHEMA
        """;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next();
    }
  }

  private static void writeVersion(Connection connection) throws SQLException {
    try (Statement create = connection.createStatement()) {
      create.execute(CREATE_PROPERTIES);
    }
    if (setVersion(connection, "UPDATE MR_PROPERTY SET VAL = ? WHERE NAME = ?") == 0) {
      setVersion(connection, "INSERT INTO MR_PROPERTY (VAL, NAME) VALUES (?, ?)");
    }
  }

  private static int setVersion(Connection connection, String sql) throws SQLException {
    try (PreparedStatement write = connection.prepareStatement(sql)) {
      write.setString(1, Integer.toString(VERSION));
      write.setString(2, VERSION_PROPERTY);
      return write.executeUpdate();
    }
  }

  @FunctionalInterface
  private interface Change {
    void apply(Connection connection, Database database) throws SQLException;
  }

  /** H2 waits for a lock for a second only: asks again. */
  private void inTurn(Change change) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        once(
            (connection, database) -> {
              try (Database.SchemaLock lock = database.lockSchema(connection, dataSource)) {
                change.apply(connection, database);
                connection.commit();
              }
            });
        return;
      } catch (SQLException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void once(Change change) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      boolean autoCommit = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        change.apply(connection, Database.of(connection));
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(autoCommit);
      }
    }
  }
}
