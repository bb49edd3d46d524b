// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator;

import dev.millrace.runtime.aggregate.GroupTable;
import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;

/**
 * Groups over all time, as Flink's {@code GroupAggFunction}. Single-threaded; called only by its
 * stage's thread; allocates only when state grows.
 */
public final class GroupAggregateOperator implements Operator, Stateful {
  private final GroupTable groups;
  private final RowBatch result;
  private OperatorContext context;

  /**
   * @param output keys, then results
   */
  public GroupAggregateOperator(GroupTable groups, RowType output) {
    this.groups = groups;
    result = new RowBatch(output);
  }

  @Override
  public void open(OperatorContext stage) {
    context = stage;
  }

  @Override
  public void rows(int input, RowBatch batch, Output out) throws Exception {
    for (int from = 0; from < batch.size(); ) {
      from = change(batch, from);
      if (from < batch.size()) {
        flush(out);
      }
    }
    flush(out);
  }

  private int change(RowBatch batch, int from) {
    try {
      return groups.change(batch, from, result);
    } catch (RuntimeException e) {
      int failed = groups.row();
      context.deadLetter(batch, failed, e);
      return failed + 1;
    }
  }

  @Override
  public long heapBytes() {
    return groups.heapBytes();
  }

  @Override
  public void snapshot(StateWriter out) {
    groups.snapshot(out);
  }

  @Override
  public void restore(StateReader in) {
    groups.restore(in);
    in.finish();
  }

  private void flush(Output out) throws Exception {
    if (!result.isEmpty()) {
      out.rows(result);
      result.clear();
    }
  }
}
