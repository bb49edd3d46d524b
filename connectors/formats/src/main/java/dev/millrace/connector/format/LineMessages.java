// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.format.MessageEncoder;
import dev.millrace.spi.row.RowBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Single-threaded. Messages that are lines without their line feed. */
final class LineMessages implements MessageEncoder {
  /** Makes the writer of lines. */
  @FunctionalInterface
  interface Lines {
    LineWriter open(OutputStream out) throws IOException;
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LineWriter lines;

  LineMessages(Lines lines) {
    try {
      this.lines = lines.open(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  @Override
  public byte[] encode(RowBatch batch, int row) throws IOException {
    bytes.reset();
    lines.write(batch, row);
    lines.flush();
    return Arrays.copyOf(bytes.toByteArray(), bytes.size() - 1);
  }
}
