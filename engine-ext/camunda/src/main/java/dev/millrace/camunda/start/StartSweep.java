// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.start;

import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.spi.fault.Write;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets keys of instances that the engine has forgotten. Nodes may sweep at once. */
public final class StartSweep implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(StartSweep.class);
  private static final int BATCH = 1000;
  private static final int ROUNDS = 100;

  private final EngineCommands commands;
  private final String delete;

  public StartSweep(EngineCommands commands, ProcessEngineConfigurationImpl configuration) {
    this.commands = commands;
    String prefix = configuration.getDatabaseTablePrefix();
    delete =
        """
        DELETE FROM MR_STARTED WHERE PROC_INST_ID IN (
          SELECT S.PROC_INST_ID FROM MR_STARTED S
          WHERE NOT EXISTS (SELECT 1 FROM %1$sACT_RU_EXECUTION E WHERE E.ID_ = S.PROC_INST_ID)
            %2$s
          LIMIT %3$d)
        """
            .formatted(
                prefix,
                configuration.isDbHistoryUsed()
                    ? "AND NOT EXISTS (SELECT 1 FROM %sACT_HI_PROCINST H WHERE H.ID_ = S.PROC_INST_ID)"
                        .formatted(prefix)
                    : "",
                BATCH);
  }

  @Override
  public void run() {
    try {
      int removed = BATCH;
      for (int round = 0; round < ROUNDS && removed >= BATCH; round++) {
        removed = commands.execute(Write.SWEEP, (command, db) -> remove(db));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("keys of removed process instances were not removed: {}", e.toString());
    }
  }

  private int remove(Connection db) throws SQLException {
    try (PreparedStatement statement = db.prepareStatement(delete)) {
      return statement.executeUpdate();
    }
  }
}
