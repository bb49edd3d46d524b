// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store.schema;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import java.util.Arrays;

/** What can be wrong with the store's schema. */
final class SchemaErrors {
  private static final String RANGE = "SCHEMA";

  private SchemaErrors() {}

  static MillraceException unsupportedDatabase(String product) {
    return internal(
        1,
        "the engine's database is %s; Millrace keeps its runs in one of %s"
            .formatted(product, Arrays.toString(Database.values())));
  }

  static MillraceException missing() {
    return internal(
        2,
        "the tables MR_… are missing; let the engine create them (databaseSchemaUpdate = true) or"
            + " run the scripts in dev/millrace/store/schema");
  }

  static MillraceException outdated(int found, int expected) {
    return internal(
        3,
        "the tables MR_… have version %d, this Millrace needs %d; set databaseSchemaUpdate = true"
            .formatted(found, expected));
  }

  static MillraceException tooNew(int found, int expected) {
    return internal(
        4,
        "the tables MR_… have version %d, made by a newer Millrace; this one knows version %d"
            .formatted(found, expected));
  }

  static MillraceException alreadyThere() {
    return internal(
        5, "the tables MR_… exist already, and databaseSchemaUpdate = create asks to create them");
  }

  static MillraceException unknownMode(String value) {
    return internal(
        6, "databaseSchemaUpdate is '%s'; known are %s".formatted(value, SchemaUpdate.known()));
  }

  private static MillraceException internal(int number, String message) {
    return new MillraceException(ErrorCode.of(RANGE, ErrorCategory.INTERNAL, number), message);
  }
}
