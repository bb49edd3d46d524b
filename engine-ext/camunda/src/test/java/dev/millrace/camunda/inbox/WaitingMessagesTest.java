// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.millrace.camunda.Millrace;
import dev.millrace.camunda.MillracePlugin;
import dev.millrace.camunda.config.Surroundings;
import dev.millrace.camunda.transaction.EngineCommands;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.junit.jupiter.api.Test;

class WaitingMessagesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** As many processes wait for 'ping' as messages 'ping' wait for others. */
  private static final String[] CROWD = {
    """
    INSERT INTO ACT_RU_EXECUTION (ID_, PROC_INST_ID_, BUSINESS_KEY_, SUSPENSION_STATE_)
      SELECT 'p' || N, 'p' || N, 'here ' || N, 1 FROM GENERATE_SERIES(1, 30000) AS N""",
    """
    INSERT INTO ACT_RU_EVENT_SUBSCR (ID_, EVENT_TYPE_, EVENT_NAME_, PROC_INST_ID_, CREATED_)
      SELECT 's' || N, 'message', CASE WHEN N = 3 THEN 'pong' ELSE 'ping' END, 'p' || N, NOW()
      FROM GENERATE_SERIES(1, 30000) AS N""",
    """
    INSERT INTO ACT_RU_VARIABLE (ID_, TYPE_, NAME_, PROC_INST_ID_, TEXT_)
      SELECT 'v' || N, 'string', 'sku', 'p' || N, 'sku ' || N FROM GENERATE_SERIES(1, 30000) AS N""",
    """
    INSERT INTO MR_INBOX (
        ID, MESSAGE, BUSINESS_KEY, RECEIVER, MATCH_NAME, MATCH_TEXT, CORRELATION, VARIABLES, STATE,
        ON_EXPIRY, TTL_MS, ATTEMPTS, CREATED_AT, EXPIRES_AT)
      SELECT N, CASE WHEN N = 3 THEN 'pong' ELSE 'ping' END,
        CASE WHEN N = 1 THEN 'here 1' WHEN N > 15000 THEN 'elsewhere ' || N END, 'r' || N,
        CASE WHEN N BETWEEN 2 AND 15000 AND N <> 3 THEN 'sku' END,
        CASE WHEN N = 2 THEN 'sku 2' ELSE 'none ' || N END,
        '', '', 'BUFFERED', 'DISCARD', 0, 0, NOW(), NOW() FROM GENERATE_SERIES(1, 30000) AS N""",
    "ANALYZE"
  };

  @Test
  void theFewThatCanBeDeliveredAreFoundSoonAmongManyThatCannot() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      StandaloneProcessEngineConfiguration configuration = engine(postgres.getPostgresDatabase());
      ProcessEngine engine = configuration.buildProcessEngine();
      try {
        execute(postgres.getPostgresDatabase(), CROWD);
        WaitingMessages waiting =
            new WaitingMessages(
                new EngineCommands(configuration, Surroundings.machine().pause()),
                Millrace.of(engine).orElseThrow().store().inbox(),
                "");
        assertThat(assertTimeoutPreemptively(PATIENCE, () -> waiting.all(0)))
            .isEqualTo(List.of(1L, 2L, 3L));
        assertThat(waiting.all(1)).isEqualTo(List.of(2L, 3L));
        assertThat(waiting.forReceivers(List.of("r1", "r3", "r20000"), 0))
            .isEqualTo(List.of(1L, 3L));
        assertThat(waiting.forSubscriptions(List.of("s2", "s20000"), 0)).isEqualTo(List.of(2L));
      } finally {
        engine.close();
      }
    }
  }

  private static StandaloneProcessEngineConfiguration engine(DataSource database) {
    MillracePlugin plugin = new MillracePlugin();
    // nobody else looks
    plugin.setInboxSweepMillis(Duration.ofHours(1).toMillis());
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setProcessEngineName("waiting-messages");
    configuration.setDataSource(database);
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setHistory("none");
    configuration.setMetricsEnabled(false);
    configuration.setDbMetricsReporterActivate(false);
    configuration.getProcessEnginePlugins().add(plugin);
    return configuration;
  }

  private static void execute(DataSource database, String... statements) throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
