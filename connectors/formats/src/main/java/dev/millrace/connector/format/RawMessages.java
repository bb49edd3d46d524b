// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.format.MessageDecoder;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;

/** Single-threaded. Each message is a row; one without bytes is NULL. */
final class RawMessages implements MessageDecoder {
  private final RawCell cell;
  private byte[] message;
  private boolean read;

  RawMessages(RawCell cell) {
    this.cell = cell;
  }

  @Override
  public void begin(byte[] next) {
    message = next;
    read = false;
  }

  @Override
  public boolean next(RowBatch batch) {
    if (!read && !batch.isFull()) {
      read = true;
      addRow(cell, message, batch);
    }
    return !read;
  }

  /** Adds a row, or leaves the batch as it was. */
  static void addRow(RawCell cell, byte[] bytes, RowBatch batch) {
    int row = batch.add(ChangeKind.INSERT);
    boolean complete = false;
    try {
      cell.set(batch, row, bytes);
      complete = true;
    } finally {
      if (!complete) {
        batch.removeLast();
      }
    }
  }
}
