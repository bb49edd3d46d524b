// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.plan.node.PlanNode.Calc;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes filters and projections, merged with the one below where that repeats no work. */
public final class Calcs {
  private Calcs() {}

  public static PlanNode filter(PlanNode input, Expression condition) {
    return make(input, Optional.of(condition), identity(input.type()), input.type());
  }

  /** The projections under these names; the input itself if they change nothing but names. */
  public static PlanNode project(PlanNode input, List<Expression> projections, List<String> names) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < projections.size(); i++) {
      columns.add(new Column(names.get(i), projections.get(i).type()));
    }
    return make(input, Optional.empty(), projections, new RowType(columns));
  }

  public static List<Expression> identity(RowType type) {
    List<Expression> columns = new ArrayList<>();
    for (int i = 0; i < type.size(); i++) {
      columns.add(new Expression.Input(i, type.type(i)));
    }
    return columns;
  }

  private static PlanNode make(
      PlanNode input, Optional<Expression> condition, List<Expression> projections, RowType type) {
    if (condition.isEmpty()
        && type.equals(input.type())
        && projections.equals(identity(input.type()))) {
      return input;
    }
    Calc upper = new Calc(input, condition, projections, type);
    return input instanceof Calc lower && CalcMerge.allows(upper, lower)
        ? PruneComputed.prune(CalcMerge.merge(upper, lower))
        : PruneComputed.prune(upper);
  }
}
