// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.format;

import dev.millrace.spi.row.RowBatch;
import java.io.IOException;

/** Rows as single messages, such as a broker's records. Single-threaded. */
public interface MessageEncoder {
  /** The message of a row, the caller's to keep; null if the row is none, as {@code raw}'s NULL. */
  byte[] encode(RowBatch batch, int row) throws IOException;
}
