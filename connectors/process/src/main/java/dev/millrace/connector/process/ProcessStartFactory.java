// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.option.ConfigOption;
import java.util.Optional;
import java.util.Set;

/** {@code 'connector' = 'process-start'}: a process instance for each row. */
public final class ProcessStartFactory implements SinkFactory {
  static final String IDENTIFIER = "process-start";
  static final ConfigOption<String> DEFINITION =
      ConfigOption.string("process-definition-key", "The process to start, in its latest version.");
  static final ConfigOption<Boolean> UNIQUE =
      ConfigOption.bool(
          "unique",
          "Whether a row whose business key the process was already started for is refused; true if"
              + " there is a business key column.");

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(DEFINITION);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(KeyColumn.OPTION, UNIQUE);
  }

  @Override
  public TableSink sink(TableContext table) {
    Optional<KeyColumn> key = KeyColumn.of(table);
    Optional<Boolean> unique = table.options().find(UNIQUE);
    if (unique.orElse(false) && key.isEmpty()) {
      throw ProcessErrors.uniqueWithoutKey();
    }
    return new ProcessStartSink(
        table.schema(),
        table.options().get(DEFINITION),
        key,
        unique.orElse(true) && key.isPresent());
  }
}
