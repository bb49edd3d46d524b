// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.format.MessageDecoder;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.io.InputStream;

/** Single-threaded. Rows of messages that are one JSON text each. */
final class JsonMessages implements MessageDecoder {
  private final CharWindow window = new CharWindow(InputStream.nullInputStream());
  private final TextRows rows;
  private final boolean ignoreErrors;
  private byte[] message;

  JsonMessages(TextRows rows, boolean ignoreErrors) {
    this.rows = rows;
    this.ignoreErrors = ignoreErrors;
  }

  @Override
  public void begin(byte[] next) {
    message = next;
  }

  @Override
  public boolean next(RowBatch batch) throws IOException {
    try {
      return read(batch);
    } catch (RuntimeException e) {
      if (ignoreErrors) {
        return false;
      }
      throw e;
    }
  }

  private boolean read(RowBatch batch) throws IOException {
    if (message != null) {
      JsonText.load(window, message);
      message = null;
      rows.begin(window, 0, window.limit());
    } else if (!rows.pending()) {
      return false;
    }
    rows.add(batch);
    return rows.pending();
  }
}
