// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.InboxState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.runtime.ExecutionQuery;
import org.junit.jupiter.api.Test;

/** Sixteen writers send messages before and while their processes come to wait for them. */
class EarlyMessagesTest {
  private static final int WRITERS = 16;
  private static final int MESSAGES = Integer.getInteger("millrace.early.messages", 40);

  /** Waits twice for the same message: one that came twice would go through both. */
  private static final String TWICE =
      Models.message(
          Models.process(
              "receiver",
              Models.start("s")
                  + Models.receive("Wait", "Paid")
                  + Models.receive("Again", "Paid")
                  + Models.end("e")
                  + Models.line("s Wait Again e")),
          "Paid");

  private static String writer(int number) {
    return """
        SET 'pipeline.name' = 'writer-%1$d';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.commit.rows' = '7';
        CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '%2$d', 'rows-per-second' = '50');
        CREATE TABLE paid (id STRING) WITH ('connector' = 'process-message',
          'message-name' = 'Paid', 'business-key-column' = 'id', 'ttl' = '1 h');
        INSERT INTO paid SELECT 'w%1$d-' || CAST(n AS STRING) FROM numbers;
        """
        .formatted(number, MESSAGES);
  }

  @Test
  void noneIsLostAndNoneComesTwice() throws Exception {
    try (Stage stage =
        new Stage(
            plugin -> plugin.setInboxSweepMillis(60_000),
            TestDatabase.create(),
            configuration -> configuration.setJdbcMaxActiveConnections(60))) {
      stage.deploy("receiver.bpmn", TWICE);
      Object[] scripts =
          IntStream.range(0, WRITERS)
              .boxed()
              .flatMap(number -> Stream.of("writer-" + number + ".sql", writer(number)))
              .toArray();
      stage.deploy(scripts);
      startAll(stage);
      long all = (long) WRITERS * MESSAGES;
      stage.until(() -> waiting(stage, "Again"), all);
      assertThat(waiting(stage, "Wait")).isZero();
      assertThat(stage.engine.getHistoryService().createHistoricProcessInstanceQuery().count())
          .isEqualTo(all);
      assertThat(stage.millrace().inbox().counts()).doesNotContainKey(InboxState.BUFFERED);
      assertThat(stage.millrace().store().deadLetters().count()).isZero();
    }
  }

  /** The one that keeps messages never sees their subscriptions, and the other way round. */
  @Test
  void oneNodeSendsAndAnotherWaits() throws Exception {
    TestDatabase database = TestDatabase.create();
    try (Stage sends = node(database)) {
      Object[] scripts =
          IntStream.range(0, 2)
              .boxed()
              .flatMap(number -> Stream.of("writer-" + number + ".sql", writer(number)))
              .toArray();
      sends.deploy("receiver.bpmn", TWICE);
      sends.deploy(scripts);
      long all = 2L * MESSAGES;
      try (Stage waits = node(database)) {
        for (int n = 1; n <= MESSAGES; n++) {
          for (int writer = 0; writer < 2; writer++) {
            waits
                .engine
                .getRuntimeService()
                .startProcessInstanceByKey("receiver", "w" + writer + "-" + n);
          }
        }
        waits.until(() -> waiting(waits, "Again"), all);
        assertThat(waiting(waits, "Wait")).isZero();
      }
    }
  }

  private static Stage node(TestDatabase database) {
    return new Stage(plugin -> plugin.setInboxSweepMillis(60_000), database);
  }

  private static long waiting(Stage stage, String activity) {
    ExecutionQuery query = stage.engine.getRuntimeService().createExecutionQuery();
    return query.activityId(activity).count();
  }

  /** By as many threads, each in an order of its own: some are early, some late. */
  private static void startAll(Stage stage) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<?>> started = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        List<String> keys = new ArrayList<>();
        for (int n = 1; n <= MESSAGES; n++) {
          keys.add("w" + writer + "-" + n);
        }
        Collections.shuffle(keys, new Random(writer));
        started.add(
            threads.submit(
                () ->
                    keys.forEach(
                        key ->
                            stage
                                .engine
                                .getRuntimeService()
                                .startProcessInstanceByKey("receiver", key))));
      }
      for (Future<?> each : started) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
