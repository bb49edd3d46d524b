// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.error;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.Location;
import dev.millrace.spi.error.MillraceException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What can be wrong with a script. */
public final class SqlErrors {
  private SqlErrors() {}

  public static MillraceException syntax(Location at, String message) {
    return error(1, at, message);
  }

  /** A name, type or argument that does not fit, as the validator says it. */
  public static MillraceException invalid(Location at, String message) {
    return error(2, at, message);
  }

  /** Part of Flink SQL, not of ours. */
  public static MillraceException unsupported(Location at, String what) {
    return error(3, at, what + " is not supported");
  }

  public static MillraceException unsupported(Location at, String what, String hint) {
    return error(3, at, what + " is not supported; " + hint);
  }

  public static MillraceException unterminated(Location at, String what) {
    return error(4, at, what + " is not closed");
  }

  public static MillraceException tooDeep(Location at) {
    return error(5, at, "the statement is nested too deeply; split it with views");
  }

  public static MillraceException writesNothing(Location at) {
    return error(6, at, "the script writes nothing; add an INSERT INTO statement");
  }

  public static MillraceException bareQuery(Location at) {
    return error(7, at, "a query needs a table to write to; put INSERT INTO <table> before it");
  }

  public static MillraceException unknownSetting(
      Location at, String key, Collection<String> known) {
    return error(8, at, "unknown setting '" + key + "'; known are " + list(known));
  }

  public static MillraceException settingValue(
      Location at, String key, String value, String expected) {
    return error(9, at, "'" + value + "' is no value for '" + key + "'; expected " + expected);
  }

  public static MillraceException alreadyExists(Location at, String name) {
    return error(10, at, "table or view '" + name + "' is already declared");
  }

  public static MillraceException notDeclared(Location at, String name) {
    return error(11, at, "table or view '" + name + "' is not declared");
  }

  public static MillraceException missingConnector(Location at, String table) {
    return error(12, at, "table '" + table + "' lacks the option 'connector'");
  }

  public static MillraceException unknownConnector(
      Location at, String name, Collection<String> known) {
    return error(13, at, "unknown connector '" + name + "'; known are " + list(known));
  }

  public static MillraceException unknownOption(
      Location at, String key, String of, Collection<String> known) {
    return error(14, at, "unknown option '" + key + "' of " + of + "; valid are " + list(known));
  }

  public static MillraceException missingOption(
      Location at, String table, String key, String of, Collection<String> known) {
    return error(
        15,
        at,
        "table '%s' lacks the option '%s', which %s requires; valid are %s"
            .formatted(table, key, of, list(known)));
  }

  public static MillraceException optionValue(
      Location at, String key, String value, String expected) {
    return error(16, at, "'" + value + "' is no value for '" + key + "'; expected " + expected);
  }

  public static MillraceException unknownFormat(
      Location at, String name, Collection<String> known) {
    return error(17, at, "unknown format '" + name + "'; known are " + list(known));
  }

  public static MillraceException notReadable(Location at, String table, String connector) {
    return error(18, at, "table '%s' cannot be read: '%s' only writes".formatted(table, connector));
  }

  public static MillraceException notWritable(Location at, String table, String connector) {
    return error(
        19, at, "table '%s' cannot be written: '%s' only reads".formatted(table, connector));
  }

  public static MillraceException columnCount(Location at, String table, int expected, int found) {
    return error(
        20, at, "table '%s' takes %d columns, the query has %d".formatted(table, expected, found));
  }

  public static MillraceException columnType(
      Location at, String table, String column, String sinkType, String queryType) {
    return error(
        21,
        at,
        "column '%s' of table '%s' is %s, the query gives %s; add a CAST"
            .formatted(column, table, sinkType, queryType));
  }

  public static MillraceException notNullColumn(Location at, String table, String column) {
    return error(
        22, at, "column '%s' of table '%s' is NOT NULL and gets no value".formatted(column, table));
  }

  public static MillraceException updatesRefused(Location at, String table, String node) {
    return error(
        23,
        at,
        "table sink '%s' doesn't support consuming update changes which is produced by %s"
            .formatted(table, node));
  }

  public static MillraceException upsertWithoutKey(Location at, String table) {
    return error(
        24,
        at,
        "table '%s' takes updates by key; declare PRIMARY KEY (…) NOT ENFORCED".formatted(table));
  }

  public static MillraceException noEventTime(Location at, String column) {
    return error(
        25,
        at,
        "a window needs event time, and '%s' has none; declare WATERMARK FOR %s AS … in its table"
            .formatted(column, column));
  }

  public static MillraceException declaration(Location at, String message) {
    return error(26, at, message);
  }

  public static MillraceException unknownMetadata(
      Location at, String key, String connector, List<String> known) {
    return error(
        27,
        at,
        known.isEmpty()
            ? "connector '%s' has no metadata columns".formatted(connector)
            : "connector '%s' has no metadata '%s'; it has %s"
                .formatted(connector, key, String.join(", ", known)));
  }

  public static MillraceException readOnlyMetadata(Location at, String column, String key) {
    return error(
        28,
        at,
        "column '%s' cannot be written, metadata '%s' is only read; declare it VIRTUAL"
            .formatted(column, key));
  }

  /** What a connector or format says of a table. */
  public static MillraceException refusedByConnector(Location at, MillraceException cause) {
    return new MillraceException(cause.code(), at, cause.getMessage(), cause);
  }

  public static MillraceException unplannable(Location at, Throwable cause) {
    return new MillraceException(
        ErrorCode.of(ErrorCategory.INTERNAL, 101),
        at,
        "the statement cannot be planned (%s); please report it".formatted(cause),
        cause);
  }

  private static String list(Collection<String> names) {
    List<String> sorted = names.stream().sorted().toList();
    return sorted.isEmpty() ? "none" : sorted.stream().collect(Collectors.joining(", "));
  }

  private static MillraceException error(int number, Location at, String message) {
    return new MillraceException(ErrorCode.of(ErrorCategory.SQL, number), at, message, null);
  }
}
