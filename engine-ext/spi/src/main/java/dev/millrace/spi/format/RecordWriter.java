// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.format;

import dev.millrace.spi.row.RowBatch;
import java.io.IOException;

/** Rows into one file in order. Single-threaded. */
public interface RecordWriter extends AutoCloseable {
  void write(RowBatch batch, int row) throws IOException;

  /** Flushes and closes the stream it was opened on. */
  @Override
  void close() throws IOException;
}
