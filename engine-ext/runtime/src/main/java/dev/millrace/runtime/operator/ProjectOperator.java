// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator;

import dev.millrace.runtime.kernel.CalcKernel;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;
import dev.millrace.spi.type.RowType;

/**
 * Projects without filtering: computes some columns and hands the others through uncopied.
 * Single-threaded; called only by its stage's thread; beyond what its kernel does, it allocates
 * once for each batch it is handed for the first time, and for the first row that fails.
 */
public final class ProjectOperator implements Operator {
  /** Stands for the next computed column. */
  public static final int COMPUTED = -1;

  /** More than a ring has slots; beyond, views are made anew. */
  private static final int MAX_VIEWS = 32;

  private final CalcKernel kernel;
  private final RowType input;
  private final int[] passed;
  private final RowBatch computed;
  private final RowType output;
  private final RowBatch[] shown = new RowBatch[MAX_VIEWS];
  private final RowBatch[] views = new RowBatch[MAX_VIEWS];
  private int nextView;
  private RowBatch survivors;
  private int[] kept;
  private OperatorContext context;

  /**
   * @param kernel computes the computed columns only, without a condition
   * @param passed by output column: the input column it is, or {@link #COMPUTED}
   * @param computedType of the computed columns
   */
  public ProjectOperator(
      CalcKernel kernel, RowType input, int[] passed, RowType computedType, RowType output) {
    this.kernel = kernel;
    this.input = input;
    this.passed = passed.clone();
    computed = new RowBatch(computedType);
    this.output = output;
  }

  @Override
  public void open(OperatorContext stage) {
    context = stage;
  }

  @Override
  public void rows(int number, RowBatch batch, Output out) throws Exception {
    computed.clear();
    for (int from = 0; from < batch.size(); ) {
      int before = computed.size();
      int next = applyFrom(batch, from);
      if (computed.size() == batch.size()) {
        show(batch, out);
        return;
      }
      keep(from, before);
      from = next;
    }
    if (!computed.isEmpty()) {
      survivors.clear();
      survivors.addSelected(batch, kept, 0, computed.size());
      survivors.split(batch.splits(), batch.split());
      show(survivors, out);
    }
  }

  @Override
  public void parts(Splits all, Output out) throws Exception {
    out.parts(all);
  }

  /** Computes up to the end or the first row that fails; returns where to go on. */
  private int applyFrom(RowBatch batch, int from) {
    try {
      kernel.apply(batch, from, computed);
      return batch.size();
    } catch (RuntimeException e) {
      int failed = kernel.row();
      context.deadLetter(batch, failed, e);
      return failed + 1;
    }
  }

  /** Some row failed: notes which rows those computed last were, for the others close ranks. */
  private void keep(int from, int before) {
    if (survivors == null) {
      survivors = new RowBatch(input);
      kept = new int[survivors.capacity()];
    }
    for (int row = before; row < computed.size(); row++) {
      kept[row] = from + row - before;
    }
  }

  private void show(RowBatch rows, Output out) throws Exception {
    RowBatch view = view(rows);
    view.size(rows.size());
    view.split(rows.splits(), rows.split());
    out.rows(view);
  }

  /** There are few batches, used again and again, and a view for each. */
  private RowBatch view(RowBatch rows) {
    for (int i = 0; i < MAX_VIEWS && shown[i] != null; i++) {
      if (shown[i] == rows) {
        return views[i];
      }
    }
    int place = nextView++ % MAX_VIEWS;
    shown[place] = rows;
    views[place] = makeView(rows);
    return views[place];
  }

  private RowBatch makeView(RowBatch rows) {
    RowBatch[] from = new RowBatch[passed.length];
    int[] columns = new int[passed.length];
    int next = 0;
    for (int column = 0; column < passed.length; column++) {
      boolean isComputed = passed[column] == COMPUTED;
      from[column] = isComputed ? computed : rows;
      columns[column] = isComputed ? next++ : passed[column];
    }
    return RowBatch.view(output, rows, from, columns);
  }
}
