// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.process;

import dev.millrace.spi.connector.Channels;
import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Appends rows to a channel in the transaction of the commit. */
record ChannelSink(RowType schema, String name, Channels.Bounds bounds) implements TableSink {
  @Override
  public ChangelogMode accepts() {
    return ChangelogMode.INSERT_ONLY;
  }

  /** Somebody may have read it. */
  @Override
  public EffectClass effectClass() {
    return EffectClass.FINAL;
  }

  @Override
  public RowSink open(SinkContext context) {
    if (!context.transactional() || context.services().find(Channels.class).isEmpty()) {
      throw ProcessErrors.noEngine(ChannelFactory.IDENTIFIER);
    }
    return new Appender(context);
  }

  private final class Appender implements TransactionalSink {
    private final Channels channels;
    private final Channels.Name channel;
    private final SinkContext context;
    private final List<Map<String, Object>> staged = new ArrayList<>();
    private int applied;

    Appender(SinkContext context) {
      this.context = context;
      channels = context.services().get(Channels.class);
      channel = new Channels.Name(Origin.of(context.services()).tenant().orElse(""), name);
    }

    @Override
    public void write(RowBatch batch) {
      if (staged.size() + (long) batch.size() > context.maxStagedRows()) {
        throw ProcessErrors.stagedRows(context.maxStagedRows());
      }
      for (int row = 0; row < batch.size(); row++) {
        staged.add(RowMaps.of(schema, batch, row));
      }
    }

    @Override
    public void apply(SinkTransaction transaction) throws SQLException {
      applied = staged.size();
      channels.append(transaction, channel, bounds, List.copyOf(staged));
    }

    @Override
    public void committed() {
      if (applied > 0) {
        staged.subList(0, applied).clear();
        applied = 0;
        channels.committed(channel);
      }
    }
  }
}
