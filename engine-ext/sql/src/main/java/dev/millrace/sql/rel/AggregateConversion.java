// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.plan.expression.AggregateFunction;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.spi.type.TypeRoot;
import dev.millrace.sql.function.AggregateFunctions;
import dev.millrace.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Aggregate;

/** GROUP BY and DISTINCT: per window where both of its bounds are keys, otherwise over all time. */
final class AggregateConversion {
  private AggregateConversion() {}

  static PlanNode convert(Aggregate aggregate, PlanNode input) {
    if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      throw new Unplannable("GROUPING SETS, ROLLUP or CUBE");
    }
    List<Integer> keys = aggregate.getGroupSet().asList();
    List<AggregateCall> calls =
        aggregate.getAggCallList().stream().map(call -> call(call, input.type())).toList();
    RowType type = rowType(input, keys, calls, Types.names(aggregate.getRowType()));
    Optional<PlanNode> windowed = WindowGrouping.convert(input, keys, calls, type);
    return windowed.orElseGet(() -> new PlanNode.GroupAggregate(input, keys, calls, type));
  }

  /** Each row once. */
  static PlanNode distinct(PlanNode input) {
    List<Integer> keys = IntStream.range(0, input.type().size()).boxed().toList();
    return new PlanNode.GroupAggregate(input, keys, List.of(), input.type());
  }

  private static AggregateCall call(org.apache.calcite.rel.core.AggregateCall call, RowType input) {
    AggregateFunction function =
        AggregateFunctions.find(call.getAggregation())
            .orElseThrow(
                () -> new Unplannable("aggregate function " + call.getAggregation().getName()));
    if (function == AggregateFunction.COUNT && call.getArgList().size() > 1) {
      throw new Unplannable("COUNT of several columns");
    }
    boolean map =
        call.getArgList().stream().anyMatch(column -> input.type(column).root() == TypeRoot.MAP);
    boolean compares =
        function == AggregateFunction.MIN || function == AggregateFunction.MAX || call.isDistinct();
    if (map && compares) {
      throw new Unplannable((call.isDistinct() ? "DISTINCT in " : "") + function + " of a MAP");
    }
    if (call.ignoreNulls() || !call.getCollation().getFieldCollations().isEmpty()) {
      throw new Unplannable("IGNORE NULLS or an order inside of " + function);
    }
    DataType type = Types.toPlan(call.getType());
    return new AggregateCall(function, call.getArgList(), call.isDistinct(), call.filterArg, type);
  }

  private static RowType rowType(
      PlanNode input, List<Integer> keys, List<AggregateCall> calls, List<String> names) {
    List<Column> columns = new ArrayList<>();
    for (int key : keys) {
      columns.add(new Column(names.get(columns.size()), input.type().type(key)));
    }
    for (AggregateCall call : calls) {
      columns.add(new Column(names.get(columns.size()), call.type()));
    }
    return new RowType(columns);
  }
}
