// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import dev.millrace.spi.option.ConfigOption;
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

  /** True if the table's {@code 'format' = '…'} and that format's options are allowed too. */
  default boolean usesFormat() {
    return false;
  }
}
