// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.type.Column;
import java.util.List;

/** The errors of this module. */
final class FormatErrors {
  private static final String RANGE = "FORMAT";
  private static final int SHOWN_CHARS = 100;

  private FormatErrors() {}

  static MillraceException notOneCharacter(String key, String value) {
    return sql(1, "option '" + key + "' must be a single character, but is '" + value + "'");
  }

  static MillraceException quoteDisabledAndSet() {
    return sql(
        2,
        "'csv.disable-quote-character' and 'csv.quote-character' exclude each other: remove one");
  }

  static MillraceException missingFieldsIgnoredAndNot() {
    return sql(
        3,
        "'json.fail-on-missing-field' and 'json.ignore-parse-errors' exclude each other:"
            + " remove one");
  }

  static MillraceException badValue(Column column, String text, RuntimeException cause) {
    String shown = text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "…" : text;
    return data(
        4,
        "column '%s': '%s' is not %s (%s)"
            .formatted(column.name(), shown, column.type(), cause.getMessage()),
        cause);
  }

  static MillraceException nullValue(Column column) {
    return data(
        5, "column '%s': NULL where the table says NOT NULL".formatted(column.name()), null);
  }

  static MillraceException columnCount(int expected, int found) {
    return data(6, "the row has %d fields, the table %d columns".formatted(found, expected), null);
  }

  static MillraceException malformed(String what, Exception cause) {
    return data(7, what, cause);
  }

  static MillraceException missingField(Column column) {
    return data(
        8,
        "field '%s' is missing and 'json.fail-on-missing-field' is set".formatted(column.name()),
        null);
  }

  static MillraceException lineTooLong(String position, int maxChars) {
    return data(9, position + ": the line is longer than " + maxChars + " characters", null);
  }

  static MillraceException notOneColumn(List<String> columns) {
    return sql(10, "format 'raw' has exactly one column, here are " + columns);
  }

  static MillraceException notRaw(Column column) {
    return sql(
        11,
        "format 'raw' cannot hold column '%s' of type %s"
            .formatted(column.name(), column.type().withNullable(true)));
  }

  static MillraceException unknownCharset(String name) {
    return sql(12, "'raw.charset' is '" + name + "', which is no character set known here");
  }

  static MillraceException rawLength(Column column, int expected, int found) {
    return data(
        13,
        "column '%s': %s takes %d bytes, the record has %d"
            .formatted(column.name(), column.type(), expected, found),
        null);
  }

  static MillraceException schemaNotWritten() {
    return sql(
        14, "'debezium-json.schema-include' is for reading: no schema is written, set it to false");
  }

  static MillraceException noMap(String format, Column column) {
    return sql(
        15,
        "format '%s' cannot hold column '%s' of type %s"
            .formatted(format, column.name(), column.type()));
  }

  static MillraceException keyNotText(Column column) {
    return sql(
        16,
        "column '%s' of type %s: a field of JSON has a name; the keys must be STRING"
            .formatted(column.name(), column.type()));
  }

  static MillraceException nullKey() {
    return data(
        17,
        "a map has the key NULL, and JSON no such field; 'json.map-null-key.mode' = 'DROP' or"
            + " 'LITERAL' allows it",
        null);
  }

  private static MillraceException sql(int number, String message) {
    return new MillraceException(ErrorCode.of(RANGE, ErrorCategory.SQL, number), message);
  }

  private static MillraceException data(int number, String message, Exception cause) {
    return new MillraceException(ErrorCode.of(RANGE, ErrorCategory.DATA, number), message, cause);
  }
}
