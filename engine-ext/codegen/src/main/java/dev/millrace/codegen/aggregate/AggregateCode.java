// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.spi.type.DataType;

/**
 * Code for one aggregate of a group. Statements may use {@code w} and {@code r}, where the group's
 * words and references begin.
 */
interface AggregateCode {
  /** Adds a value {@code v}, {@code x} (word and reference of a cell that is not NULL). */
  String add();

  /** Takes a value {@code v}, {@code x} back. */
  String subtract();

  /**
   * Adds the same aggregate of a group at {@code fw}, {@code fr} in {@code fromWords}, {@code
   * fromRefs}.
   */
  String merge();

  /** Writes the result to a cell. */
  String result(ResultCell cell);

  /** Whether a NULL is a value too: {@code none} then says so. */
  default boolean takesNulls() {
    return false;
  }

  /** A cell of row {@code n} of the output. */
  record ResultCell(DataType type, String words, String nulls, String refs) {
    String word(String expression) {
      return "    %s[n] = %s;\n    %s[n] = false;\n".formatted(words, expression, nulls);
    }

    /** A word, or NULL where the condition holds. */
    String word(String isNull, String expression) {
      return "    if (%s) {\n      %s[n] = 0L;\n      %s[n] = true;\n    } else {\n%s    }\n"
          .formatted(isNull, words, nulls, word(expression).indent(2));
    }

    String ref(String expression) {
      return "    %s[n] = %s;\n".formatted(refs, expression);
    }

    /** Word and reference of a value, as far as the type has them, or NULL. */
    String value(String isNull, String word, String ref) {
      return switch (type.storage()) {
        case WORD -> word(isNull, word);
        case REFERENCE -> ref(ref);
        case WIDE_DECIMAL -> word(isNull, word) + ref(isNull + " ? null : " + ref);
      };
    }
  }
}
