// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.print;

import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.option.ConfigOption;
import java.util.Set;

/** {@code 'connector' = 'blackhole'}: takes every row and keeps none. */
public final class BlackholeFactory implements SinkFactory {
  @Override
  public String identifier() {
    return "blackhole";
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public TableSink sink(TableContext table) {
    return new BlackholeSink();
  }
}
