// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.plan.node.Window;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A grouping by both bounds of a window becomes an aggregate per window: the window is taken out of
 * the input, and its bounds become properties of the result.
 */
final class WindowGrouping {
  private final WindowedInput input;
  private final RowType inputType;

  /** What the aggregate reads, over the rows without window columns. */
  private final List<Expression> read = new ArrayList<>();

  private final List<String> readNames = new ArrayList<>();

  private WindowGrouping(WindowedInput input, RowType inputType) {
    this.input = input;
    this.inputType = inputType;
  }

  /**
   * Empty if the keys are not those of a window; one bound alone is a key as any other, as in
   * Flink.
   *
   * @param type the keys, then the calls
   */
  static Optional<PlanNode> convert(
      PlanNode input, List<Integer> keys, List<AggregateCall> calls, RowType type) {
    return WindowedInput.find(input)
        .filter(windowed -> isByWindow(windowed, keys))
        .map(windowed -> new WindowGrouping(windowed, input.type()).aggregate(keys, calls, type));
  }

  private static boolean isByWindow(WindowedInput input, List<Integer> keys) {
    Set<Window.Property> grouped = EnumSet.noneOf(Window.Property.class);
    keys.forEach(key -> input.property(key).ifPresent(grouped::add));
    boolean start = grouped.contains(Window.Property.START);
    boolean end = grouped.contains(Window.Property.END);
    return start && end;
  }

  private PlanNode aggregate(List<Integer> keys, List<AggregateCall> calls, RowType type) {
    boolean nested = input.rows() instanceof PlanNode.WindowAggregate;
    if (nested && input.window().kind() != Window.Kind.TUMBLE) {
      throw new Unplannable("a second aggregate per window over " + input.window().kind());
    }
    List<Integer> dataKeys = keys.stream().filter(key -> input.property(key).isEmpty()).toList();
    List<Integer> aggregateKeys = dataKeys.stream().map(this::read).toList();
    List<AggregateCall> aggregateCalls = calls.stream().map(this::call).toList();
    List<Window.Property> properties =
        keys.stream().flatMap(key -> input.property(key).stream()).distinct().toList();
    Window window = input.window();
    DataType timeType = input.rows().type().type(window.timeColumn());
    int time =
        read(
            new Expression.Input(window.timeColumn(), timeType),
            input.rows().type().name(window.timeColumn()));
    PlanNode aggregate =
        new PlanNode.WindowAggregate(
            readNode(),
            new Window(window.kind(), time, window.size(), window.step(), window.offset()),
            aggregateKeys,
            aggregateCalls,
            properties,
            aggregateType(dataKeys, calls, properties, timeType));
    return ordered(aggregate, keys, dataKeys, calls.size(), properties, type);
  }

  private AggregateCall call(AggregateCall call) {
    return new AggregateCall(
        call.function(),
        call.arguments().stream().map(this::read).toList(),
        call.distinct(),
        call.filter() < 0 ? -1 : read(call.filter()),
        call.type());
  }

  private int read(int column) {
    return read(input.columns().get(column), inputType.name(column));
  }

  private int read(Expression expression, String name) {
    if (input.readsWindow(expression) && !isTime(expression)) {
      throw new Unplannable("an aggregate or key over the columns of its own window");
    }
    int known = read.indexOf(expression);
    if (known >= 0) {
      return known;
    }
    read.add(expression);
    readNames.add(name);
    return read.size() - 1;
  }

  private boolean isTime(Expression expression) {
    return expression instanceof Expression.Input column
        && column.column() == input.window().timeColumn();
  }

  private PlanNode readNode() {
    PlanNode rows = input.rows();
    List<Expression> conditions = new ArrayList<>(input.conditions());
    for (int i = conditions.size() - 1; i >= 0; i--) {
      if (input.readsWindow(conditions.get(i))) {
        throw new Unplannable(
            "a filter on window columns below their GROUP BY", "filter above it, with HAVING");
      }
      rows = Calcs.filter(rows, conditions.get(i));
    }
    return Calcs.project(rows, read, readNames);
  }

  private RowType aggregateType(
      List<Integer> dataKeys,
      List<AggregateCall> calls,
      List<Window.Property> properties,
      DataType timeType) {
    List<Column> columns = new ArrayList<>();
    dataKeys.forEach(key -> columns.add(inputType.columns().get(key)));
    for (int i = 0; i < calls.size(); i++) {
      columns.add(new Column("EXPR$" + i, calls.get(i).type()));
    }
    for (Window.Property property : properties) {
      columns.add(
          switch (property) {
            case START -> new Column("window_start", WindowConversion.BOUND);
            case END -> new Column("window_end", WindowConversion.BOUND);
            case TIME -> new Column("window_time", timeType.notNull());
          });
    }
    return new RowType(columns);
  }

  /** The columns in the order the query wants them: keys, then calls. */
  private PlanNode ordered(
      PlanNode aggregate,
      List<Integer> keys,
      List<Integer> dataKeys,
      int callCount,
      List<Window.Property> properties,
      RowType type) {
    List<Expression> columns = new ArrayList<>();
    int firstProperty = dataKeys.size() + callCount;
    for (int key : keys) {
      int from =
          input
              .property(key)
              .map(property -> firstProperty + properties.indexOf(property))
              .orElseGet(() -> dataKeys.indexOf(key));
      columns.add(new Expression.Input(from, aggregate.type().type(from)));
    }
    for (int i = 0; i < callCount; i++) {
      int from = dataKeys.size() + i;
      columns.add(new Expression.Input(from, aggregate.type().type(from)));
    }
    return Calcs.project(aggregate, columns, type.names());
  }
}
