// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.plan.node.Window;

/**
 * Which columns carry time. Event time is born at a watermark or as {@code window_time}, and lives
 * on where rows pass unchanged; regular joins and aggregates over all time end it.
 */
final class TimeAttributes {
  private TimeAttributes() {}

  static boolean isEventTime(PlanNode node, int column) {
    return node.accept(new EventTimeSearch(column));
  }

  /** True if the column is the reading of the processing clock. */
  static boolean isProcessingTime(PlanNode node, int column) {
    if (node instanceof PlanNode.Calc calc) {
      Expression computed = calc.projections().get(column);
      if (computed instanceof Expression.Input input) {
        return isProcessingTime(calc.input(), input.column());
      }
      return computed instanceof Expression.Call call && call.function() == Function.PROCTIME;
    }
    boolean passes =
        node instanceof PlanNode.Watermark
            || node instanceof PlanNode.ChangelogNormalize
            || node instanceof PlanNode.WindowTable
            || node instanceof PlanNode.LookupJoin;
    return passes
        && column < node.inputs().get(0).type().size()
        && isProcessingTime(node.inputs().get(0), column);
  }

  private record EventTimeSearch(int column) implements PlanNode.Visitor<Boolean> {
    @Override
    public Boolean scan(PlanNode.Scan node) {
      return false;
    }

    @Override
    public Boolean values(PlanNode.Values node) {
      return false;
    }

    @Override
    public Boolean calc(PlanNode.Calc node) {
      return node.projections().get(column) instanceof Expression.Input input
          && isEventTime(node.input(), input.column());
    }

    @Override
    public Boolean watermark(PlanNode.Watermark node) {
      return node.column() == column;
    }

    /** As in Flink: the rows pass with their event time. */
    @Override
    public Boolean changelogNormalize(PlanNode.ChangelogNormalize node) {
      return isEventTime(node.input(), column);
    }

    @Override
    public Boolean union(PlanNode.Union node) {
      return node.inputs().stream().allMatch(input -> isEventTime(input, column));
    }

    @Override
    public Boolean groupAggregate(PlanNode.GroupAggregate node) {
      return false;
    }

    @Override
    public Boolean windowAggregate(PlanNode.WindowAggregate node) {
      int property = column - node.keys().size() - node.calls().size();
      return property >= 0 && node.properties().get(property) == Window.Property.TIME;
    }

    /** The window's own time takes the place of the column it was made from. */
    @Override
    public Boolean windowTable(PlanNode.WindowTable node) {
      return column == node.type().size() - 1;
    }

    @Override
    public Boolean join(PlanNode.Join node) {
      return false;
    }

    @Override
    public Boolean lookupJoin(PlanNode.LookupJoin node) {
      return column < node.left().type().size() && isEventTime(node.left(), column);
    }
  }
}
