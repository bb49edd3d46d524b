// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.row.RowBatch;
import java.io.IOException;

/** The rows of one text at a time. Single-threaded. */
interface TextRows {
  /** Goes to a range of characters, which stay as they are until it is read. */
  void begin(CharWindow window, int start, int end);

  /** True if there may be more rows in the range. */
  boolean pending();

  /**
   * Adds rows until the batch is full or the range ends.
   *
   * @throws dev.millrace.spi.error.MillraceException if what is left is bad; {@link #pending()} is
   *     then false
   */
  void add(RowBatch batch) throws IOException;
}
