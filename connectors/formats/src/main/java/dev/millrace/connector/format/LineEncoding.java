// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.format.EncodingFormat;
import dev.millrace.spi.format.MessageEncoder;
import dev.millrace.spi.format.RecordWriter;
import dev.millrace.spi.row.ChangelogMode;
import java.io.IOException;
import java.io.OutputStream;

/** Rows as lines, and as messages that are lines without their end. */
record LineEncoding(LineMessages.Lines lines, ChangelogMode changelogMode)
    implements EncodingFormat {
  @Override
  public RecordWriter open(OutputStream out) throws IOException {
    return lines.open(out);
  }

  @Override
  public MessageEncoder messages() {
    return new LineMessages(lines);
  }
}
