// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkFactory;
import dev.millrace.spi.connector.TableContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.row.ChangelogMode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@code 'connector' = 'rows'}: keeps rows as they print. */
final class Rows implements SinkFactory {
  private final List<String> written = new CopyOnWriteArrayList<>();

  void clear() {
    written.clear();
  }

  List<String> written() {
    return List.copyOf(written);
  }

  @Override
  public String identifier() {
    return "rows";
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public TableSink sink(TableContext table) {
    return new TableSink() {
      @Override
      public ChangelogMode accepts() {
        return ChangelogMode.ALL;
      }

      @Override
      public EffectClass effectClass() {
        return EffectClass.NONE;
      }

      @Override
      public RowSink open(SinkContext context) {
        return batch -> {
          for (int row = 0; row < batch.size(); row++) {
            written.add(batch.rowToString(row));
          }
        };
      }
    };
  }
}
