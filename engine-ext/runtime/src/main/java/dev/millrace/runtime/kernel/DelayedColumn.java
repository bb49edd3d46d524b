// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.kernel;

import dev.millrace.spi.row.RowBatch;

/**
 * A watermark that is a time column less a constant, as nearly all are. Single-threaded; does not
 * allocate.
 *
 * @param delayMicros wraps around as all sums do
 */
public record DelayedColumn(int column, long delayMicros) implements WatermarkKernel {
  @Override
  public void evaluate(RowBatch in, long[] micros) {
    long[] times = in.words(column);
    boolean[] nulls = in.nulls(column);
    int size = in.size();
    for (int row = 0; row < size; row++) {
      micros[row] = nulls[row] ? NONE : times[row] - delayMicros;
    }
  }

  /** Four at a time: each maximum waits for the one before it. */
  @Override
  public long largest(RowBatch in, long[] micros) {
    long[] times = in.words(column);
    int size = in.size();
    long a = Long.MIN_VALUE;
    long b = a;
    long c = a;
    long d = a;
    int row = 0;
    for (; row < size - 3; row += 4) {
      a = Math.max(a, times[row]);
      b = Math.max(b, times[row + 1]);
      c = Math.max(c, times[row + 2]);
      d = Math.max(d, times[row + 3]);
    }
    for (; row < size; row++) {
      a = Math.max(a, times[row]);
    }
    return Math.max(Math.max(a, b), Math.max(c, d)) - delayMicros;
  }
}
