// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.Storage;

/**
 * A computed value in generated code. Each text is a literal or a local: cheap, free of side
 * effects, and may be repeated.
 *
 * @param word the value in its {@link JavaType}; for a wide decimal the word of its cell
 * @param wide the {@code BigDecimal} of a wide decimal, or {@code null} as text where it is known
 *     to fit the word
 * @param isNull a boolean; {@code "false"} where it cannot be NULL, {@code "true"} where it is
 */
record Value(DataType type, String word, String wide, String isNull) {
  static final String NEVER = "false";
  static final String ALWAYS = "true";
  static final String NO_WIDE = "null";

  /** A value whose decimal, if it is one, fits a word. */
  static Value of(DataType type, String word, String isNull) {
    return new Value(type, word, NO_WIDE, isNull);
  }

  /** A string or bytes. */
  static Value reference(DataType type, String reference, boolean neverNull) {
    return of(type, reference, neverNull ? NEVER : "(" + reference + " == null)");
  }

  static Value nullOf(DataType type) {
    return of(type, JavaType.of(type).zero(), ALWAYS);
  }

  boolean neverNull() {
    return isNull.equals(NEVER);
  }

  boolean alwaysNull() {
    return isNull.equals(ALWAYS);
  }

  /** Whether it may be a decimal beyond its word. */
  boolean mayBeWide() {
    return !wide.equals(NO_WIDE);
  }

  boolean isReference() {
    return type.storage() == Storage.REFERENCE;
  }

  JavaType javaType() {
    return JavaType.of(type);
  }

  Value as(DataType other) {
    return new Value(other, word, wide, isNull);
  }

  /** A condition as text: TRUE, neither FALSE nor NULL. */
  String isTrue() {
    if (alwaysNull()) {
      return "false";
    }
    return neverNull() ? word : "(!" + isNull + " && " + word + ")";
  }
}
