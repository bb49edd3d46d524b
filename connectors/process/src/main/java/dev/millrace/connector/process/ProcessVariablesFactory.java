// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.option.ConfigOption;
import java.util.Optional;
import java.util.Set;

/**
 * {@code 'connector' = 'process-variables'}: variables as one row, or one variable as many rows.
 */
public final class ProcessVariablesFactory implements SourceFactory, SinkFactory {
  static final String IDENTIFIER = "process-variables";
  static final ConfigOption<String> VARIABLE =
      ConfigOption.string(
          "variable",
          "The variable that holds all rows, as a list of objects. Without it, each column is a"
              + " variable of its name, and the table has one row.");

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(VARIABLE);
  }

  @Override
  public TableSource source(TableContext table) {
    return new VariablesSource(table.schema(), table.options().find(VARIABLE));
  }

  @Override
  public TableSink sink(TableContext table) {
    VariableValues.check(table.schema());
    Optional<String> variable = table.options().find(VARIABLE);
    return new VariablesSink(table.schema(), variable);
  }
}
