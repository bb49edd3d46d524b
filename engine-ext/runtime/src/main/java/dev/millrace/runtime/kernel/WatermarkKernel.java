// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.kernel;

import dev.millrace.spi.row.RowBatch;

/** The watermark each row of a batch asks for. Single-threaded. */
public interface WatermarkKernel {
  long NONE = Long.MIN_VALUE;

  /**
   * Writes the value of the watermark expression of every row, in microseconds; {@link #NONE} where
   * it is NULL.
   *
   * @param micros at least as long as the batch
   */
  void evaluate(RowBatch in, long[] micros);

  /**
   * The largest value of a batch without NULL as event time; {@link #NONE} if it has no value.
   *
   * @param micros room for the values of all rows; what it holds afterwards is of no use
   */
  default long largest(RowBatch in, long[] micros) {
    evaluate(in, micros);
    int size = in.size();
    long largest = NONE;
    for (int row = 0; row < size; row++) {
      largest = Math.max(largest, micros[row]);
    }
    return largest;
  }
}
