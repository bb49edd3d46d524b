// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.type.Column;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The errors of this module. */
final class AvroErrors {
  private static final String RANGE = "AVRO";

  private AvroErrors() {}

  static MillraceException unsupportedType(Dialect dialect, Column column, String why) {
    return sql(
        1,
        "format '%s' cannot hold column '%s' of type %s: %s"
            .formatted(dialect.format(), column.name(), column.type().withNullable(true), why));
  }

  static MillraceException microseconds(Dialect dialect, Column column) {
    String unless =
        dialect == Dialect.CONFLUENT
            ? "'avro-confluent.schema' says timestamp-micros"
            : "'avro.timestamp_mapping.legacy' = 'false'";
    return unsupportedType(dialect, column, "its precision can be 3 at most, unless " + unless);
  }

  static MillraceException instant(Dialect dialect, Column column) {
    String needed =
        dialect == Dialect.CONFLUENT
            ? "declare it TIMESTAMP(3)"
            : "it needs 'avro.timestamp_mapping.legacy' = 'false', or a TIMESTAMP(3)";
    return unsupportedType(dialect, column, needed);
  }

  static MillraceException badName(Dialect dialect, Column column) {
    return sql(
        2,
        "format '%s' cannot hold column '%s': a name there is letters, digits and _, no digit first"
            .formatted(dialect.format(), column.name()));
  }

  static MillraceException badSchemaOption(String why, Exception cause) {
    return new MillraceException(
        ErrorCode.of(RANGE, ErrorCategory.SQL, 3), "'avro-confluent.schema' " + why, cause);
  }

  static MillraceException schemaDiffers(List<String> ofSchema, List<String> ofTable) {
    return sql(
        4,
        "'avro-confluent.schema' does not match the table: it has %s, the table %s"
            .formatted(ofSchema, ofTable));
  }

  static MillraceException noRegistry(Collection<String> known) {
    return sql(
        5,
        "'avro-confluent' needs a registry of schemas: 'avro-confluent.connection' = one of %s, or"
                .formatted(names(known))
            + " 'avro-confluent.url' where the host allows plain addresses");
  }

  static MillraceException plainAddress(String key, Collection<String> known) {
    return sql(
        6,
        "'avro-confluent.%s' is not allowed here; name a configured registry instead:"
                .formatted(key)
            + " 'avro-confluent.connection' = one of "
            + names(known));
  }

  static MillraceException twoAddresses(String key) {
    return sql(
        7,
        "there are both 'avro-confluent.connection' and 'avro-confluent.%s'; a configured registry"
                .formatted(key)
            + " knows its own");
  }

  static MillraceException unknownRegistry(String name, Collection<String> known) {
    return sql(
        8,
        "there is no registry '%s'; configured are %s (millrace.registry.<name>)"
            .formatted(name, names(known)));
  }

  static MillraceException noSubject() {
    return sql(
        9,
        "to write 'avro-confluent', 'avro-confluent.subject' must say under which name the schema"
            + " is registered, unless the table has a single topic");
  }

  static MillraceException badOption(String key, String expected) {
    return sql(10, "'avro-confluent.%s' must be %s".formatted(key, expected));
  }

  static MillraceException unreadable(String why, Exception cause) {
    return data(30, "the record is not what its schema says: " + why, cause);
  }

  static MillraceException badValue(Column column, Object value, String why) {
    return data(
        31,
        "column '%s': %s is not %s: %s".formatted(column.name(), value, column.type(), why),
        null);
  }

  static MillraceException trailing(int bytes) {
    return data(
        32,
        "%d bytes are left behind the record: it was written with another schema".formatted(bytes),
        null);
  }

  static MillraceException noEnvelope() {
    return data(
        33,
        "the record does not start with the byte 0 and the number of a schema, as those of a"
            + " registry do",
        null);
  }

  static MillraceException unknownSchema(int id, String answer) {
    return data(35, "schema %d of the registry is not there: %s".formatted(id, answer), null);
  }

  static MillraceException unusableSchema(int id, String why, Exception cause) {
    return data(34, "schema %d of the registry cannot be used: %s".formatted(id, why), cause);
  }

  private static String names(Collection<String> names) {
    return names.isEmpty() ? "none" : names.stream().sorted().collect(Collectors.joining(", "));
  }

  private static MillraceException sql(int number, String message) {
    return new MillraceException(ErrorCode.of(RANGE, ErrorCategory.SQL, number), message);
  }

  private static MillraceException data(int number, String message, Exception cause) {
    return new MillraceException(ErrorCode.of(RANGE, ErrorCategory.DATA, number), message, cause);
  }
}
