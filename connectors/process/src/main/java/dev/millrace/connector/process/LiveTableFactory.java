// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.option.ConfigOption;
import java.util.Arrays;
import java.util.Set;

/**
 * {@code 'connector' = 'live-table'}: a keyed table in the engine's database that a script keeps up
 * to date, and that scripts and expressions read.
 */
public final class LiveTableFactory implements SourceFactory, SinkFactory {
  static final String IDENTIFIER = "live-table";
  static final ConfigOption<String> NAME =
      ConfigOption.string(
          "table-name",
          "The live table, of the tenant of the deployment; by default the name declared.");

  @Override
  public String identifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(NAME);
  }

  @Override
  public TableSource source(TableContext table) {
    return new LiveTableSource(table.schema(), name(table), key(table));
  }

  @Override
  public TableSink sink(TableContext table) {
    return new LiveTableSink(table.schema(), name(table), key(table));
  }

  private static String name(TableContext table) {
    return Names.checked(NAME.key(), table.options().find(NAME).orElse(table.name()));
  }

  private static int[] key(TableContext table) {
    int[] key = table.primaryKey();
    if (key.length == 0) {
      throw ProcessErrors.keyNeeded(IDENTIFIER);
    }
    Arrays.stream(key)
        .mapToObj(index -> table.schema().columns().get(index))
        .forEach(
            column -> {
              switch (column.type().root()) {
                case CHAR, VARCHAR, TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, BOOLEAN, DATE -> {}
                default -> throw ProcessErrors.badKey(column);
              }
            });
    return key;
  }
}
