// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.type.DataType;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** What can be wrong with a {@code jdbc} table, its rows and its database. */
final class JdbcErrors {
  private static final String RANGE = "JDBC";
  private static final int MAX_NAMES = 30;

  private JdbcErrors() {}

  static MillraceException noAddress(String table) {
    return sql(
        1,
        "table '%s' says neither 'connection', a configured connection, nor 'url'"
            .formatted(table));
  }

  static MillraceException twoAddresses(String table) {
    return sql(
        2,
        "table '%s' has both 'connection' and one of 'url', 'username', 'password', 'driver'; a"
                .formatted(table)
            + " configured connection knows its own");
  }

  static MillraceException unknownConnection(String table, String name, Collection<String> known) {
    return sql(
        3,
        "table '%s': there is no connection '%s'; configured are %s"
            .formatted(table, name, names(known)));
  }

  static MillraceException plainAddress(String table, Collection<String> known) {
    return sql(
        4,
        "table '%s': 'url' is not allowed here; name a configured connection instead: 'connection'"
                .formatted(table)
            + " = one of "
            + names(known));
  }

  static MillraceException noSuchDriver(String table, String driver) {
    return sql(
        5, "table '%s': driver class '%s' is not on the class path".formatted(table, driver));
  }

  static MillraceException incompletePartition(String table) {
    return sql(
        6,
        "table '%s': scan.partition.column, scan.partition.num, scan.partition.lower-bound and"
                .formatted(table)
            + " scan.partition.upper-bound are given together or not at all");
  }

  static MillraceException unknownColumnInOption(
      String table, String option, String column, List<String> known) {
    return sql(
        7,
        "table '%s': '%s' names column '%s', which is not one of %s"
            .formatted(table, option, column, names(known)));
  }

  static MillraceException additiveWithoutKey(String table) {
    return sql(
        8,
        "table '%s': 'sink.additive-columns' needs a PRIMARY KEY … NOT ENFORCED".formatted(table));
  }

  static MillraceException notAdditive(String table, String column, String why) {
    return sql(
        9, "table '%s': column '%s' cannot be additive: it is %s".formatted(table, column, why));
  }

  static MillraceException outOfRange(String table, String option, Object value) {
    return sql(10, "table '%s': '%s' cannot be %s".formatted(table, option, value));
  }

  static MillraceException tableNotFound(String name, List<String> tables) {
    return sql(
        11, "table '%s' is not in the database; there are %s".formatted(name, names(tables)));
  }

  static MillraceException dotInName(String path) {
    return sql(12, "table '%s': names with a dot in them are not supported".formatted(path));
  }

  static MillraceException columnNotFound(String path, String column, List<String> columns) {
    return sql(
        13,
        "table '%s' has no column '%s'; its columns are %s"
            .formatted(path, column, names(columns)));
  }

  static MillraceException wrongType(
      String path, String column, DataType declared, String databaseType) {
    return sql(
        14,
        "column '%s' of table '%s' is %s in the database and cannot be declared %s"
            .formatted(column, path, databaseType, declared.withNullable(true)));
  }

  static MillraceException keyNotUnique(String path, Collection<String> key, Object uniqueKeys) {
    return sql(
        15,
        "the declared primary key %s does not identify a row of table '%s'; unique there are %s"
            .formatted(key, path, uniqueKeys));
  }

  static MillraceException unsupportedType(String table, String column, DataType type) {
    return sql(16, "table '%s': column '%s' cannot have type %s".formatted(table, column, type));
  }

  static MillraceException rowRefused(String path, String row, SQLException cause) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.DATA, 30),
        "table '%s' does not take the row %s: %s".formatted(path, row, message(cause)),
        cause);
  }

  static MillraceException valueDoesNotFit(
      String path, String column, Object value, RuntimeException cause) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.DATA, 31),
        "column '%s' of table '%s' cannot hold %s: %s"
            .formatted(column, path, value, cause.getMessage()),
        cause);
  }

  static MillraceException nullInKey(String path, String column) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.DATA, 32),
        "key column '%s' of table '%s' is NULL".formatted(column, path));
  }

  static MillraceException rowVanished(String path, String row) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.DATA, 33),
        "table '%s' does not show the row %s just written, by a trigger or rule of its own"
            .formatted(path, row));
  }

  static MillraceException valueNotReadable(String path, String column, Object value, DataType to) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.DATA, 34),
        "column '%s' of table '%s' holds %s, which is no %s".formatted(column, path, value, to));
  }

  static MillraceException failed(String what, String path, SQLException cause) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.CONNECTOR, 50),
        "%s table '%s' failed: %s".formatted(what, path, message(cause)),
        cause);
  }

  static MillraceException notConnected(String address, String message) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.CONNECTOR, 51),
        "no connection to %s: %s".formatted(address, message));
  }

  static MillraceException tooManyStaged(String path, long max) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.RESOURCE, 70),
        "the run holds %d rows for table '%s', which is all it may (millrace.max-staged-rows)"
            .formatted(max, path));
  }

  /**
   * True if the row is to blame (SQL states 22 and 23, or a trigger's protest), not the database.
   */
  static boolean blamesRow(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith("22") || state.startsWith("23") || state.equals("P0001"));
  }

  /** The first line: drivers append statements and hints. */
  static String message(SQLException e) {
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return text.lines().findFirst().orElse("");
  }

  private static String names(Collection<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String some = String.join(", ", names.stream().sorted().limit(MAX_NAMES).toList());
    return names.size() > MAX_NAMES ? some + ", …" : some;
  }

  private static MillraceException sql(int number, String message) {
    return new MillraceException(ErrorCode.of(RANGE, ErrorCategory.SQL, number), message);
  }
}
