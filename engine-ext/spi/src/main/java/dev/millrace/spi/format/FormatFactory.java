// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.format;

import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import dev.millrace.spi.type.RowType;
import java.util.Set;

/**
 * A format, by the name a script gives in {@code 'format' = '…'}. Its option keys are declared
 * without prefix ({@code ignore-parse-errors}) and written with it ({@code
 * csv.ignore-parse-errors}). Found through {@link java.util.ServiceLoader}.
 */
public interface FormatFactory {
  String identifier();

  Set<ConfigOption<?>> options();

  /**
   * @param options keys without prefix, already checked
   */
  DecodingFormat decoding(RowType schema, Options options);

  /**
   * @param options keys without prefix, already checked
   */
  EncodingFormat encoding(RowType schema, Options options);
}
