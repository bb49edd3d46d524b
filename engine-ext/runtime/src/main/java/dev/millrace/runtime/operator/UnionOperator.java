// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator;

import dev.millrace.spi.row.RowBatch;

/** Hands the rows of all its inputs on. Single-threaded. */
public final class UnionOperator implements Operator {
  @Override
  public void rows(int input, RowBatch batch, Output out) throws Exception {
    out.rows(batch);
  }
}
