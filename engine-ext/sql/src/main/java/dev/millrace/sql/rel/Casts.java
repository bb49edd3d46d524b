// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Expression.Literal;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;
import java.math.BigDecimal;

/** Conversions the dialect makes by itself. */
public final class Casts {
  private Casts() {}

  /** The value in that type, whose nullability is taken from the value. */
  public static Expression implicit(Expression value, DataType type) {
    DataType wanted = type.withNullable(value.type().nullable());
    if (value.type().equals(wanted)) {
      return value;
    }
    if (value instanceof Literal literal) {
      Literal folded = fold(literal, wanted);
      if (folded != null) {
        return folded;
      }
    }
    return new Expression.Cast(value, wanted, false);
  }

  /** The constant in that type if that loses nothing and needs no formatting, else null. */
  private static Literal fold(Literal literal, DataType type) {
    if (literal.value() == null) {
      return new Literal(null, type.withNullable(true));
    }
    if (literal.value() instanceof String text) {
      boolean fits = type.root() == TypeRoot.VARCHAR && text.length() <= type.precision();
      return fits ? new Literal(text, type) : null;
    }
    return literal.value() instanceof Number number ? foldNumber(number, type) : null;
  }

  private static Literal foldNumber(Number number, DataType type) {
    BigDecimal value = new BigDecimal(number.toString());
    try {
      Object converted =
          switch (type.root()) {
            case TINYINT -> value.byteValueExact();
            case SMALLINT -> value.shortValueExact();
            case INTEGER -> value.intValueExact();
            case BIGINT -> value.longValueExact();
            case DOUBLE -> value.doubleValue();
            case FLOAT -> value.floatValue();
            case DECIMAL -> decimal(value, type);
            default -> null;
          };
      return converted == null ? null : new Literal(converted, type);
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static BigDecimal decimal(BigDecimal value, DataType type) {
    BigDecimal scaled = value.setScale(type.scale());
    return scaled.precision() <= type.precision() ? scaled : null;
  }
}
