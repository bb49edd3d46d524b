// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.runtime.aggregate.OrderedValues;
import dev.millrace.runtime.state.ValueKind;
import dev.millrace.spi.type.DataType;

/**
 * What a reference of a group is, as an expression of a {@link
 * dev.millrace.runtime.aggregate.RefKind}.
 */
record RefCode(String source) {
  static final RefCode WORD_COUNTS = new RefCode("RefKind.wordCounts()");
  static final RefCode TEXTS = new RefCode("RefKind.texts()");
  static final RefCode DECIMAL = of("value", ValueKind.DECIMAL);

  private static RefCode of(String method, Enum<?> kind) {
    String name = kind.getDeclaringClass().getCanonicalName();
    String simple = name.substring(name.lastIndexOf('.') + 1);
    String type = kind instanceof OrderedValues.Order ? "OrderedValues." + simple : simple;
    return new RefCode("RefKind." + method + "(" + type + "." + kind.name() + ")");
  }

  /** A value of the type, kept as it is. */
  static RefCode value(DataType type) {
    return of("value", ValueKind.of(type));
  }

  static RefCode valueCounts(DataType type) {
    return of("valueCounts", ValueKind.of(type));
  }

  static RefCode arrived(DataType type) {
    return of("arrived", ValueKind.of(type));
  }

  static RefCode ordered(OrderedValues.Order order) {
    return of("ordered", order);
  }
}
