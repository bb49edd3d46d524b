// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan.expression;

import dev.millrace.spi.type.DataType;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** A value computed from a row. Types are final: every coercion is an explicit {@link Cast}. */
public sealed interface Expression {
  DataType type();

  <R> R accept(Visitor<R> visitor);

  /** Dispatch over the family. */
  interface Visitor<R> {
    R input(Input input);

    R literal(Literal literal);

    R call(Call call);

    R cast(Cast cast);

    R conditional(Case conditional);
  }

  /** A column of the input row. */
  record Input(int column, DataType type) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.input(this);
    }

    @Override
    public String toString() {
      return "$" + column;
    }
  }

  /**
   * A constant.
   *
   * @param value of the class named at {@link dev.millrace.spi.row.RowValues} for the type
   *     (intervals: Integer months, Long milliseconds), or null
   */
  record Literal(Object value, DataType type) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.literal(this);
    }

    @Override
    public String toString() {
      if (value instanceof byte[] bytes) {
        return "x'" + HexFormat.of().formatHex(bytes) + "'";
      }
      return value instanceof String text ? "'" + text.replace("'", "''") + "'" : "" + value;
    }
  }

  /** A function applied to arguments. */
  record Call(Function function, List<Expression> arguments, DataType type) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.call(this);
    }

    @Override
    public String toString() {
      return arguments.stream()
          .map(Expression::toString)
          .collect(Collectors.joining(", ", function + "(", ")"));
    }
  }

  /**
   * A conversion.
   *
   * @param lenient true for {@code TRY_CAST}: NULL instead of a failure
   */
  record Cast(Expression value, DataType type, boolean lenient) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.cast(this);
    }

    @Override
    public String toString() {
      return (lenient ? "TRY_CAST(" : "CAST(") + value + " AS " + type + ")";
    }
  }

  /** {@code CASE WHEN conditions[i] THEN results[i] … ELSE otherwise END}. */
  record Case(
      List<Expression> conditions, List<Expression> results, Expression otherwise, DataType type)
      implements Expression {
    public Case {
      conditions = List.copyOf(conditions);
      results = List.copyOf(results);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.conditional(this);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("CASE");
      for (int i = 0; i < conditions.size(); i++) {
        text.append(" WHEN ").append(conditions.get(i)).append(" THEN ").append(results.get(i));
      }
      return text.append(" ELSE ").append(otherwise).append(" END").toString();
    }
  }
}
