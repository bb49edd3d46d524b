// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.RowType;
import dev.millrace.sql.catalog.DeclaredTable;
import dev.millrace.sql.type.Types;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;

/**
 * Relational algebra to plan nodes, bottom up. Filters and projections are done here; what takes
 * more has a class of its own.
 */
public final class RelToPlan {
  private final Map<RelNode, PlanNode> converted = new IdentityHashMap<>();

  /**
   * @throws Unplannable if the plan has no node for it
   */
  public PlanNode convert(RelNode rel) {
    PlanNode known = converted.get(rel);
    if (known == null) {
      known = dispatch(rel);
      converted.put(rel, known);
    }
    return known;
  }

  private PlanNode dispatch(RelNode rel) {
    if (rel instanceof TableScan scan) {
      return scan.getTable().unwrapOrThrow(DeclaredTable.class).read();
    }
    if (rel instanceof Project project) {
      return project(project);
    }
    if (rel instanceof Filter filter) {
      return filter(filter);
    }
    if (rel instanceof Values values) {
      return values(values);
    }
    if (rel instanceof Union union) {
      return union(union);
    }
    if (rel instanceof Aggregate aggregate) {
      return AggregateConversion.convert(aggregate, convert(aggregate.getInput()));
    }
    if (rel instanceof TableFunctionScan window) {
      return WindowConversion.convert(window, convert(window.getInput(0)));
    }
    if (rel instanceof Join join) {
      return JoinConversion.convert(join, convert(join.getLeft()), convert(join.getRight()));
    }
    if (rel instanceof Correlate correlate) {
      return LookupJoinConversion.convert(correlate, convert(correlate.getLeft()));
    }
    if (rel instanceof Snapshot) {
      throw new Unplannable("FOR SYSTEM_TIME AS OF outside of a lookup join");
    }
    throw new Unplannable(rel.getRelTypeName().replace("Logical", ""));
  }

  private PlanNode project(Project project) {
    PlanNode input = convert(project.getInput());
    return Calcs.project(
        input,
        expressions(project, input).convert(project.getProjects()),
        Types.names(project.getRowType()));
  }

  private PlanNode filter(Filter filter) {
    PlanNode input = convert(filter.getInput());
    return Calcs.filter(input, expressions(filter, input).convert(filter.getCondition()));
  }

  private static RexToExpression expressions(RelNode rel, PlanNode input) {
    return new RexToExpression(rel.getCluster().getRexBuilder(), input.type());
  }

  private static PlanNode values(Values values) {
    RowType type = Types.toRow(values.getRowType());
    List<List<Expression.Literal>> rows = new ArrayList<>();
    values
        .getTuples()
        .forEach(
            tuple -> {
              List<Expression.Literal> row = new ArrayList<>();
              for (int i = 0; i < tuple.size(); i++) {
                Expression cell = Casts.implicit(Literals.convert(tuple.get(i)), type.type(i));
                if (!(cell instanceof Expression.Literal literal)) {
                  throw new Unplannable("VALUES with " + cell);
                }
                row.add(literal);
              }
              rows.add(row);
            });
    return new PlanNode.Values(rows, type);
  }

  /** Inputs are converted to the union's types, so that all have one. */
  private PlanNode union(Union union) {
    RowType type = Types.toRow(union.getRowType());
    List<PlanNode> inputs =
        union.getInputs().stream().map(input -> toType(convert(input), type)).toList();
    PlanNode all =
        LiteralRows.asValues(inputs, type).orElseGet(() -> new PlanNode.Union(inputs, type));
    return union.all ? all : AggregateConversion.distinct(all);
  }

  private static PlanNode toType(PlanNode input, RowType type) {
    if (input.type().equals(type)) {
      return input;
    }
    List<Expression> columns = new ArrayList<>();
    for (int i = 0; i < type.size(); i++) {
      Column column = input.type().columns().get(i);
      columns.add(Casts.implicit(new Expression.Input(i, column.type()), type.type(i)));
    }
    return Calcs.project(input, columns, type.names());
  }
}
