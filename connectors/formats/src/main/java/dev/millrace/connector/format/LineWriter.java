// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.format.RecordWriter;
import java.io.IOException;

/** Writes rows as lines, and can be made to hand over all it holds. Single-threaded. */
interface LineWriter extends RecordWriter {
  void flush() throws IOException;
}
