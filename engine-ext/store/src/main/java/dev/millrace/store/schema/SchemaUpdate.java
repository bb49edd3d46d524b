// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store.schema;

import java.util.Arrays;
import java.util.Locale;

/** What to do about the tables at start and end: the engine's {@code databaseSchemaUpdate}. */
public enum SchemaUpdate {
  /** {@code false}: they must be there, in the right version. */
  VALIDATE("false"),
  /** {@code true}: created if missing, upgraded if older. */
  UPDATE("true"),
  /** {@code create}: created; an error if they are there. */
  CREATE("create"),
  /** {@code create-drop}: created, and dropped at the end. */
  CREATE_DROP("create-drop"),
  /** {@code drop-create}: dropped if they are there, then created. */
  DROP_CREATE("drop-create"),
  /** {@code noop}: not looked at. */
  NOOP("noop");

  private final String value;

  SchemaUpdate(String value) {
    this.value = value;
  }

  /**
   * @param value of the engine's {@code databaseSchemaUpdate}, in any case
   * @throws dev.millrace.spi.error.MillraceException if there is no such value
   */
  public static SchemaUpdate of(String value) {
    return Arrays.stream(values())
        .filter(mode -> mode.value.equals(value.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> SchemaErrors.unknownMode(value));
  }

  static String known() {
    return String.join(", ", Arrays.stream(values()).map(mode -> mode.value).toList());
  }
}
