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
}
