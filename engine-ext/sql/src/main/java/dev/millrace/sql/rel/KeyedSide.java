// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One side of a join whose keys all are columns; computed ones are appended.
 *
 * @param keys columns of the node
 */
record KeyedSide(PlanNode node, List<Integer> keys) {
  static KeyedSide of(PlanNode side, List<Expression> keys) {
    List<Expression> columns = new ArrayList<>(Calcs.identity(side.type()));
    List<String> names = new ArrayList<>(side.type().names());
    List<Integer> positions = new ArrayList<>();
    for (Expression key : keys) {
      if (!columns.contains(key)) {
        names.add("$key" + columns.size());
        columns.add(key);
      }
      positions.add(columns.indexOf(key));
    }
    PlanNode extended =
        columns.size() == side.type().size() ? side : Calcs.project(side, columns, names);
    return new KeyedSide(extended, List.copyOf(positions));
  }
}
