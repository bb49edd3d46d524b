// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.filesystem;

import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;

/** Rows of records that lie in memory. Single-threaded. */
record ReplayedRecords(RecordReader records) implements RowSource {
  @Override
  public Status poll(RowBatch batch) throws IOException {
    return records.read(batch) ? Status.MORE : Status.END;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
