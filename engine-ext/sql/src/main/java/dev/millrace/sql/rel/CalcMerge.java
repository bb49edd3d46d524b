// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.plan.node.PlanNode.Calc;
import java.util.List;
import java.util.Optional;

/** Makes one Calc of two, the upper one's columns replaced by what the lower one computes. */
final class CalcMerge {
  private CalcMerge() {}

  /** True unless an expression would be computed more than once. */
  static boolean allows(Calc upper, Calc lower) {
    int[] uses = new int[lower.projections().size()];
    upper.condition().ifPresent(where -> Expressions.countInputs(where, uses));
    upper.projections().forEach(projection -> Expressions.countInputs(projection, uses));
    for (int i = 0; i < uses.length; i++) {
      Expression computed = lower.projections().get(i);
      boolean trivial =
          computed instanceof Expression.Input || computed instanceof Expression.Literal;
      if (!trivial && uses[i] > 1) {
        return false;
      }
    }
    return true;
  }

  static Calc merge(Calc upper, Calc lower) {
    Optional<Expression> condition =
        upper.condition().map(where -> Expressions.substitute(where, lower.projections()));
    List<Expression> projections =
        upper.projections().stream()
            .map(projection -> Expressions.substitute(projection, lower.projections()))
            .toList();
    return new Calc(lower.input(), both(lower.condition(), condition), projections, upper.type());
  }

  private static Optional<Expression> both(Optional<Expression> first, Optional<Expression> then) {
    if (first.isEmpty() || then.isEmpty()) {
      return first.isEmpty() ? then : first;
    }
    Expression left = first.get();
    Expression right = then.get();
    boolean nullable = left.type().nullable() || right.type().nullable();
    return Optional.of(
        new Expression.Call(
            Function.AND, List.of(left, right), left.type().withNullable(nullable)));
  }
}
