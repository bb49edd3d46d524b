// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.row.RowBatch;

/**
 * A sink at work. Single-threaded. Calls: {@code (write* flush)* finish? close}.
 *
 * <p>An exception fails the run; an {@link java.io.IOException} or {@link java.sql.SQLException}
 * counts as category CONNECTOR.
 */
public interface RowSink extends AutoCloseable {
  /**
   * Takes the rows of a batch, which stays the caller's.
   *
   * @param batch of the table's schema
   */
  void write(RowBatch batch) throws Exception;

  /**
   * Makes what was written durable as far as the sink can before its end; called when input pauses.
   */
  default void flush() throws Exception {}

  /** The input has ended without failure: makes everything visible. Not called for a failed run. */
  default void finish() throws Exception {}

  /** Frees resources; what is not finished is thrown away. */
  @Override
  default void close() throws Exception {}
}
