// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.runtime.kernel.DelayedColumn;
import dev.millrace.runtime.kernel.WatermarkKernel;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.TypeRoot;
import java.util.Optional;

/** Finds watermarks that need no code of their own: {@code ts} and {@code ts - INTERVAL …}. */
final class DelayedTime {
  private static final long MICROS_PER_MILLI = 1000;

  private DelayedTime() {}

  /** Empty if the expression is anything else. */
  static Optional<WatermarkKernel> of(Expression expression) {
    if (expression instanceof Expression.Input time && isTimestamp(time.type())) {
      return Optional.of(new DelayedColumn(time.column(), 0));
    }
    if (expression instanceof Expression.Call call
        && call.function() == Function.MINUS
        && call.arguments().get(0) instanceof Expression.Input time
        && isTimestamp(time.type())
        && call.arguments().get(1) instanceof Expression.Literal delay
        && delay.type().root() == TypeRoot.INTERVAL_DAY_TIME
        && delay.value() instanceof Long millis) {
      return Optional.of(new DelayedColumn(time.column(), millis * MICROS_PER_MILLI));
    }
    return Optional.empty();
  }

  private static boolean isTimestamp(DataType type) {
    return type.root() == TypeRoot.TIMESTAMP || type.root() == TypeRoot.TIMESTAMP_LTZ;
  }
}
