// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.plan.node.PlanNode.Calc;
import dev.millrace.plan.node.PlanNode.WindowAggregate;
import dev.millrace.plan.node.PlanNode.WindowTable;
import dev.millrace.plan.node.Window;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows that belong to windows, seen through the projections and filters above them.
 *
 * @param rows without window columns
 * @param window over them
 * @param boundColumns where {@code window_start}, {@code window_end} and {@code window_time} stand
 *     among the columns the expressions refer to; -1 if absent
 * @param columns what the input's columns are, over the node's
 * @param conditions filters on the way, over the node's columns
 */
record WindowedInput(
    PlanNode rows,
    Window window,
    List<Integer> boundColumns,
    List<Expression> columns,
    List<Expression> conditions) {

  /** Empty if there is no window below. */
  static Optional<WindowedInput> find(PlanNode input) {
    List<Expression> columns = Calcs.identity(input.type());
    List<Expression> conditions = new ArrayList<>();
    PlanNode node = input;
    while (node instanceof Calc calc) {
      columns = over(columns, calc);
      List<Expression> lifted = over(conditions, calc);
      conditions = new ArrayList<>(lifted);
      calc.condition().ifPresent(conditions::add);
      node = calc.input();
    }
    if (node instanceof WindowTable table) {
      int first = table.input().type().size();
      return Optional.of(
          new WindowedInput(
              table.input(),
              table.window(),
              List.of(first, first + 1, first + 2),
              columns,
              conditions));
    }
    return node instanceof WindowAggregate aggregate
        ? Optional.of(ofAggregate(aggregate, columns, conditions))
        : Optional.empty();
  }

  private static List<Expression> over(List<Expression> expressions, Calc calc) {
    return expressions.stream()
        .map(expression -> Expressions.substitute(expression, calc.projections()))
        .toList();
  }

  /** What a window has emitted carries its end as event time, so it falls into the same window. */
  private static WindowedInput ofAggregate(
      WindowAggregate aggregate, List<Expression> columns, List<Expression> conditions) {
    WindowAggregate timed = withTime(aggregate);
    int time = property(timed, Window.Property.TIME);
    Window window = aggregate.window();
    return new WindowedInput(
        timed,
        new Window(window.kind(), time, window.size(), window.step(), window.offset()),
        List.of(property(timed, Window.Property.START), property(timed, Window.Property.END), time),
        columns,
        conditions);
  }

  private static WindowAggregate withTime(WindowAggregate node) {
    if (node.properties().contains(Window.Property.TIME)) {
      return node;
    }
    List<Window.Property> properties = new ArrayList<>(node.properties());
    properties.add(Window.Property.TIME);
    List<Column> columns = new ArrayList<>(node.type().columns());
    columns.add(
        new Column("window_time", node.input().type().type(node.window().timeColumn()).notNull()));
    return new WindowAggregate(
        node.input(), node.window(), node.keys(), node.calls(), properties, new RowType(columns));
  }

  private static int property(WindowAggregate node, Window.Property property) {
    int position = node.properties().indexOf(property);
    return position < 0 ? -1 : node.keys().size() + node.calls().size() + position;
  }

  /** Which of the window's columns an input column is. */
  Optional<Window.Property> property(int column) {
    if (columns.get(column) instanceof Expression.Input input) {
      int position = boundColumns.indexOf(input.column());
      return position < 0 ? Optional.empty() : Optional.of(Window.Property.values()[position]);
    }
    return Optional.empty();
  }

  /** True if the expression reads a column of the window itself. */
  boolean readsWindow(Expression expression) {
    return Expressions.inputs(expression).stream().anyMatch(boundColumns::contains);
  }
}
