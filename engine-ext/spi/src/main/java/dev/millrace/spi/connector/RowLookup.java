// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.row.RowBatch;

/** A lookup at work. Single-threaded; may block. */
public interface RowLookup extends AutoCloseable {
  /**
   * The rows with a key.
   *
   * @param keys a batch whose columns are the key columns in the order they were opened with; no
   *     cell of the row is NULL
   * @return rows of the table's schema, cells as in {@link dev.millrace.spi.row.RowValues}
   */
  Iterable<Object[]> lookup(RowBatch keys, int row) throws Exception;

  @Override
  default void close() throws Exception {}
}
