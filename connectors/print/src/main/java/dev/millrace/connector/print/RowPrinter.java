// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.print;

import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Single-threaded. Writes {@code prefix+I[1, 2.50, null, 2026-01-01T00:00]}, one row a line, UTF-8
 * and a line feed whatever the locale. Whole lines are handed to the stream at once, so lines of
 * several sinks never mix.
 */
final class RowPrinter implements RowSink {
  private static final int FLUSH_CHARS = 1 << 15;

  private final String prefix;
  private final PrintStream stream;
  private final StringBuilder lines = new StringBuilder(2 * FLUSH_CHARS);

  RowPrinter(String prefix, PrintStream stream) {
    this.prefix = prefix;
    this.stream = stream;
  }

  @Override
  public void write(RowBatch batch) throws IOException {
    for (int row = 0; row < batch.size(); row++) {
      lines.append(prefix).append(batch.rowToString(row)).append('\n');
      if (lines.length() >= FLUSH_CHARS) {
        flush();
      }
    }
  }

  @Override
  public void flush() throws IOException {
    if (lines.length() > 0) {
      byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
      lines.setLength(0);
      stream.write(bytes, 0, bytes.length);
      stream.flush();
      if (stream.checkError()) {
        throw new IOException("the stream print writes to is closed");
      }
    }
  }

  @Override
  public void finish() throws IOException {
    flush();
  }

  /** What a failed run computed is shown too, as in Flink: it helps to find the failure. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
