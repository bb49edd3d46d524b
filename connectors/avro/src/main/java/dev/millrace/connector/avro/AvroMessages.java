// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.format.MessageDecoder;
import dev.millrace.spi.row.RowBatch;
import java.io.IOException;

/** Single-threaded. Each message is a row; one without bytes is none. */
final class AvroMessages implements MessageDecoder {
  /** What a message is read with. */
  interface Records {
    /**
     * Adds a message's row.
     *
     * @throws MillraceException category DATA, if it has none
     * @throws IOException if it is not a record; a reason that may pass is an {@link
     *     UnansweredException}
     * @throws RuntimeException if it is not a record
     */
    void add(byte[] message, RowBatch batch) throws IOException;
  }

  private final Records records;
  private byte[] message;

  AvroMessages(Records records) {
    this.records = records;
  }

  @Override
  public void begin(byte[] next) {
    message = next;
  }

  @Override
  public boolean next(RowBatch batch) throws IOException {
    if (message != null && batch.isFull()) {
      return true;
    }
    byte[] bytes = message;
    message = null;
    if (bytes != null) {
      read(bytes, batch);
    }
    return false;
  }

  private void read(byte[] bytes, RowBatch batch) throws IOException {
    try {
      records.add(bytes, batch);
    } catch (MillraceException | UnansweredException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw AvroErrors.unreadable(reason(e), e);
    } catch (StackOverflowError e) {
      // Avro skips lists within lists by recursion. Its trace is one line a thousand times over.
      throw AvroErrors.unreadable("it is nested too deeply", null);
    }
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
