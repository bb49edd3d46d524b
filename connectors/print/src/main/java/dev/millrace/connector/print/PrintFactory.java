// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.print;

import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import java.util.Set;

/** {@code 'connector' = 'print'}: rows as text on standard output or standard error. */
public final class PrintFactory implements SinkFactory {
  static final ConfigOption<String> PRINT_IDENTIFIER =
      ConfigOption.string("print-identifier", "Text before each row, followed by '> '.");
  static final ConfigOption<Boolean> STANDARD_ERROR =
      ConfigOption.bool("standard-error", "Write to standard error instead of standard output.")
          .defaultTo(false);
  static final ConfigOption<Integer> SINK_PARALLELISM =
      ConfigOption.integer(
          "sink.parallelism", "Accepted and without meaning: one thread writes, in order.");

  @Override
  public String identifier() {
    return "print";
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(PRINT_IDENTIFIER, STANDARD_ERROR, SINK_PARALLELISM);
  }

  @Override
  public TableSink sink(TableContext table) {
    Options options = table.options();
    String identifier = options.find(PRINT_IDENTIFIER).orElse("");
    String prefix = identifier.isEmpty() ? "" : identifier + "> ";
    return new PrintSink(prefix, options.get(STANDARD_ERROR));
  }
}
