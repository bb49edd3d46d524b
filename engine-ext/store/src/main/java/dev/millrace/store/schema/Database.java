// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** The databases the store speaks, and the few words in which they differ. */
public enum Database {
  H2 {
    @Override
    public String nextValue(String sequence) {
      return "NEXT VALUE FOR " + sequence;
    }

    @Override
    void lockSchema(Connection connection) {
      // Each statement of H2's scripts is atomic and may run twice: there is nothing to guard.
    }
  },
  POSTGRESQL {
    @Override
    public String nextValue(String sequence) {
      return "nextval('" + sequence + "')";
    }

    @Override
    void lockSchema(Connection connection) throws SQLException {
      try (var lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
        lock.setLong(1, SCHEMA_LOCK);
        lock.execute();
      }
    }
  };

  /** "MILLRACE" in ASCII. */
  private static final long SCHEMA_LOCK = 0x4D494C4C52414345L;

  /** The expression that draws the next number of a sequence. */
  public abstract String nextValue(String sequence);

  /** Keeps other nodes from changing the schema until the transaction ends. */
  abstract void lockSchema(Connection connection) throws SQLException;

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
