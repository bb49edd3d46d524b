// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.plan.node.PlanNode.Calc;
import dev.millrace.plan.node.PlanNode.Values;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** VALUES arrive as a union of one-row projections where their literals differ in type. */
final class LiteralRows {
  private LiteralRows() {}

  /** The inputs as one node of literal rows, in order, if they all are that. */
  static Optional<PlanNode> asValues(List<PlanNode> inputs, RowType type) {
    List<List<Expression.Literal>> rows = new ArrayList<>();
    for (PlanNode input : inputs) {
      Optional<List<List<Expression.Literal>>> literal = rows(input);
      if (literal.isEmpty()) {
        return Optional.empty();
      }
      rows.addAll(literal.get());
    }
    return Optional.of(new Values(rows, type));
  }

  private static Optional<List<List<Expression.Literal>>> rows(PlanNode node) {
    if (node instanceof Values values) {
      return Optional.of(values.rows());
    }
    boolean constant =
        node instanceof Calc calc
            && calc.condition().isEmpty()
            && calc.input() instanceof Values values
            && values.rows().size() == 1
            && calc.projections().stream().allMatch(Expression.Literal.class::isInstance);
    return constant
        ? Optional.of(
            List.of(
                ((Calc) node).projections().stream().map(Expression.Literal.class::cast).toList()))
        : Optional.empty();
  }
}
