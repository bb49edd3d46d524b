// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.option.ConfigOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code 'connector' = 'process-message'}: a message to a waiting process for each row. */
public final class ProcessMessageFactory implements SinkFactory {
  static final String IDENTIFIER = "process-message";
  static final ConfigOption<String> NAME =
      ConfigOption.string("message-name", "The message, by its name in the model.");
  static final ConfigOption<String> CORRELATION =
      ConfigOption.string(
          "correlation-columns",
          "Columns, separated by ';', that must equal the process variables of their names.");

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(NAME);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(KeyColumn.OPTION, CORRELATION);
  }

  @Override
  public TableSink sink(TableContext table) {
    Optional<KeyColumn> key = KeyColumn.of(table);
    List<String> correlation =
        table.options().find(CORRELATION).stream()
            .flatMap(text -> Arrays.stream(text.split(";")))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    correlation.forEach(name -> KeyColumn.index(table, CORRELATION.key(), name));
    if (key.isEmpty() && correlation.isEmpty()) {
      throw ProcessErrors.correlatesByNothing();
    }
    return new ProcessMessageSink(table.schema(), table.options().get(NAME), key, correlation);
  }
}
