// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.format;

import dev.millrace.spi.row.RowBatch;
import java.io.IOException;

/** Rows of one file in order. Single-threaded. */
public interface RecordReader extends AutoCloseable {
  /**
   * Appends rows until the batch is full or the file ends. Records that cannot become rows go to
   * {@link BadRecords} or are skipped, as options say.
   *
   * @return false at the end of the file; rows may have been added all the same
   */
  boolean read(RowBatch batch) throws IOException;

  @Override
  void close() throws IOException;
}
