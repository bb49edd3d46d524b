// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import dev.millrace.plan.node.Window;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlOperator;

/** The window table-valued functions, with Flink's parameters. */
public final class WindowFunctions {
  static final List<SqlOperator> ALL =
      List.of(
          new WindowTableFunction(
              Window.Kind.TUMBLE, List.of("DATA", "TIMECOL", "SIZE", "OFFSET"), 3),
          new WindowTableFunction(
              Window.Kind.HOP, List.of("DATA", "TIMECOL", "SLIDE", "SIZE", "OFFSET"), 4),
          new WindowTableFunction(
              Window.Kind.CUMULATE, List.of("DATA", "TIMECOL", "STEP", "SIZE", "OFFSET"), 4));

  private WindowFunctions() {}

  public static Optional<Window.Kind> find(SqlOperator operator) {
    return operator instanceof WindowTableFunction function
        ? Optional.of(function.kind())
        : Optional.empty();
  }
}
