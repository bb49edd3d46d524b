// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.window;

import dev.millrace.runtime.aggregate.GroupTable;
import dev.millrace.runtime.operator.Operator;
import dev.millrace.runtime.operator.OperatorContext;
import dev.millrace.runtime.operator.Output;
import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.util.OptionalLong;

/**
 * Groups per window, emitted when the watermark passes the window's end less a millisecond. A row
 * whose windows are all over is late: counted and dropped; one of whose windows some are over
 * counts in the others. Single-threaded; called only by its stage's thread; allocates only when
 * state grows.
 *
 * <p>Neighbouring rows of one slice are added by one call of generated code.
 */
public final class WindowAggregateOperator implements Operator, Stateful {
  /** Beyond all times of rows, so that sums of it with a window's size are still numbers. */
  private static final long LATEST_TIME = 1L << 61;

  /** By how much clocks that are set may delay a window, and more. */
  private static final long CLOCK_CHANGES = 24L * 3600 * 1_000_000;

  private final WindowShape shape;
  private final WindowClock clock;
  private final int timeColumn;
  private final Slices slices;
  private final WindowResults results;
  private OperatorContext context;
  private long watermark = Long.MIN_VALUE;

  /** The slice rows are being added to, if {@code start < end}. */
  private long start;

  private long end;
  private GroupTable current;

  /** CUMULATE: what the open window holds of slices already emitted, or null. */
  private GroupTable cumulated;

  private long cumulatedEnd;

  /** The end of the window emitted last. */
  private long lastFired = Long.MIN_VALUE;

  /**
   * @param groups an empty table, the model of all others
   * @param output keys, results, then properties
   */
  public WindowAggregateOperator(
      WindowShape shape,
      WindowClock clock,
      int timeColumn,
      GroupTable groups,
      WindowProperty[] properties,
      RowType output) {
    this.shape = shape;
    this.clock = clock;
    this.timeColumn = timeColumn;
    slices = new Slices(groups);
    results = new WindowResults(shape, clock, properties.clone(), output);
  }

  @Override
  public void open(OperatorContext stage) {
    context = stage;
  }

  @Override
  public void rows(int input, RowBatch batch, Output out) {
    long[] times = batch.words(timeColumn);
    boolean[] noTime = batch.nulls(timeColumn);
    int size = batch.size();
    int row = 0;
    while (row < size) {
      if (noTime[row]) {
        context.deadLetter(batch, row, new IllegalArgumentException("event time is NULL"));
        row++;
        continue;
      }
      long time = clock.toWindowTime(times[row]);
      if ((time < start || time >= end) && !enter(time)) {
        context.late(1);
        row++;
        continue;
      }
      int from = row++;
      while (row < size && !noTime[row] && isCurrent(clock.toWindowTime(times[row]))) {
        row++;
      }
      accumulate(batch, from, row);
    }
  }

  private boolean isCurrent(long time) {
    return time >= start && time < end;
  }

  private void accumulate(RowBatch batch, int from, int to) {
    for (int next = from; next < to; ) {
      try {
        current.accumulate(batch, next, to);
        next = to;
      } catch (RuntimeException e) {
        int failed = current.row();
        context.deadLetter(batch, failed, e);
        next = failed + 1;
      }
    }
  }

  /** Makes the slice of a time the current one; false if the time is late. */
  private boolean enter(long time) {
    long slice = shape.sliceStart(time);
    long target = slice;
    if (isOver(slice + shape.slice())) {
      if (isOver(shape.lastEnd(slice))) {
        return false;
      }
      target = unfinished(slice);
    }
    current = slices.open(target);
    start = slice;
    end = slice + shape.slice();
    return true;
  }

  /** Where a row counts that comes too late for some of its windows. */
  private long unfinished(long slice) {
    long target = slice;
    while (shape.kind() == WindowShape.Kind.CUMULATE && isOver(target + shape.slice())) {
      target += shape.slice();
    }
    return target;
  }

  private boolean isOver(long windowEnd) {
    return clock.firesAt(windowEnd) <= watermark;
  }

  @Override
  public void watermark(long micros, Output out) throws Exception {
    start = 0;
    end = 0;
    current = null;
    while (hasWindows()) {
      long windowEnd = nextEnd();
      if (clock.firesAt(windowEnd) > micros) {
        break;
      }
      fire(windowEnd, out);
    }
    watermark = micros;
    results.flush(out);
    out.watermark(micros);
  }

  private boolean hasWindows() {
    return !slices.isEmpty() || cumulated != null;
  }

  /** The end of the first window that is not over. */
  private long nextEnd() {
    if (cumulated != null) {
      return cumulatedEnd + shape.slice();
    }
    long windowEnd = slices.firstStart() + shape.slice();
    while (isOver(windowEnd) || windowEnd <= lastFired) {
      windowEnd += shape.slice();
    }
    return windowEnd;
  }

  private void fire(long windowEnd, Output out) throws Exception {
    lastFired = windowEnd;
    switch (shape.kind()) {
      case TUMBLE -> emitAndForget(slices.removeFirst(), windowEnd, out);
      case HOP -> fireHop(windowEnd, out);
      case CUMULATE -> fireCumulate(windowEnd, out);
    }
  }

  private void emitAndForget(GroupTable groups, long windowEnd, Output out) throws Exception {
    results.emit(groups, windowEnd, out);
    slices.give(groups);
  }

  private void fireHop(long windowEnd, Output out) throws Exception {
    int count = slices.before(windowEnd);
    if (count == 1) {
      results.emit(slices.table(0), windowEnd, out);
    } else {
      GroupTable merged = slices.take();
      for (int i = 0; i < count; i++) {
        merged.merge(slices.table(i));
      }
      emitAndForget(merged, windowEnd, out);
    }
    if (slices.firstStart() == windowEnd - shape.size()) {
      slices.give(slices.removeFirst());
    }
  }

  private void fireCumulate(long windowEnd, Output out) throws Exception {
    if (slices.before(windowEnd) > 0) {
      GroupTable slice = slices.removeFirst();
      if (cumulated == null) {
        cumulated = slice;
      } else {
        cumulated.merge(slice);
        slices.give(slice);
      }
    }
    cumulatedEnd = windowEnd;
    results.emit(cumulated, windowEnd, out);
    if (windowEnd == shape.lastEnd(windowEnd - shape.slice())) {
      slices.give(cumulated);
      cumulated = null;
    }
  }

  @Override
  public void end(Output out) throws Exception {
    results.flush(out);
  }

  @Override
  public long heapBytes() {
    return slices.heapBytes() + (cumulated == null ? 0 : cumulated.heapBytes());
  }

  /** The watermark that fires the next window; empty if none is open. */
  public OptionalLong nextFiring() {
    return hasWindows() ? OptionalLong.of(clock.firesAt(nextEnd())) : OptionalLong.empty();
  }

  @Override
  public void snapshot(StateWriter out) {
    out.number(watermark);
    out.number(lastFired);
    slices.snapshot(out);
    out.flag(cumulated != null);
    if (cumulated != null) {
      out.number(cumulatedEnd);
      cumulated.snapshot(out);
    }
  }

  @Override
  public void restore(StateReader in) {
    watermark = in.number();
    lastFired = in.number();
    in.check(
        lastFired == Long.MIN_VALUE || isOver(lastFired - CLOCK_CHANGES), "a window ahead of time");
    slices.restore(in);
    for (int i = 0; i < slices.size(); i++) {
      checkOpen(slices.start(i), in);
    }
    if (in.flag()) {
      cumulatedEnd = in.number();
      cumulated = slices.another();
      cumulated.restore(in);
      in.check(shape.kind() == WindowShape.Kind.CUMULATE, "a window that goes on");
      checkOpen(cumulatedEnd, in);
    }
    in.finish();
  }

  /** A slice that no watermark would ever close would never let go. */
  private void checkOpen(long slice, StateReader in) {
    in.check(
        slice > -LATEST_TIME
            && slice < LATEST_TIME
            && shape.sliceStart(slice) == slice
            && !isOver(shape.lastEnd(slice) + CLOCK_CHANGES),
        "a slice at " + slice);
  }
}
