// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.codegen.aggregate.SumCode.Kind;
import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.plan.expression.AggregateFunction;
import dev.millrace.runtime.aggregate.OrderedValues;
import dev.millrace.runtime.state.ValueKind;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;

/** Which code an aggregate function takes. */
final class AggregateCodes {
  private AggregateCodes() {}

  /**
   * @param retracting rows may be taken back
   */
  static AggregateCode of(
      AggregateCall call, RowType input, RecordLayout layout, boolean retracting) {
    boolean nullable = call.arguments().stream().anyMatch(column -> input.type(column).nullable());
    boolean always = !nullable && call.filter() < 0 && !call.distinct();
    if (call.function() == AggregateFunction.COUNT) {
      return count(call, layout, always);
    }
    DataType value = input.type(call.arguments().get(0));
    Argument argument = new Argument(value, always);
    return switch (call.function()) {
      case COUNT -> throw new IllegalStateException("handled above");
      case SUM -> new SumCode(Kind.SUM, argument, call.type(), layout);
      case SUM0 -> new SumCode(Kind.SUM0, argument, call.type(), layout);
      case AVG -> new SumCode(Kind.AVG, argument, call.type(), layout);
      case MIN, MAX -> extreme(call, value, layout, retracting);
      case FIRST_VALUE, LAST_VALUE -> edge(call, value, layout, retracting);
      case SINGLE_VALUE -> new SingleCode(value, layout);
      case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
          new MomentCode(call.function(), argument, call.type(), layout);
      case LISTAGG -> new ListCode(layout.ref(RefCode.TEXTS));
    };
  }

  private static AggregateCode count(AggregateCall call, RecordLayout layout, boolean always) {
    if (call.distinct() && call.arguments().size() > 1) {
      throw AggregateErrors.distinctOverSeveral(call);
    }
    return new CountCode(always ? 0 : layout.word());
  }

  private static AggregateCode extreme(
      AggregateCall call, DataType value, RecordLayout layout, boolean retracting) {
    boolean largest = call.function() == AggregateFunction.MAX;
    if (!retracting) {
      return new ExtremeCode(largest, value, layout);
    }
    OrderedValues.Order order = ExtremeCode.order(value);
    String creation = "new OrderedValues(OrderedValues.Order." + order + ")";
    return new CollectionCode(
        layout.ref(RefCode.ordered(order)), "OrderedValues", creation, largest);
  }

  private static AggregateCode edge(
      AggregateCall call, DataType value, RecordLayout layout, boolean retracting) {
    boolean last = call.function() == AggregateFunction.LAST_VALUE;
    if (!retracting) {
      return new EdgeCode(last, value, layout);
    }
    String creation = "new ArrivedValues(ValueKind." + ValueKind.of(value) + ")";
    return new CollectionCode(layout.ref(RefCode.arrived(value)), "ArrivedValues", creation, last);
  }
}
