// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator;

import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;

/**
 * A step of a stage. Single-threaded; called only by its stage's thread; does not allocate per row
 * after warm-up. Calls: {@code open (rows | parts | watermark | pause)* end? close}.
 */
public interface Operator extends AutoCloseable {
  default void open(OperatorContext context) throws Exception {}

  /**
   * Takes rows.
   *
   * @param input 0, or 1 for the right side of a join
   * @param batch the caller's; copy what must outlive the call
   */
  void rows(int input, RowBatch batch, Output out) throws Exception;

  /**
   * The source right before this has other parts than before, or other silent ones. What only
   * computes hands it on; whoever makes event time takes it.
   */
  default void parts(Splits all, Output out) throws Exception {}

  /** Event time of all inputs together has reached {@code micros}. Must hand it on. */
  default void watermark(long micros, Output out) throws Exception {
    out.watermark(micros);
  }

  /** Input pauses: what is held back for efficiency should go out. May come again and again. */
  default void pause(Output out) throws Exception {}

  /** All input has ended; the last watermark has been delivered. */
  default void end(Output out) throws Exception {}

  /** About how much memory it takes for what it remembers. Cheap: asked after each batch. */
  default long heapBytes() {
    return 0;
  }

  @Override
  default void close() throws Exception {}
}
