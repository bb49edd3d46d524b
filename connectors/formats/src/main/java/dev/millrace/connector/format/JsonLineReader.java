// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.format.BadRecords;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Single-threaded. Rows from lines of JSON: an object is a row, an array of objects as many, a
 * blank line none. A bad element of an array makes the rest of its line bad.
 */
final class JsonLineReader implements RecordReader {
  private final CharWindow in;
  private final String name;
  private final TextRows rows;
  private final boolean ignoreErrors;
  private final BadRecords badRecords;

  private long line;
  private int start;
  private int end;
  private int next;

  JsonLineReader(
      CharWindow in, String name, TextRows rows, boolean ignoreErrors, BadRecords badRecords) {
    this.in = in;
    this.name = name;
    this.rows = rows;
    this.ignoreErrors = ignoreErrors;
    this.badRecords = badRecords;
  }

  @Override
  public boolean read(RowBatch batch) throws IOException {
    while (!batch.isFull()) {
      if (!rows.pending()) {
        if (!nextLine()) {
          return false;
        }
        rows.begin(in, start, end);
      }
      try {
        rows.add(batch);
      } catch (RuntimeException e) {
        if (!ignoreErrors) {
          badRecords.deadLetter(recordBytes(), name + ":" + line, e);
        }
      }
    }
    return true;
  }

  /** Goes to the next line that is not blank; false at the end of the stream. */
  private boolean nextLine() throws IOException {
    boolean blank = true;
    while (blank) {
      start = next;
      end = start;
      line++;
      boolean more = findLineEnd();
      for (int at = start; at < end && blank; at++) {
        blank = in.chars()[at] <= ' ';
      }
      if (!more && blank) {
        return false;
      }
      next = more ? end + 1 : end;
    }
    return true;
  }

  /** Moves {@link #end} to the next line feed, or the end of the stream: false then. */
  private boolean findLineEnd() throws IOException {
    while (true) {
      char[] chars = in.chars();
      int limit = in.limit();
      while (end < limit && chars[end] != '\n') {
        end++;
      }
      if (end < limit) {
        return true;
      }
      if (end - start > CharWindow.MAX_RECORD_CHARS) {
        throw FormatErrors.lineTooLong(name + ":" + line, CharWindow.MAX_RECORD_CHARS);
      }
      boolean more = in.fill(start);
      end -= start;
      start = 0;
      if (!more) {
        return false;
      }
    }
  }

  private byte[] recordBytes() {
    return new String(in.chars(), start, end - start).strip().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
