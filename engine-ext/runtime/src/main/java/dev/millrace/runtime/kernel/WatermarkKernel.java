// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.kernel;

import dev.millrace.spi.row.RowBatch;

/** The watermark a batch carries. Single-threaded. */
public interface WatermarkKernel {
  long NONE = Long.MIN_VALUE;

  /**
   * The largest value of the watermark expression over the batch, in microseconds; or {@link
   * #NONE}.
   */
  long max(RowBatch in);
}
