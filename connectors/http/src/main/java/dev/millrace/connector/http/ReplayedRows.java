// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.row.RowBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Rows of dead letters that are read again. Single-threaded. */
record ReplayedRows(RecordReader records) implements RowSource {
  /**
   * @param bytes records as they were dead letters: each a line, not a body
   */
  static ReplayedRows open(Body body, List<byte[]> bytes, String table, SourceContext context)
      throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (byte[] each : bytes) {
      lines.writeBytes(each);
      lines.write('\n');
    }
    return new ReplayedRows(
        body.format()
            .open(new ByteArrayInputStream(lines.toByteArray()), table + " replayed", context));
  }

  @Override
  public Status poll(RowBatch batch) throws IOException {
    return records.read(batch) ? Status.MORE : Status.END;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
