// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.format;

import dev.millrace.spi.format.BadRecords;
import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.MessageDecoder;
import dev.millrace.spi.format.RecordReader;
import dev.millrace.spi.row.ChangelogMode;
import java.io.InputStream;
import java.util.function.Supplier;

/** Lines of files and single messages that hold one JSON text each. */
record TextDecoding(Supplier<TextRows> rows, boolean ignoreErrors, ChangelogMode changelogMode)
    implements DecodingFormat {
  @Override
  public RecordReader open(InputStream in, String name, BadRecords badRecords) {
    return new JsonLineReader(new CharWindow(in), name, rows.get(), ignoreErrors, badRecords);
  }

  @Override
  public MessageDecoder messages() {
    return new JsonMessages(rows.get(), ignoreErrors);
  }
}
