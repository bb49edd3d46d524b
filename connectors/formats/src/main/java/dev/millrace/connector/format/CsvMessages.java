// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.format.MessageDecoder;
import dev.millrace.spi.row.RowBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Single-threaded. Rows of messages that are one CSV record each. */
final class CsvMessages implements MessageDecoder {
  private final CsvTokenizer records;
  private final CsvReader reader;
  private byte[] message;
  private int rows;

  /**
   * @param reader of the records, whose bad ones throw
   */
  CsvMessages(CsvTokenizer records, CsvReader reader) {
    this.records = records;
    this.reader = reader;
  }

  /** What a reader does with a bad record here. */
  static void fail(String record, String position, Exception cause) {
    throw cause instanceof RuntimeException known
        ? known
        : FormatErrors.malformed(cause.getMessage(), cause);
  }

  @Override
  public void begin(byte[] next) {
    message = next;
    rows = 0;
    records.restart(new ByteArrayInputStream(next == null ? new byte[0] : next));
  }

  @Override
  public boolean next(RowBatch batch) throws IOException {
    if (message == null) {
      return false;
    }
    int before = batch.size();
    boolean more = reader.read(batch);
    rows += batch.size() - before;
    if (rows > 1) {
      batch.size(before);
      throw FormatErrors.malformed("a message is one record, this one is more", null);
    }
    return more;
  }
}
