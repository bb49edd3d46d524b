// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator;

import dev.millrace.spi.row.RowBatch;

/** What a stage offers its operators. */
public interface OperatorContext {
  /** Counts a row that came behind the watermark and was dropped. */
  void late(long rows);

  /**
   * Takes a row that could not be computed. Returns if the run's setting is to keep going.
   *
   * @throws dev.millrace.spi.error.MillraceException category DATA, if the run shall fail
   */
  void deadLetter(RowBatch batch, int row, Exception cause);
}
