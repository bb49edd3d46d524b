// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Expression.Call;
import dev.millrace.plan.expression.Expression.Case;
import dev.millrace.plan.expression.Expression.Cast;
import dev.millrace.plan.expression.Expression.Input;
import dev.millrace.plan.expression.Expression.Literal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Questions about expressions, and copies of them with other inputs. */
final class Expressions {
  private Expressions() {}

  /** Adds to {@code uses[column]} how often each input column is read. */
  static void countInputs(Expression expression, int[] uses) {
    mapInputs(
        expression,
        input -> {
          uses[input.column()]++;
          return input;
        });
  }

  /** The input columns read. */
  static Set<Integer> inputs(Expression expression) {
    Set<Integer> columns = new TreeSet<>();
    mapInputs(
        expression,
        input -> {
          columns.add(input.column());
          return input;
        });
    return columns;
  }

  /** The expression over what the columns stand for. */
  static Expression substitute(Expression expression, List<Expression> columns) {
    return mapInputs(expression, input -> columns.get(input.column()));
  }

  static Expression mapInputs(Expression expression, Function<Input, Expression> mapping) {
    return expression.accept(new InputMapping(mapping));
  }

  private record InputMapping(Function<Input, Expression> mapping)
      implements Expression.Visitor<Expression> {
    @Override
    public Expression input(Input input) {
      return mapping.apply(input);
    }

    @Override
    public Expression literal(Literal literal) {
      return literal;
    }

    @Override
    public Expression call(Call call) {
      return new Call(call.function(), all(call.arguments()), call.type());
    }

    @Override
    public Expression cast(Cast cast) {
      Expression value = cast.value().accept(this);
      return value instanceof Literal && !cast.lenient()
          ? Casts.implicit(value, cast.type())
          : new Cast(value, cast.type(), cast.lenient());
    }

    @Override
    public Expression conditional(Case conditional) {
      return new Case(
          all(conditional.conditions()),
          all(conditional.results()),
          conditional.otherwise().accept(this),
          conditional.type());
    }

    private List<Expression> all(List<Expression> expressions) {
      return expressions.stream().map(expression -> expression.accept(this)).toList();
    }
  }
}
