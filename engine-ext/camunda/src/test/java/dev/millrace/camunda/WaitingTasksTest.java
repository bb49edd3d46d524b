// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;

/** Waiting costs a row in a table, not a thread. */
class WaitingTasksTest {
  private static final int TASKS = 10_000;
  private static final int TASKS_PER_TRANSACTION = 1_000;
  private static final int WORKERS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String INSERT =
      """
      CREATE TABLE input (id BIGINT) WITH ('connector' = 'process-variables');
      CREATE TABLE item (id BIGINT, qty BIGINT) WITH (
        'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'item');
      INSERT INTO item SELECT id, 1 FROM input;
      """;

  private final GatedEngine gate = new GatedEngine();

  @Test
  void tenThousandWaitingTasksHoldNoThreadAndAllComplete() throws Exception {
    try (Stage stage =
        new Stage(
            plugin -> {
              plugin.setStreamEngine(gate::over);
              plugin.setWorkers(WORKERS);
            },
            TestDatabase.create(),
            configuration -> configuration.setHistory("none"))) {
      stage.sql(Scripts.TABLES);
      stage.deploy("p.bpmn", model(), "insert.sql", INSERT);
      gate.close();
      start(stage, 0, WORKERS);
      stage.until(gate::waiting, WORKERS);

      Set<Thread> before = threads();
      for (int from = WORKERS; from < TASKS; from += TASKS_PER_TRANSACTION) {
        start(stage, from, Math.min(from + TASKS_PER_TRANSACTION, TASKS));
      }
      assertThat(count(stage, "SELECT COUNT(*) FROM MR_RUN")).isEqualTo(TASKS);
      assertThat(newThreads(before)).isEmpty();
      assertThat(gate.waiting()).isEqualTo(WORKERS);

      gate.open();
      await()
          .atMost(PATIENCE)
          .until(() -> count(stage, "SELECT COUNT(*) FROM ACT_RU_EXECUTION"), count -> count == 0);
      assertThat(count(stage, "SELECT COUNT(*) FROM MR_RUN WHERE STATE = 'COMPLETED'"))
          .isEqualTo(TASKS);
      assertThat(count(stage, "SELECT COUNT(DISTINCT ID) FROM ITEM")).isEqualTo(TASKS);
      assertThat(gate.runs()).isEqualTo(TASKS);
    }
  }

  private static String model() {
    return Models.process(
        "p",
        Models.start("s")
            + Models.task("Insert", "insert.sql")
            + Models.end("e")
            + Models.line("s Insert e"));
  }

  /** In one transaction. */
  private static void start(Stage stage, int from, int to) {
    ((ProcessEngineConfigurationImpl) stage.engine.getProcessEngineConfiguration())
        .getCommandExecutorTxRequired()
        .execute(
            command -> {
              for (int id = from; id < to; id++) {
                stage.start("p", Map.of("id", (long) id));
              }
              return null;
            });
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet();
  }

  /** Awaitility's own may still be ending. */
  private static List<String> newThreads(Set<Thread> before) {
    return threads().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> !name.startsWith("awaitility"))
        .collect(Collectors.toList());
  }

  private static long count(Stage stage, String sql) throws Exception {
    return Long.parseLong(stage.query(sql).get(0));
  }
}
