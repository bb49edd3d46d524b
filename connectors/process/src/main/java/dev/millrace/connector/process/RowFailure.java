// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

/** One row spoilt the transaction. */
final class RowFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient StagedRows.Row row;
  private final RuntimeException failure;

  RowFailure(StagedRows.Row row, RuntimeException failure) {
    super(failure);
    this.row = row;
    this.failure = failure;
  }

  StagedRows.Row row() {
    return row;
  }

  RuntimeException failure() {
    return failure;
  }
}
