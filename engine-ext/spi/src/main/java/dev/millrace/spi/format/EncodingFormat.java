// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.format;

import dev.millrace.spi.row.ChangelogMode;
import java.io.IOException;
import java.io.OutputStream;

/** Writes rows of a table's schema as bytes. Immutable. */
public interface EncodingFormat {
  RecordWriter open(OutputStream out) throws IOException;

  /** Which changes it can write. */
  default ChangelogMode changelogMode() {
    return ChangelogMode.INSERT_ONLY;
  }

  /**
   * A writer of single messages, each a whole record.
   *
   * @throws UnsupportedOperationException if the format has whole files only
   */
  default MessageEncoder messages() {
    throw new UnsupportedOperationException("the format writes no single messages");
  }
}
