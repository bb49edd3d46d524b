// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import static dev.millrace.connector.kafka.Engine.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.camunda.deadletter.Correction;
import dev.millrace.store.DeadLetters;
import dev.millrace.store.StoredDeadLetter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pipelines that remember what they have read of several partitions are stopped and killed again
 * and again; {@code -Dmillrace.application.kills=200} often.
 */
class KafkaStateTest {
  private static final int KILLS = Integer.getInteger("millrace.application.kills", 2);
  private static final int STOPS = 6;
  private static final int ROWS_A_LIFE = 200;

  @TempDir private Path folder;

  @Test
  void whatReadersOfThreePartitionsHaveReadIsRepeatedFromOneSnapshotByMoreOrFewer()
      throws Exception {
    String in = TestBroker.topic(StatefulScript.PARTITIONS);
    String windows = TestBroker.topic(1);
    String all = TestBroker.topic(1);
    String database = Engine.database();
    StatefulScript script = new StatefulScript(in);
    for (int life = 0; life <= STOPS; life++) {
      int enough = script.rows() + 50 * life;
      TestBroker.send(script.more(ROWS_A_LIFE));
      try (Engine engine = new Engine(database)) {
        engine.deploy("p.sql", StatefulScript.sql(in, windows, all, 1 + life % 4));
        await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(20))
            .until(
                () -> {
                  assertThat(engine.millrace().pipelines().find("p").orElseThrow().failure())
                      .isEmpty();
                  return TestBroker.records(all).size() >= enough;
                });
      }
      forgetAllButTheFirstSnapshot(database);
    }
    TestBroker.send(script.last());
    try (Engine engine = new Engine(database)) {
      until(() -> TestBroker.records(all).size(), script.rows());
      until(() -> TestBroker.records(windows).size(), script.windows());
      assertThat(engine.millrace().pipelines().find("p").orElseThrow().failure()).isEmpty();
    }
    script.checkAll(TestBroker.records(all));
    script.checkWindows(TestBroker.values(windows));
    assertThat(forgetAllButTheFirstSnapshot(database)).isEqualTo(1);
    assertThat(count(database, "MR_TRACE")).isGreaterThan(STOPS);
  }

  /**
   * A node that stops in order stores one, which leaves nothing to be repeated.
   *
   * @return how many were forgotten
   */
  private static int forgetAllButTheFirstSnapshot(String database) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database, "sa", "");
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(
          "DELETE FROM MR_SNAPSHOT WHERE COMMIT_NO > (SELECT MIN(COMMIT_NO) FROM MR_SNAPSHOT)");
    }
  }

  /** Though no row comes any more that could tell of it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aSilentPartitionIsNotWaitedForWhoeverReadsIt(int readers) throws Exception {
    String in = TestBroker.topic(StatefulScript.PARTITIONS);
    String windows = TestBroker.topic(1);
    String all = TestBroker.topic(1);
    StatefulScript script = new StatefulScript(in);
    TestBroker.send(script.more(1));
    try (Engine engine = new Engine(Engine.database())) {
      engine.deploy(
          "p.sql",
          "SET 'table.exec.source.idle-timeout' = '1 s';"
              + StatefulScript.sql(in, windows, all, readers));
      until(() -> TestBroker.records(all).size(), StatefulScript.PARTITIONS);
      TestBroker.send(script.last().subList(0, 1));
      until(() -> TestBroker.records(all).size(), StatefulScript.PARTITIONS + 1);
      until(() -> TestBroker.records(windows).size(), script.windows());
    }
    script.checkWindows(TestBroker.values(windows));
  }

  /** The partition of a record that was corrected comes as far as the record says, no other one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aReplayedLetterIsOfItsPartitionAlsoWhenItIsRepeated(int readers) throws Exception {
    String in = TestBroker.topic(2);
    String windows = TestBroker.topic(1);
    String database = Engine.database();
    TestBroker.send(List.of(record(in, 0, 1, 1), record(in, 1, 2, 1), bad(in, 0)));
    try (Engine engine = new Engine(database)) {
      engine.deploy("p.sql", StatefulScript.sql(in, windows, TestBroker.topic(1), readers));
      DeadLetters letters = engine.millrace().store().deadLetters();
      until(() -> letters.countOfPipeline("p"), 1L);
      StoredDeadLetter letter = letters.ofPipeline("p", 0, 1).get(0);
      assertThat(letter.letter().position()).isEqualTo(in + "/0/1");
      byte[] corrected = record(in, 0, 4, 100).value();
      engine
          .millrace()
          .deadLetters()
          .replay(
              letter.id(),
              new Correction(Optional.empty(), Optional.of(corrected), List.of()),
              null);
      until(() -> letters.find(letter.id()).orElseThrow().state(), StoredDeadLetter.State.REPLAYED);
      assertThat(TestBroker.values(windows)).isEmpty();
    }
    forgetAllButTheFirstSnapshot(database);
    try (Engine engine = new Engine(database)) {
      TestBroker.send(List.of(record(in, 1, 8, 50)));
      until(() -> TestBroker.values(windows), List.of(window("00:00:00", 3)));
      TestBroker.send(List.of(record(in, 0, 0, 200), record(in, 1, 0, 200)));
      until(
          () -> TestBroker.values(windows),
          List.of(window("00:00:00", 3), window("00:00:50", 8), window("00:01:40", 4)));
      assertThat(engine.millrace().pipelines().find("p").orElseThrow().failure()).isEmpty();
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String in, int partition, int v, int at) {
    String json =
        "{\"k\":1,\"v\":%d,\"n\":\"n\",\"ts\":\"2026-01-01 00:%02d:%02d\"}"
            .formatted(v, at / 60, at % 60);
    return new ProducerRecord<>(in, partition, null, TestBroker.utf8(json));
  }

  private static ProducerRecord<byte[], byte[]> bad(String in, int partition) {
    return new ProducerRecord<>(in, partition, null, TestBroker.utf8("oops"));
  }

  private static String window(String at, int sum) {
    return "{\"k\":1,\"w\":\"2026-01-01 %s.000\",\"s\":%d}".formatted(at, sum);
  }

  private static int count(String database, String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database, "sa", "");
        ResultSet rows =
            connection.createStatement().executeQuery("SELECT COUNT(*) FROM " + table)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void anApplicationKilledInTheMiddleRemembersWhatItHadRead() throws Exception {
    StatefulScript script = new StatefulScript("in");
    String sql = StatefulScript.sql("in", "windows", "all", 2);
    try (ForkedBroker broker = new ForkedBroker(folder)) {
      try (Admin admin = broker.admin()) {
        admin
            .createTopics(
                List.of(
                    new NewTopic("in", StatefulScript.PARTITIONS, (short) 1),
                    new NewTopic("windows", 1, (short) 1),
                    new NewTopic("all", 1, (short) 1)))
            .all()
            .get();
      }
      for (int life = 0; life <= KILLS; life++) {
        int before = script.rows();
        TestBroker.send(broker.servers(), script.more(ROWS_A_LIFE));
        if (life == KILLS) {
          TestBroker.send(broker.servers(), script.last());
        }
        int enough = life == KILLS ? script.rows() : before + 50;
        try (ForkedEngine engine = new ForkedEngine(folder, broker.servers(), sql)) {
          await()
              .atMost(Duration.ofSeconds(120))
              .pollInterval(Duration.ofMillis(20))
              .until(
                  () -> {
                    assertThat(engine.isAlive()).isTrue();
                    return TestBroker.records(broker.servers(), "all").size() >= enough;
                  });
          if (life == KILLS) {
            until(() -> TestBroker.records(broker.servers(), "windows").size(), script.windows());
          }
        }
      }
      script.checkAll(TestBroker.records(broker.servers(), "all"));
      script.checkWindows(TestBroker.values(broker.servers(), "windows"));
    }
  }
}
