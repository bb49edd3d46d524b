// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.SourceFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.option.ConfigOption;
import java.util.Map;
import java.util.Set;

/** Connector {@code given}: tables of a test, by name. */
record GivenTables(Map<String, ? extends TableSource> sources, TableSink sink)
    implements SourceFactory, SinkFactory {
  @Override
  public String identifier() {
    return "given";
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public TableSource source(TableContext table) {
    return sources.get(table.name());
  }

  @Override
  public TableSink sink(TableContext table) {
    return sink;
  }
}
