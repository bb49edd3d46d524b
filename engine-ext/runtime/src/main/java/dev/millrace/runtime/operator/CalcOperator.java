// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator;

import dev.millrace.runtime.kernel.CalcKernel;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;
import dev.millrace.spi.type.RowType;

/**
 * Filters and projects. Single-threaded; called only by its stage's thread; does not allocate after
 * construction beyond what its kernel does.
 */
public final class CalcOperator implements Operator {
  private final CalcKernel kernel;
  private final RowBatch result;
  private OperatorContext context;

  public CalcOperator(CalcKernel kernel, RowType output) {
    this.kernel = kernel;
    result = new RowBatch(output);
  }

  @Override
  public void open(OperatorContext stage) {
    context = stage;
  }

  @Override
  public void rows(int input, RowBatch batch, Output out) throws Exception {
    result.clear();
    result.split(batch.splits(), batch.split());
    for (int from = 0; from < batch.size(); ) {
      from = applyFrom(batch, from);
    }
    if (!result.isEmpty()) {
      out.rows(result);
    }
  }

  @Override
  public void parts(Splits all, Output out) throws Exception {
    out.parts(all);
  }

  /** Computes up to the end or the first row that fails; returns where to go on. */
  private int applyFrom(RowBatch batch, int from) {
    try {
      kernel.apply(batch, from, result);
      return batch.size();
    } catch (RuntimeException e) {
      int failed = kernel.row();
      context.deadLetter(batch, failed, e);
      return failed + 1;
    }
  }
}
