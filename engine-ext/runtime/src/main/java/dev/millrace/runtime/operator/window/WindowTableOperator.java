// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.window;

import dev.millrace.runtime.operator.Operator;
import dev.millrace.runtime.operator.OperatorContext;
import dev.millrace.runtime.operator.Output;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;

/**
 * Each row once per window it belongs to, with the window's start, end and time appended, whatever
 * the watermark. Single-threaded; called only by its stage's thread; does not allocate.
 */
public final class WindowTableOperator implements Operator {
  private static final int PROPERTIES = 3;
  private static final long MICROS_PER_MILLI = 1000;

  private final WindowShape shape;
  private final WindowClock clock;
  private final int timeColumn;
  private final int inputColumns;
  private final RowBatch result;
  private OperatorContext context;

  /**
   * @param output the input's columns, then window_start, window_end, window_time
   */
  public WindowTableOperator(WindowShape shape, WindowClock clock, int timeColumn, RowType output) {
    this.shape = shape;
    this.clock = clock;
    this.timeColumn = timeColumn;
    inputColumns = output.size() - PROPERTIES;
    result = new RowBatch(output);
  }

  @Override
  public void open(OperatorContext stage) {
    context = stage;
  }

  @Override
  public void rows(int input, RowBatch batch, Output out) throws Exception {
    for (int row = 0; row < batch.size(); row++) {
      if (batch.isNull(row, timeColumn)) {
        context.deadLetter(batch, row, new IllegalArgumentException("event time is NULL"));
        continue;
      }
      long slice = shape.sliceStart(clock.toWindowTime(batch.getLong(row, timeColumn)));
      long last = shape.lastEnd(slice);
      for (long end = slice + shape.slice(); end <= last; end += shape.slice()) {
        append(batch, row, end, out);
      }
    }
    flush(out);
  }

  private void append(RowBatch batch, int row, long end, Output out) throws Exception {
    if (result.isFull()) {
      flush(out);
    }
    ChangeKind kind = batch.kind(row);
    int to = result.add(kind);
    for (int column = 0; column < inputColumns; column++) {
      result.copyCell(batch, row, column, to, column);
    }
    result.setLong(to, inputColumns, shape.windowStart(end));
    result.setLong(to, inputColumns + 1, end);
    result.setLong(to, inputColumns + 2, clock.toEventTime(end - MICROS_PER_MILLI));
  }

  private void flush(Output out) throws Exception {
    if (!result.isEmpty()) {
      out.rows(result);
      result.clear();
    }
  }
}
