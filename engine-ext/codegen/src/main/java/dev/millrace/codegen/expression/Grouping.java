// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import java.util.ArrayList;
import java.util.List;

/** Breaks calls of very many arguments into nested ones, so that no method grows with them. */
final class Grouping {
  private static final int MAX_ARGUMENTS = 32;

  private Grouping() {}

  /** {@code f(a1 … an)} as {@code f(f(a1 … ai), f(ai+1 … an))}, where f is associative. */
  static Expression.Call halve(Expression.Call call) {
    List<Expression> arguments = call.arguments();
    if (arguments.size() <= MAX_ARGUMENTS) {
      return call;
    }
    int middle = arguments.size() / 2;
    Expression first = part(call, arguments.subList(0, middle));
    Expression second = part(call, arguments.subList(middle, arguments.size()));
    return new Expression.Call(call.function(), List.of(first, second), call.type());
  }

  private static Expression part(Expression.Call call, List<Expression> arguments) {
    return new Expression.Call(call.function(), arguments, call.type());
  }

  /** A CASE of many branches as one whose ELSE is the rest of them. */
  static Expression.Case nest(Expression.Case conditional) {
    int branches = conditional.conditions().size();
    if (branches <= MAX_ARGUMENTS) {
      return conditional;
    }
    Expression rest =
        new Expression.Case(
            conditional.conditions().subList(MAX_ARGUMENTS, branches),
            conditional.results().subList(MAX_ARGUMENTS, branches),
            conditional.otherwise(),
            conditional.type());
    return new Expression.Case(
        new ArrayList<>(conditional.conditions().subList(0, MAX_ARGUMENTS)),
        new ArrayList<>(conditional.results().subList(0, MAX_ARGUMENTS)),
        rest,
        conditional.type());
  }
}
