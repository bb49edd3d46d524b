// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.LiveTables;
import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last change of each key, written in the transaction of the commit. */
record LiveTableSink(RowType schema, String name, int[] key) implements TableSink {
  @Override
  public ChangelogMode accepts() {
    return ChangelogMode.UPSERT;
  }

  @Override
  public EffectClass effectClass() {
    return EffectClass.REVERSIBLE;
  }

  @Override
  public RowSink open(SinkContext context) {
    if (!context.transactional() || context.services().find(LiveTables.class).isEmpty()) {
      throw ProcessErrors.noEngine(LiveTableFactory.IDENTIFIER);
    }
    return new Keeper(context);
  }

  private final class Keeper implements TransactionalSink {
    private final LiveTables tables;
    private final LiveTables.Name table;
    private final SinkContext context;
    private final List<String> keyColumns =
        Arrays.stream(key).mapToObj(index -> schema.columns().get(index).name()).toList();

    /** What {@link #apply} wrote and is not yet confirmed. */
    private final Map<String, LiveTables.Change> applied = new LinkedHashMap<>();

    private final Map<String, LiveTables.Change> staged = new LinkedHashMap<>();

    Keeper(SinkContext context) {
      this.context = context;
      tables = context.services().get(LiveTables.class);
      table = new LiveTables.Name(Origin.of(context.services()).tenant().orElse(""), name);
    }

    @Override
    public void write(RowBatch batch) {
      for (int row = 0; row < batch.size(); row++) {
        if (batch.kind(row) != ChangeKind.UPDATE_BEFORE) {
          stage(batch, row);
        }
      }
    }

    private void stage(RowBatch batch, int row) {
      Map<String, Object> values = RowMaps.of(schema, batch, row);
      List<Object> keys = keyColumns.stream().map(values::get).toList();
      String text = LiveTables.key(keys);
      boolean adds = batch.kind(row).adds();
      staged.put(text, new LiveTables.Change(text, adds ? Optional.of(values) : Optional.empty()));
      if (staged.size() + applied.size() > context.maxStagedRows()) {
        throw ProcessErrors.stagedRows(context.maxStagedRows());
      }
    }

    @Override
    public void apply(SinkTransaction transaction) throws SQLException {
      applied.putAll(staged);
      staged.clear();
      tables.write(transaction, table, keyColumns, List.copyOf(applied.values()));
    }

    @Override
    public void committed() {
      applied.clear();
    }
  }
}
