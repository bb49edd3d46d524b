// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.effect.EffectUndoer;
import dev.millrace.store.schema.Database;
import dev.millrace.store.schema.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/**
 * The parts of the store over one database.
 *
 * <pre>
 *   Store store = Store.open(dataSource, StoreClock.database(), undoers, TenantQuotas.none());
 *   store.schema().open(SchemaUpdate.UPDATE);
 *   store.runs().claim("node-1", 8, Duration.ofSeconds(30));
 * </pre>
 */
public record Store(
    Schema schema,
    Runs runs,
    RunQuery runQuery,
    Undo undo,
    Rollbacks rollbacks,
    RollbackOrders rollbackOrders,
    Pipelines pipelines,
    PipelineDeployments deployments,
    PipelineWishes wishes,
    Positions positions,
    ProgressReports progress,
    Snapshots snapshots,
    DeadLetters deadLetters,
    LetterReplays letterReplays,
    Lineage lineage,
    Inbox inbox,
    InboxQuery inboxQuery,
    Starts starts,
    StoredLiveTables liveTables,
    StoredChannels channels,
    HistoryLog historyLog,
    Outboxes outboxes,
    HookBodies hookBodies,
    Retention retention,
    TenantUsage usage) {

  /**
   * Looks which database it is; touches no table.
   *
   * @param dataSource the engine's; the store takes a connection of it for each short transaction
   * @param undoers one per connector whose effects are journaled
   * @param quotas of each tenant
   * @throws dev.millrace.spi.error.MillraceException if the store does not speak that database
   */
  public static Store open(
      DataSource dataSource,
      StoreClock clock,
      Collection<EffectUndoer> undoers,
      TenantQuotas quotas)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      Transactions transactions = new Transactions(dataSource, Database.of(connection));
      StoredChannels channels = new StoredChannels(transactions, clock);
      Outboxes outboxes = new Outboxes(transactions, clock);
      Pipelines pipelines = new Pipelines(transactions, clock);
      TenantUsage usage = new TenantUsage(quotas);
      PipelineWishes wishes = new PipelineWishes(transactions);
      return new Store(
          new Schema(dataSource),
          new Runs(transactions, clock),
          new RunQuery(transactions),
          new Undo(transactions, clock, all(undoers), outboxes),
          new Rollbacks(transactions, clock),
          new RollbackOrders(transactions, clock),
          pipelines,
          new PipelineDeployments(clock, wishes),
          wishes,
          new Positions(transactions),
          new ProgressReports(transactions, clock),
          new Snapshots(transactions, clock, pipelines, usage),
          new DeadLetters(transactions, clock, usage),
          new LetterReplays(transactions, clock),
          new Lineage(transactions, clock),
          new Inbox(transactions, clock, usage),
          new InboxQuery(transactions),
          new Starts(clock),
          new StoredLiveTables(transactions),
          channels,
          new HistoryLog(transactions, channels),
          outboxes,
          new HookBodies(transactions, clock),
          new Retention(transactions, clock),
          usage);
    }
  }

  /** Those of connectors, and that of what the store itself keeps for them. */
  private static Collection<EffectUndoer> all(Collection<EffectUndoer> undoers) {
    List<EffectUndoer> all = new ArrayList<>(undoers);
    all.add(new LiveTableUndoer());
    return all;
  }
}
