// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator;

import dev.millrace.runtime.kernel.WatermarkKernel;
import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;
import dev.millrace.spi.type.RowType;
import java.util.Optional;

/**
 * Makes watermarks as Flink's {@code WatermarkAssignerOperator}: the largest value so far, in whole
 * milliseconds, whenever it is more than an interval of event time ahead of the last one, and when
 * endless input pauses. Single-threaded; called only by its stage's thread; does not allocate after
 * open.
 *
 * <p>Of a source with parts, such as a topic's partitions, the value of the slowest counts, as in
 * Flink: a part that is read late makes none of its rows late.
 *
 * <p>Flink puts each watermark between two rows. Here a batch is split only where that shows:
 * before a row whose event time is not ahead of a watermark that is due. So what is late depends on
 * the order of rows alone, not on batches.
 */
public final class WatermarkOperator implements Operator, Stateful {
  private static final long MICROS_PER_MILLI = 1000;

  private final WatermarkKernel kernel;
  private final int timeColumn;
  private final long intervalMicros;
  private final boolean endless;
  private final RowBatch part;
  private long[] values = new long[RowBatch.DEFAULT_CAPACITY];
  private OperatorContext context;
  private long current;
  private long due;

  /** The smallest value that makes a watermark due: more than an interval ahead of the last. */
  private long nextDue;

  private long emitted;

  private final SplitTimes splits = new SplitTimes();

  /** The largest value of the part of the source whose rows these are. */
  private long own;

  /** The smallest of the other parts'. */
  private long others;

  /**
   * @param timeColumn the event time of a row
   * @param intervalMicros of event time between two watermarks, {@code
   *     pipeline.auto-watermark-interval}
   * @param endless input may pause for long, so that what is not due yet must go out then; input
   *     that ends is left to itself, so that what is late does not depend on the clock
   */
  public WatermarkOperator(
      WatermarkKernel kernel, RowType type, int timeColumn, long intervalMicros, boolean endless) {
    this.kernel = kernel;
    this.timeColumn = timeColumn;
    this.intervalMicros = intervalMicros;
    this.endless = endless;
    nextDue = intervalMicros + MICROS_PER_MILLI;
    part = new RowBatch(type);
  }

  @Override
  public void open(OperatorContext stage) {
    context = stage;
  }

  @Override
  public void rows(int input, RowBatch batch, Output out) throws Exception {
    int size = batch.size();
    if (values.length < size) {
      values = new long[batch.capacity()];
    }
    begin(batch);
    if (passesWhole(batch)) {
      out.rows(batch);
    } else {
      kernel.evaluate(batch, values);
      splitting(batch, out);
    }
    if (batch.splits() != null) {
      splits.reached(batch.split(), own);
    }
  }

  /** Nobody waits any more for parts that have fallen silent, though no row says so. */
  @Override
  public void parts(Splits all, Output out) throws Exception {
    long slowest = splits.slowest(all);
    if (slowest != Long.MAX_VALUE) {
      raise(slowest);
      emit(due, out);
    }
  }

  /** All rows of a batch are of one part of the source; the others stand still meanwhile. */
  private void begin(RowBatch batch) {
    if (batch.splits() == null) {
      own = current;
      others = Long.MAX_VALUE;
    } else {
      others = splits.others(batch.splits(), batch.split());
      own = splits.reached(batch.split());
      raise(Math.min(own, others));
    }
  }

  private void raise(long micros) {
    if (micros > current) {
      current = micros;
      if (current >= nextDue) {
        makeDue();
      }
    }
  }

  /** Whether no watermark is due before the end of the batch, and no row lacks event time. */
  private boolean passesWhole(RowBatch batch) {
    if (due > emitted || batch.hasNull(timeColumn)) {
      return false;
    }
    long largest = Math.max(own, kernel.largest(batch, values));
    long reached = Math.min(largest, others);
    if (reached >= nextDue) {
      return false;
    }
    own = largest;
    current = Math.max(current, reached);
    return true;
  }

  private void splitting(RowBatch batch, Output out) throws Exception {
    int size = batch.size();
    long[] times = batch.words(timeColumn);
    boolean[] noTime = batch.nulls(timeColumn);
    int from = 0;
    for (int row = 0; row < size; row++) {
      if (noTime[row]) {
        forward(batch, from, row, out);
        from = row + 1;
        context.deadLetter(batch, row, new IllegalArgumentException("event time is NULL"));
        continue;
      }
      if (times[row] <= due && due > emitted) {
        forward(batch, from, row, out);
        from = row;
        emit(due, out);
      }
      if (values[row] > own) {
        own = values[row];
        raise(Math.min(own, others));
      }
    }
    forward(batch, from, size, out);
    emit(due, out);
  }

  /** Watermarks are whole milliseconds. */
  private void makeDue() {
    due = current - Math.floorMod(current, MICROS_PER_MILLI);
    nextDue = due + intervalMicros + MICROS_PER_MILLI;
  }

  private void forward(RowBatch batch, int from, int to, Output out) throws Exception {
    if (from == 0 && to == batch.size()) {
      out.rows(batch);
      return;
    }
    for (int row = from; row < to; ) {
      int rows = Math.min(to - row, part.capacity());
      part.clear();
      part.addRange(batch, row, rows);
      out.rows(part);
      row += rows;
    }
  }

  private void emit(long micros, Output out) throws Exception {
    if (micros > emitted) {
      emitted = micros;
      out.watermark(micros);
    }
  }

  /** Ignored but for the end of input: event time is what is declared here. */
  @Override
  public void watermark(long micros, Output out) throws Exception {
    if (micros == Long.MAX_VALUE) {
      emit(micros, out);
    }
  }

  @Override
  public void pause(Output out) throws Exception {
    if (endless) {
      makeDue();
      emit(due, out);
    }
  }

  /** The watermark sent on last; {@link Long#MIN_VALUE} before the first. */
  public long watermark() {
    return emitted;
  }

  /**
   * The part of the source that event time waits for; empty without parts, or if all are silent.
   */
  public Optional<String> slowestPart() {
    return splits.slowestName();
  }

  @Override
  public void snapshot(StateWriter out) {
    out.number(current);
    out.number(due);
    out.number(nextDue);
    out.number(emitted);
    splits.snapshot(out);
  }

  @Override
  public void restore(StateReader in) {
    current = in.number();
    due = in.number();
    nextDue = in.number();
    emitted = in.number();
    splits.restore(in);
    in.finish();
  }
}
