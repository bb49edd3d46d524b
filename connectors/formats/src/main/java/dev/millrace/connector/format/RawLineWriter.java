// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.format.RecordWriter;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.io.OutputStream;

/** Single-threaded. Each row is a line; NULL an empty one. */
final class RawLineWriter implements RecordWriter {
  private final OutputStream out;
  private final RawCell cell;

  RawLineWriter(OutputStream out, RawCell cell) {
    this.out = out;
    this.cell = cell;
  }

  @Override
  public void write(RowBatch batch, int row) throws IOException {
    byte[] bytes = cell.get(batch, row);
    if (bytes != null) {
      out.write(bytes);
    }
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
