// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.run;

import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.Retention;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets the runs of process instances that the engine has forgotten: how long they are kept is
 * the {@code historyTimeToLive} of their process. Nodes may sweep at once. Thread-safe.
 */
public final class HistorySweep implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(HistorySweep.class);

  /** Instances forgotten in one transaction, which holds locks. */
  private static final int BATCH = 100;

  /** A long backlog is left to the next sweep. */
  private static final int BATCHES = 100;

  /** How long it is known that a process instance was forgotten. */
  private static final Duration NOTES_KEPT = Duration.ofDays(365);

  /** How long one can see what became of a dead letter. */
  private static final Duration LETTERS_KEPT = Duration.ofDays(30);

  private final EngineCommands commands;
  private final Retention retention;
  private final String forgotten;
  private final String forgottenTraces;

  public HistorySweep(
      EngineCommands commands, Retention retention, ProcessEngineConfigurationImpl configuration) {
    this.commands = commands;
    this.retention = retention;
    forgotten = forgotten(configuration.getDatabaseTablePrefix(), configuration.isDbHistoryUsed());
    forgottenTraces =
        forgottenTraces(configuration.getDatabaseTablePrefix(), configuration.isDbHistoryUsed());
  }

  /**
   * An instance that has no history, as its level is {@code none}, is kept while it runs; one that
   * was called is kept while its caller runs, which may yet be rolled back.
   */
  private static String forgotten(String prefix, boolean history) {
    return """
        SELECT DISTINCT R.PROC_INST_ID FROM MR_RUN R
        WHERE R.STATE IN ('COMPLETED', 'FAILED', 'CANCELLED', 'UNDONE')
          AND NOT EXISTS (SELECT 1 FROM %1$sACT_RU_EXECUTION E WHERE E.ID_ = R.PROC_INST_ID)
          AND NOT EXISTS (SELECT 1 FROM %1$sACT_RU_EXECUTION E WHERE E.ID_ = R.ROOT_PROC_INST_ID)
          %2$s
        ORDER BY R.PROC_INST_ID
        LIMIT ?
        """
        .formatted(
            prefix,
            history
                ? "AND NOT EXISTS (SELECT 1 FROM %sACT_HI_PROCINST H WHERE H.ID_ = R.PROC_INST_ID)"
                    .formatted(prefix)
                : "");
  }

  /** Lineage of instances that had no runs. */
  private static String forgottenTraces(String prefix, boolean history) {
    return """
        DELETE FROM MR_LINEAGE WHERE ID IN (
          SELECT L.ID FROM MR_LINEAGE L
          WHERE NOT EXISTS (SELECT 1 FROM MR_RUN R WHERE R.PROC_INST_ID = L.PROC_INST_ID)
            AND NOT EXISTS (SELECT 1 FROM %1$sACT_RU_EXECUTION E WHERE E.ID_ = L.PROC_INST_ID)
            %2$s
          ORDER BY L.ID
          LIMIT ?)
        """
        .formatted(
            prefix,
            history
                ? "AND NOT EXISTS (SELECT 1 FROM %sACT_HI_PROCINST H WHERE H.ID_ = L.PROC_INST_ID)"
                    .formatted(prefix)
                : "");
  }

  @Override
  public void run() {
    try {
      int swept = BATCH;
      for (int batch = 0; batch < BATCHES && swept == BATCH; batch++) {
        swept = commands.execute(Write.SWEEP, (command, db) -> sweep(db));
      }
      int traces = BATCH;
      for (int batch = 0; batch < BATCHES && traces >= BATCH; batch++) {
        traces = commands.execute(Write.SWEEP, (command, db) -> sweepTraces(db));
      }
      commands.execute(Write.SWEEP, (command, db) -> retention.forgetNotes(db, NOTES_KEPT));
      commands.execute(Write.SWEEP, (command, db) -> retention.forgetDeadLetters(db, LETTERS_KEPT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("runs of removed process instances were not removed: {}", e.toString());
      LOG.debug("runs of removed process instances were not removed", e);
    }
  }

  private int sweepTraces(Connection db) throws SQLException {
    try (PreparedStatement delete = db.prepareStatement(forgottenTraces)) {
      delete.setInt(1, BATCH);
      return delete.executeUpdate();
    }
  }

  private int sweep(Connection db) throws SQLException {
    List<String> instances = new ArrayList<>();
    try (PreparedStatement select = db.prepareStatement(forgotten)) {
      select.setInt(1, BATCH);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          instances.add(rows.getString(1));
        }
      }
    }
    for (String instance : instances) {
      retention.forget(db, instance);
    }
    return instances.size();
  }
}
