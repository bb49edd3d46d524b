// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;

/**
 * Where a stage hands rows to. Single-threaded; called only by its stage's thread: {@code (rows |
 * parts | watermark | idle)* end}.
 */
interface Inlet {
  /** Takes rows; the batch stays the caller's. */
  void rows(RowBatch batch) throws Exception;

  /** The source right before this has other parts than before, or other silent ones. */
  default void parts(Splits all) throws Exception {}

  /** Event time of this channel has reached {@code micros}, larger than ever before. */
  void watermark(long micros) throws Exception;

  /**
   * This channel holds event time back no longer, or again. Rows of an idle channel come only after
   * it has ceased to be.
   */
  void idle(boolean now) throws Exception;

  /** Nothing more comes; the last watermark has been {@link Long#MAX_VALUE}. */
  void end() throws Exception;
}
