// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.JoinType;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.RowType;
import dev.millrace.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Join;

/** INNER, LEFT and RIGHT joins; without an equality between the sides every pair is tried. */
final class JoinConversion {
  private JoinConversion() {}

  static PlanNode convert(Join join, PlanNode left, PlanNode right) {
    List<String> names = Types.names(join.getRowType());
    RowType both = concatenation(left.type(), right.type(), JoinType.INNER);
    JoinKeys keys =
        JoinKeys.split(
            join.getCondition(),
            new RexToExpression(join.getCluster().getRexBuilder(), both),
            left.type().size());
    return switch (join.getJoinType()) {
      case INNER -> make(JoinType.INNER, left, right, keys, names);
      case LEFT -> make(JoinType.LEFT, left, right, keys, names);
      case RIGHT -> swapped(left, right, keys, names);
      default -> throw new Unplannable(join.getJoinType() + " JOIN");
    };
  }

  private static PlanNode make(
      JoinType type, PlanNode left, PlanNode right, JoinKeys keys, List<String> names) {
    KeyedSide leftSide = KeyedSide.of(left, keys.left());
    KeyedSide rightSide = KeyedSide.of(right, keys.right());
    int leftCount = left.type().size();
    int shift = leftSide.node().type().size() - leftCount;
    PlanNode join =
        new PlanNode.Join(
            leftSide.node(),
            rightSide.node(),
            type,
            leftSide.keys(),
            rightSide.keys(),
            keys.rest(column -> column < leftCount ? column : column + shift),
            concatenation(leftSide.node().type(), rightSide.node().type(), type));
    List<Expression> columns = new ArrayList<>();
    for (int i = 0; i < leftCount + right.type().size(); i++) {
      int from = i < leftCount ? i : i + shift;
      columns.add(new Expression.Input(from, join.type().type(from)));
    }
    return Calcs.project(join, columns, names);
  }

  /** A RIGHT join is a LEFT join from the other side. */
  private static PlanNode swapped(
      PlanNode left, PlanNode right, JoinKeys keys, List<String> names) {
    int leftCount = left.type().size();
    int rightCount = right.type().size();
    List<Expression> rest =
        keys.rest(column -> column < leftCount ? column + rightCount : column - leftCount).stream()
            .toList();
    JoinKeys mirrored = new JoinKeys(keys.right(), keys.left(), rest);
    List<String> mirroredNames = new ArrayList<>(names.subList(leftCount, names.size()));
    mirroredNames.addAll(names.subList(0, leftCount));
    PlanNode join = make(JoinType.LEFT, right, left, mirrored, mirroredNames);
    List<Expression> columns = new ArrayList<>();
    for (int i = 0; i < leftCount + rightCount; i++) {
      int from = i < leftCount ? i + rightCount : i - leftCount;
      columns.add(new Expression.Input(from, join.type().type(from)));
    }
    return Calcs.project(join, columns, names);
  }

  /** Left columns, then right ones, which may be missing in a LEFT join. */
  static RowType concatenation(RowType left, RowType right, JoinType type) {
    List<Column> columns = new ArrayList<>(left.columns());
    for (Column column : right.columns()) {
      columns.add(
          type == JoinType.LEFT
              ? new Column(column.name(), column.type().withNullable(true))
              : column);
    }
    return new RowType(columns);
  }
}
