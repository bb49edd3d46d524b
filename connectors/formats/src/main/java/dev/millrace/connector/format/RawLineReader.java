// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.format.BadRecords;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.row.RowBatch;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Single-threaded. Each line of a file is a row; a line may end with CR LF, as in Flink. */
final class RawLineReader implements RecordReader {
  private final InputStream in;
  private final String name;
  private final RawCell cell;
  private final BadRecords badRecords;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long lineNumber;

  RawLineReader(InputStream in, String name, RawCell cell, BadRecords badRecords) {
    this.in = new BufferedInputStream(in);
    this.name = name;
    this.cell = cell;
    this.badRecords = badRecords;
  }

  @Override
  public boolean read(RowBatch batch) throws IOException {
    while (!batch.isFull()) {
      byte[] bytes = nextLine();
      if (bytes == null) {
        return false;
      }
      try {
        RawMessages.addRow(cell, bytes, batch);
      } catch (MillraceException e) {
        badRecords.deadLetter(bytes, name + ":" + lineNumber, e);
      }
    }
    return true;
  }

  /** Without its end; null at the end of the file. */
  private byte[] nextLine() throws IOException {
    line.reset();
    lineNumber++;
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      line.write(next);
      if (line.size() > CharWindow.MAX_RECORD_CHARS) {
        throw FormatErrors.lineTooLong(name + ":" + lineNumber, CharWindow.MAX_RECORD_CHARS);
      }
      next = in.read();
    }
    byte[] bytes = line.toByteArray();
    boolean carriage = next == '\n' && bytes.length > 0 && bytes[bytes.length - 1] == '\r';
    return carriage ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
