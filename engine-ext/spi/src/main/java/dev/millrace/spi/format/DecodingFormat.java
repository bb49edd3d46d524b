// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.format;

import dev.millrace.spi.row.ChangelogMode;
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

  /** What the rows it reads do to a changing table. */
  default ChangelogMode changelogMode() {
    return ChangelogMode.INSERT_ONLY;
  }

  /**
   * A reader of single messages, each a whole record.
   *
   * @throws UnsupportedOperationException if the format has whole files only
   */
  default MessageDecoder messages() {
    throw new UnsupportedOperationException("the format reads no single messages");
  }
}
