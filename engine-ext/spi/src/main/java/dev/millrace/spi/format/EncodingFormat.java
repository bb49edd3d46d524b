// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.format;

import java.io.IOException;
import java.io.OutputStream;

/** Writes rows of a table's schema as bytes. Immutable. */
public interface EncodingFormat {
  RecordWriter open(OutputStream out) throws IOException;
}
