// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;

/** One row spoilt the transaction. */
final class RowFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient StagedRows.Row row;
  private final MillraceException failure;

  /**
   * @param failure category CONNECTOR if it may pass
   */
  RowFailure(StagedRows.Row row, MillraceException failure) {
    super(failure);
    this.row = row;
    this.failure = failure;
  }

  StagedRows.Row row() {
    return row;
  }

  MillraceException failure() {
    return failure;
  }

  boolean mayPass() {
    return failure.category() == ErrorCategory.CONNECTOR;
  }
}
