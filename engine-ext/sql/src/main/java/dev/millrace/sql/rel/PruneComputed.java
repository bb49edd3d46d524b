// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.plan.node.PlanNode.Calc;
import dev.millrace.plan.node.PlanNode.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Keeps a table from computing columns that the Calc above its watermark does not read. */
final class PruneComputed {
  private PruneComputed() {}

  static Calc prune(Calc reader) {
    return reader.input() instanceof Watermark watermark
            && watermark.input() instanceof Calc computed
            && computed.condition().isEmpty()
        ? prune(reader, watermark, computed)
        : reader;
  }

  private static Calc prune(Calc reader, Watermark watermark, Calc computed) {
    Set<Integer> read = new TreeSet<>(Expressions.inputs(watermark.expression()));
    read.add(watermark.column());
    reader.condition().ifPresent(where -> read.addAll(Expressions.inputs(where)));
    reader.projections().forEach(column -> read.addAll(Expressions.inputs(column)));
    if (read.size() == computed.projections().size()) {
      return reader;
    }
    List<Integer> kept = List.copyOf(read);
    List<Expression> projections = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int column : kept) {
      projections.add(computed.projections().get(column));
      names.add(computed.type().name(column));
    }
    PlanNode pruned =
        new Watermark(
            Calcs.project(computed.input(), projections, names),
            kept.indexOf(watermark.column()),
            moved(watermark.expression(), kept));
    return new Calc(
        pruned,
        reader.condition().map(where -> moved(where, kept)),
        reader.projections().stream().map(column -> moved(column, kept)).toList(),
        reader.type());
  }

  private static Expression moved(Expression expression, List<Integer> kept) {
    return Expressions.mapInputs(
        expression, input -> new Expression.Input(kept.indexOf(input.column()), input.type()));
  }
}
