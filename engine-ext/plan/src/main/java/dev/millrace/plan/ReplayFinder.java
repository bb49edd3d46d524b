// SPDX-License-Identifier: Apache-2.0
package dev.millrace.plan;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.plan.node.PlanNode;
import java.util.List;
import java.util.Optional;

/**
 * Whether a node and all below it make the same of the same rows and clock readings: they ask no
 * other table and draw no random numbers.
 */
final class ReplayFinder implements PlanNode.Visitor<Boolean>, Expression.Visitor<Boolean> {
  private boolean below(PlanNode node) {
    return node.inputs().stream().allMatch(input -> input.accept(this));
  }

  private boolean all(List<Expression> expressions) {
    return expressions.stream().allMatch(expression -> expression.accept(this));
  }

  private boolean all(Optional<Expression> expression) {
    return expression.isEmpty() || expression.get().accept(this);
  }

  @Override
  public Boolean scan(PlanNode.Scan node) {
    return true;
  }

  @Override
  public Boolean values(PlanNode.Values node) {
    return true;
  }

  @Override
  public Boolean calc(PlanNode.Calc node) {
    return all(node.condition()) && all(node.projections()) && below(node);
  }

  @Override
  public Boolean watermark(PlanNode.Watermark node) {
    return node.expression().accept(this) && below(node);
  }

  @Override
  public Boolean changelogNormalize(PlanNode.ChangelogNormalize node) {
    return below(node);
  }

  @Override
  public Boolean union(PlanNode.Union node) {
    return below(node);
  }

  @Override
  public Boolean groupAggregate(PlanNode.GroupAggregate node) {
    return below(node);
  }

  @Override
  public Boolean windowAggregate(PlanNode.WindowAggregate node) {
    return below(node);
  }

  @Override
  public Boolean windowTable(PlanNode.WindowTable node) {
    return below(node);
  }

  @Override
  public Boolean join(PlanNode.Join node) {
    return all(node.condition()) && below(node);
  }

  @Override
  public Boolean lookupJoin(PlanNode.LookupJoin node) {
    return false;
  }

  @Override
  public Boolean input(Expression.Input input) {
    return true;
  }

  @Override
  public Boolean literal(Expression.Literal literal) {
    return true;
  }

  @Override
  public Boolean call(Expression.Call call) {
    return !isRandom(call.function()) && all(call.arguments());
  }

  private static boolean isRandom(Function function) {
    return function == Function.RAND
        || function == Function.RAND_INTEGER
        || function == Function.UUID;
  }

  @Override
  public Boolean cast(Expression.Cast cast) {
    return cast.value().accept(this);
  }

  @Override
  public Boolean conditional(Expression.Case conditional) {
    return all(conditional.conditions())
        && all(conditional.results())
        && conditional.otherwise().accept(this);
  }
}
