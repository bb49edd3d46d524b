// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.node.PlanNode;
import dev.millrace.plan.node.Window;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.sql.function.WindowFunctions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** TUMBLE, HOP and CUMULATE as tables. */
final class WindowConversion {
  static final DataType BOUND = DataType.timestamp(3).notNull();

  private WindowConversion() {}

  static PlanNode convert(TableFunctionScan scan, PlanNode input) {
    RexCall call = (RexCall) scan.getCall();
    Window.Kind kind =
        WindowFunctions.find(call.getOperator())
            .orElseThrow(() -> new Unplannable("table function " + call.getOperator().getName()));
    int timeColumn = timeColumn(call);
    if (!TimeAttributes.isEventTime(input, timeColumn)) {
      throw Unplannable.noEventTime(input.type().name(timeColumn));
    }
    List<Column> columns = new ArrayList<>(input.type().columns());
    columns.add(new Column("window_start", BOUND));
    columns.add(new Column("window_end", BOUND));
    columns.add(new Column("window_time", input.type().type(timeColumn).notNull()));
    return new PlanNode.WindowTable(
        input, window(kind, timeColumn, intervals(call)), new RowType(columns));
  }

  private static Window window(Window.Kind kind, int timeColumn, List<Duration> intervals) {
    boolean tumbles = kind == Window.Kind.TUMBLE;
    int sizes = tumbles ? 1 : 2;
    Duration size = intervals.get(sizes - 1);
    Duration step = intervals.get(0);
    Duration offset = intervals.size() > sizes ? intervals.get(sizes) : Duration.ZERO;
    if (step.isZero() || step.isNegative() || size.isZero() || size.isNegative()) {
      throw new Unplannable(kind + " over an interval that is not positive");
    }
    if (!tumbles && size.toMillis() % step.toMillis() != 0) {
      throw new Unplannable(
          "%s of size %s by %s".formatted(kind, size, step),
          "the size must be a multiple of the step");
    }
    return new Window(kind, timeColumn, size, step, offset);
  }

  private static int timeColumn(RexCall call) {
    for (RexNode operand : call.getOperands()) {
      if (operand.getKind() == SqlKind.DESCRIPTOR) {
        return ((RexInputRef) ((RexCall) operand).getOperands().get(0)).getIndex();
      }
    }
    throw new Unplannable(call.getOperator().getName() + " without DESCRIPTOR");
  }

  private static List<Duration> intervals(RexCall call) {
    List<Duration> intervals = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      if (operand instanceof RexLiteral literal) {
        if (!SqlTypeName.DAY_INTERVAL_TYPES.contains(literal.getType().getSqlTypeName())) {
          throw new Unplannable("a window of months or years");
        }
        intervals.add(Duration.ofMillis(literal.getValueAs(BigDecimal.class).longValueExact()));
      } else if (operand.getKind() != SqlKind.DESCRIPTOR && operand.getKind() != SqlKind.DEFAULT) {
        throw new Unplannable("a window over an interval that is no literal");
      }
    }
    return intervals;
  }
}
