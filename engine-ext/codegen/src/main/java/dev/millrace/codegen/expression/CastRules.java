// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;

/** CAST and TRY_CAST between the supported types, by Flink's rules. */
final class CastRules {
  private CastRules() {}

  static Value emit(Expression.Cast cast, Emitter to) {
    return convert(to.emit(cast.value()), cast.type(), cast.lenient(), to);
  }

  /** A value in a type that differs from its own at most in length, precision, scale. */
  static Value coerce(Value value, DataType type, Emitter to) {
    DataType from = value.type();
    boolean same =
        from.storage() == type.storage()
            && from.scale() == type.scale()
            && JavaType.of(from) == JavaType.of(type);
    return same ? value.as(type) : convert(value, type, false, to);
  }

  static Value convert(Value value, DataType type, boolean lenient, Emitter to) {
    TypeRoot from = value.type().root();
    if (value.alwaysNull()) {
      return Value.nullOf(type);
    }
    if (value.type().withNullable(true).equals(type.withNullable(true))) {
      return value.as(type);
    }
    if (from.isNumeric() && type.root() == TypeRoot.DECIMAL) {
      return NumericCasts.toDecimal(value, type, to);
    }
    if (from.isNumeric() && type.root().isNumeric()) {
      return to.local(type, NumericCasts.text(value, type), value.isNull());
    }
    throw CodegenErrors.castNotSupported(value.type(), type);
  }
}
