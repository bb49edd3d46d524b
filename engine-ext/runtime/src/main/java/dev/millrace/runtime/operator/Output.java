// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;

/** Where an operator's yield goes. Single-threaded. */
public interface Output {
  /** Takes rows; the batch stays the caller's and may be reused once this returns. Never empty. */
  void rows(RowBatch batch) throws Exception;

  /** The source has other parts, or other silent ones; see {@link Operator#parts}. */
  default void parts(Splits all) throws Exception {}

  /**
   * Event time has reached {@code micros}; {@link Long#MAX_VALUE} at the end of all input.
   *
   * @param micros larger than ever before
   */
  void watermark(long micros) throws Exception;
}
