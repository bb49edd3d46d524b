// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.format.DecodingFormat;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.RowType;
import java.util.List;

/**
 * A format that knows something of its records beside their columns. A script names it behind
 * {@value #PREFIX} where the table's connector passes it on.
 */
public interface MetadataFormatFactory extends FormatFactory {
  String PREFIX = "value.";

  /** The keys there are, without prefix; they are only read. */
  List<MetadataKey> metadataKeys();

  /**
   * A format whose rows have the columns of the schema and behind them those of the keys.
   *
   * @param metadata some of {@link #metadataKeys()}, in the order of their columns
   */
  DecodingFormat decoding(RowType schema, List<String> metadata, Options options);
}
