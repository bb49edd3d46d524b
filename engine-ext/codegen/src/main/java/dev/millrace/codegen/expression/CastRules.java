// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;

/**
 * CAST and TRY_CAST between the supported types, by Flink's rules: numbers narrow as Java's do, a
 * decimal that does not fit is NULL, and only a text can be wrong.
 */
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
            && from.root() != TypeRoot.MAP
            && JavaType.of(from) == JavaType.of(type);
    return same ? value.as(type) : convert(value, type, false, to);
  }

  static Value convert(Value value, DataType type, boolean lenient, Emitter to) {
    TypeRoot from = value.type().root();
    TypeRoot target = type.root();
    if (value.alwaysNull()) {
      return Value.nullOf(type);
    }
    if (value.type().withNullable(true).equals(type.withNullable(true))) {
      return value.as(type);
    }
    if (target.isCharacter()) {
      return TextCasts.toText(value, type, to);
    }
    if (from.isCharacter()) {
      return TextCasts.fromText(value, type, lenient, to);
    }
    if (from.isNumeric() && target == TypeRoot.DECIMAL) {
      return NumericCasts.toDecimal(value, type, to);
    }
    if (from == TypeRoot.BOOLEAN && target.isNumeric()) {
      return booleanToNumber(value, type, to);
    }
    if (from == TypeRoot.MAP && target == TypeRoot.MAP) {
      return MapCasts.convert(value, type, lenient, to);
    }
    if (from.isBytes() && target.isBytes()) {
      return bytes(value, type, to);
    }
    return to.local(type, word(value, type, to), value.isNull());
  }

  private static Value booleanToNumber(Value value, DataType type, Emitter to) {
    Value one = to.local(DataType.INT, "(" + value.word() + " ? 1 : 0)", value.isNull());
    return convert(one, type, false, to);
  }

  private static Value bytes(Value value, DataType type, Emitter to) {
    boolean pad = type.root() == TypeRoot.BINARY;
    if (!pad && value.type().precision() <= type.precision()) {
      return value.as(type);
    }
    String fitted = "Encodings.fit(" + value.word() + ", " + type.precision() + ", " + pad + ")";
    return to.local(
        type, value.neverNull() ? fitted : value.isNull() + " ? null : " + fitted, value.isNull());
  }

  /** Casts from word to word; they neither fail nor make NULL. */
  private static String word(Value value, DataType type, Emitter to) {
    TypeRoot from = value.type().root();
    TypeRoot target = type.root();
    if (from.isNumeric() && target.isNumeric()) {
      return NumericCasts.text(value, type);
    }
    if (from.isNumeric() && target == TypeRoot.BOOLEAN) {
      return value.word() + " != 0" + (value.mayBeWide() ? " || " + value.wide() + " != null" : "");
    }
    if (isInterval(from) && target.isInteger() || from.isInteger() && isInterval(target)) {
      return NumericCasts.text(value, type);
    }
    return switch (target) {
      case DATE -> toDate(value, type, to);
      case TIME -> toTime(value, type, to);
      case TIMESTAMP, TIMESTAMP_LTZ -> toTimestamp(value, type, to);
      default -> throw CodegenErrors.castNotSupported(value.type(), type);
    };
  }

  private static boolean isInterval(TypeRoot root) {
    return root == TypeRoot.INTERVAL_YEAR_MONTH || root == TypeRoot.INTERVAL_DAY_TIME;
  }

  private static String toDate(Value value, DataType type, Emitter to) {
    return switch (value.type().root()) {
      case TIMESTAMP -> "Times.day(" + value.word() + ")";
      case TIMESTAMP_LTZ -> "Times.day(" + local(value, to) + ")";
      default -> throw CodegenErrors.castNotSupported(value.type(), type);
    };
  }

  private static String toTime(Value value, DataType type, Emitter to) {
    String millis =
        switch (value.type().root()) {
          case TIME -> value.word();
          case TIMESTAMP -> "Times.millisOfDay(" + value.word() + ")";
          case TIMESTAMP_LTZ -> "Times.millisOfDay(" + local(value, to) + ")";
          default -> throw CodegenErrors.castNotSupported(value.type(), type);
        };
    return "Times.truncateTime(" + millis + ", " + type.precision() + ")";
  }

  private static String toTimestamp(Value value, DataType type, Emitter to) {
    TypeRoot from = value.type().root();
    boolean zoned = type.root() == TypeRoot.TIMESTAMP_LTZ;
    return switch (from) {
      case DATE -> instant(value.word() + " * 86400000000L", zoned, to);
      case TIME -> instant(value.word() + " * 1000L", zoned, to);
      case TIMESTAMP -> truncated(instant(value.word(), zoned, to), value.type(), type);
      case TIMESTAMP_LTZ -> truncated(zoned ? value.word() : local(value, to), value.type(), type);
      default -> throw CodegenErrors.castNotSupported(value.type(), type);
    };
  }

  private static String truncated(String micros, DataType from, DataType type) {
    return from.precision() <= type.precision()
        ? micros
        : "Times.truncate(" + micros + ", " + type.precision() + ")";
  }

  private static String local(Value value, Emitter to) {
    return to.kernel().zone() + ".toLocal(" + value.word() + ")";
  }

  private static String instant(String local, boolean zoned, Emitter to) {
    return zoned ? to.kernel().zone() + ".toInstant(" + local + ")" : local;
  }
}
