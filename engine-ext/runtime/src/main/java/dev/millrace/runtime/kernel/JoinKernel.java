// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.kernel;

import dev.millrace.spi.row.RowBatch;

/** Whether two rows join, keys aside. Single-threaded. */
public interface JoinKernel {
  boolean matches(RowBatch left, int leftRow, RowBatch right, int rightRow);
}
