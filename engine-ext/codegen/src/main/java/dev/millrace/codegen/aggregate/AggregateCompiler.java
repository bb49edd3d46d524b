// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import dev.millrace.codegen.expression.GeneratedClass;
import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.runtime.aggregate.GroupTable;
import dev.millrace.spi.type.RowType;
import java.util.List;

/** Aggregates to tables of groups. Thread-safe; a table is not. */
public final class AggregateCompiler {
  private AggregateCompiler() {}

  /**
   * An empty table.
   *
   * @param keys columns of the input; empty for one group
   * @param output the keys, then the results of the calls; further columns are not touched
   * @param retracting rows may be taken back: their batches hold {@code -U} and {@code -D}
   * @throws dev.millrace.spi.error.MillraceException category SQL, if a call cannot be computed
   */
  public static GroupTable table(
      RowType input,
      List<Integer> keys,
      List<AggregateCall> calls,
      RowType output,
      boolean retracting) {
    String source = source(input, keys, calls, output, retracting);
    return GeneratedClass.instantiate(
        GroupTableSource.PACKAGE + "." + GroupTableSource.CLASS, source, GroupTable.class);
  }

  /** The source of the class of {@link #table}. */
  static String source(
      RowType input,
      List<Integer> keys,
      List<AggregateCall> calls,
      RowType output,
      boolean retracting) {
    return new GroupTableSource(input, keys, calls, output, retracting).source();
  }
}
