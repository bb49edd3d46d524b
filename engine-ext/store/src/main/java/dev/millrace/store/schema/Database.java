// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;

/** The databases the store speaks, and the few words in which they differ. */
public enum Database {
  H2 {
    @Override
    public String nextValue(String sequence) {
      return "NEXT VALUE FOR " + sequence;
    }

    /**
     * H2 commits with each DDL statement, so a second connection holds the lock: a row that is
     * inserted and never committed, for which others wait.
     */
    @Override
    SchemaLock lockSchema(Connection connection, DataSource dataSource) throws SQLException {
      Connection holder = dataSource.getConnection();
      try (Statement statement = holder.createStatement()) {
        statement.execute(Schema.CREATE_PROPERTIES);
        holder.setAutoCommit(false);
        statement.execute("INSERT INTO MR_PROPERTY (NAME, VAL) VALUES ('schema.lock', '')");
      } catch (SQLException e) {
        holder.close();
        throw e;
      }
      return () -> {
        try (holder) {
          holder.rollback();
          holder.setAutoCommit(true);
        }
      };
    }
  },
  POSTGRESQL {
    @Override
    public String nextValue(String sequence) {
      return "nextval('" + sequence + "')";
    }

    @Override
    public String boundStandstill(Duration longest) {
      return ", set_config('idle_in_transaction_session_timeout', '%d', true)"
          .formatted(longest.toMillis());
    }

    @Override
    SchemaLock lockSchema(Connection connection, DataSource dataSource) throws SQLException {
      try (PreparedStatement lock =
          connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
        lock.setLong(1, SCHEMA_LOCK);
        lock.execute();
      }
      return () -> {};
    }
  };

  /** "MILLRACE" in ASCII. */
  private static final long SCHEMA_LOCK = 0x4D494C4C52414345L;

  /** The expression that draws the next number of a sequence. */
  public abstract String nextValue(String sequence);

  /**
   * More expressions of a select list, which make the database end this transaction when its client
   * stands still for longer between two statements; empty where the database cannot.
   */
  public String boundStandstill(Duration longest) {
    return "";
  }

  /** Ends with the transaction, or when it is closed. */
  interface SchemaLock extends AutoCloseable {
    @Override
    void close() throws SQLException;
  }

  /**
   * Keeps other nodes from changing the schema.
   *
   * @param connection in a transaction, which will make the changes
   */
  abstract SchemaLock lockSchema(Connection connection, DataSource dataSource) throws SQLException;

  /** The folder of its scripts. */
  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The database behind a connection.
   *
   * @throws dev.millrace.spi.error.MillraceException if it is none of these
   */
  public static Database of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    for (Database database : values()) {
      if (database.name().equalsIgnoreCase(product)) {
        return database;
      }
    }
    throw SchemaErrors.unsupportedDatabase(product);
  }
}
