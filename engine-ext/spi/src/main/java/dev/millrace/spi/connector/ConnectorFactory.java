// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.option.ConfigOption;
import java.util.List;
import java.util.Set;

/**
 * A kind of table, by the name a script gives in {@code 'connector' = '…'}. Stateless; found
 * through {@link java.util.ServiceLoader} or handed to the engine. The engine checks the options
 * against what is declared here before it asks for a source or sink.
 */
public interface ConnectorFactory {
  /** Lower case, as in Flink: {@code filesystem}. */
  String identifier();

  default Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  Set<ConfigOption<?>> optionalOptions();

  /**
   * The options by which a table names a format: {@code format}, {@code key.format}. That format's
   * own options are then allowed too, with the same prefix: {@code json.ignore-parse-errors},
   * {@code key.json.ignore-parse-errors}.
   */
  default List<String> formatOptions() {
    return List.of();
  }
}
