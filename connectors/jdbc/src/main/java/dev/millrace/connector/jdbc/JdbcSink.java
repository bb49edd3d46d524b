// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.jdbc;

import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.type.RowType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A table of a database, to be written.
 *
 * @param key columns of the declared primary key; empty to append
 * @param additive columns to which values are added
 * @param maxRows buffered before they are written, on a connection of our own
 * @param interval longest time a row is buffered; zero for no limit
 */
record JdbcSink(
    Address address,
    String tableName,
    RowType schema,
    List<String> key,
    Set<String> additive,
    int maxRows,
    Duration interval,
    int maxRetries)
    implements TableSink {

  @Override
  public ChangelogMode accepts() {
    if (key.isEmpty()) {
      return ChangelogMode.INSERT_ONLY;
    }
    return additive.isEmpty() ? ChangelogMode.UPSERT : ChangelogMode.ALL;
  }

  /** Only effects in the engine's own transaction are journaled. */
  @Override
  public EffectClass effectClass() {
    return address.isEngine() ? EffectClass.REVERSIBLE : EffectClass.FINAL;
  }

  @Override
  public RowSink open(SinkContext context) throws SQLException {
    SinkTable table;
    try (Connection connection = address.open(context.services())) {
      table = SinkTable.bind(this, connection);
    }
    return context.transactional() && address.isEngine()
        ? new StagedWriter(table, context)
        : new BufferedWriter(this, table, context, System::nanoTime);
  }
}
