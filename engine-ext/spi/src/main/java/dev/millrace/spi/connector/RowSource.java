// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.row.RowBatch;

/**
 * A source at work. Single-threaded: opened, polled and closed by one thread.
 *
 * <p>An exception from {@link #poll} fails the run; an {@link java.io.IOException} or {@link
 * java.sql.SQLException} counts as category CONNECTOR.
 */
public interface RowSource extends AutoCloseable {
  /** What a poll found. */
  enum Status {
    /** There may be more at once. */
    MORE,
    /** Nothing right now. */
    IDLE,
    /** Nothing ever again. */
    END
  }

  /**
   * Appends rows at hand until the batch is full. Rows may have been added whatever the status.
   *
   * @param batch of the table's {@link TableContext#schema()}, or of the columns chosen by {@link
   *     ProjectableSource}; owned by the caller
   */
  Status poll(RowBatch batch) throws Exception;

  @Override
  default void close() throws Exception {}
}
