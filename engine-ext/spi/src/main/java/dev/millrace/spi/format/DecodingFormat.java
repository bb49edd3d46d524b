// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.format;

import java.io.IOException;
import java.io.InputStream;

/** Reads rows of a table's schema from bytes. Immutable. */
public interface DecodingFormat {
  /**
   * A reader over a whole file.
   *
   * @param name of the file, for positions in messages: {@code orders.csv}
   */
  RecordReader open(InputStream in, String name, BadRecords badRecords) throws IOException;
}
