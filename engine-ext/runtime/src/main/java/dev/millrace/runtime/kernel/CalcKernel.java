// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.kernel;

import dev.millrace.spi.row.RowBatch;

/**
 * Filters and projects. Single-threaded; called only by its stage's thread; does not allocate after
 * construction beyond what its functions return.
 */
public interface CalcKernel {
  /**
   * Appends to {@code out} what becomes of the rows {@code from} and up, each with its change kind.
   *
   * @param out has room for all of them
   * @throws RuntimeException if a row cannot be computed; {@link #row()} tells which, rows before
   *     it are in {@code out}, and the caller may go on behind it
   */
  void apply(RowBatch in, int from, RowBatch out);

  /** The row being computed, or the one that failed. */
  int row();
}
