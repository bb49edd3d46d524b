// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.format;

import dev.millrace.spi.row.RowBatch;
import java.io.IOException;

/**
 * Rows out of single messages, such as a broker's records. Single-threaded. Calls: {@code (begin
 * next*)*}.
 */
public interface MessageDecoder {
  /**
   * Goes to a message, whatever was left of the one before.
   *
   * @param message stays the caller's, unchanged until the next call of begin
   */
  void begin(byte[] message);

  /**
   * Appends rows of the message until the batch is full or the message ends. A message the options
   * say to skip has none.
   *
   * @return false at the end of the message; rows may have been added all the same
   * @throws dev.millrace.spi.error.MillraceException category DATA, if the message, or what is left
   *     of it, cannot become rows; those added before stay
   */
  boolean next(RowBatch batch) throws IOException;
}
