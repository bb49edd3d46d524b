// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Facts about expressions that decide how they are generated; each is computed once. */
final class Analysis {
  /** The clock is read once a row and thus not among them. */
  private static final Set<Function> RANDOM =
      EnumSet.of(Function.RAND, Function.RAND_INTEGER, Function.UUID);

  private final Map<Expression, Facts> facts = new IdentityHashMap<>();

  private record Facts(int weight, boolean isVolatile) {}

  /** Roughly the number of operations. */
  int weight(Expression expression) {
    return of(expression).weight();
  }

  /** Whether evaluating it twice may give two results. */
  boolean isVolatile(Expression expression) {
    return of(expression).isVolatile();
  }

  private Facts of(Expression expression) {
    Facts known = facts.get(expression);
    if (known == null) {
      known = compute(expression);
      facts.put(expression, known);
    }
    return known;
  }

  private Facts compute(Expression expression) {
    int weight = 1;
    boolean isVolatile =
        expression instanceof Expression.Call call && RANDOM.contains(call.function());
    for (Expression child : children(expression)) {
      Facts below = of(child);
      weight += below.weight();
      isVolatile |= below.isVolatile();
    }
    return new Facts(weight, isVolatile);
  }

  private static List<Expression> children(Expression expression) {
    return expression.accept(
        new Expression.Visitor<>() {
          @Override
          public List<Expression> input(Expression.Input input) {
            return List.of();
          }

          @Override
          public List<Expression> literal(Expression.Literal literal) {
            return List.of();
          }

          @Override
          public List<Expression> call(Expression.Call call) {
            return call.arguments();
          }

          @Override
          public List<Expression> cast(Expression.Cast cast) {
            return List.of(cast.value());
          }

          @Override
          public List<Expression> conditional(Expression.Case conditional) {
            List<Expression> all = new ArrayList<>(conditional.conditions());
            all.addAll(conditional.results());
            all.add(conditional.otherwise());
            return all;
          }
        });
  }
}
