// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ledger of events from every source into every sink, the application killed again and again:
 * none lost, none doubled, sums exact, the order of each account kept.
 *
 * <p>Broker, database, host and sender live; they are in this JVM. The deaths are spread over the
 * work: each comes at a random moment of its share of it, or while the application starts.
 */
class LedgerTest {
  private static final int KILLS = Scale.of(20, 200);

  /** What is in one script is in one commit; messages may come before their process starts. */
  private static final Map<String, List<LedgerSink>> SCRIPTS =
      Map.of(
          "books",
          List.of(LedgerSink.JDBC, LedgerSink.LIVE, LedgerSink.STARTS, LedgerSink.KAFKA),
          "pings",
          List.of(LedgerSink.MESSAGES));

  private static final int PIPELINES = LedgerSource.values().length * SCRIPTS.size();
  private static final long ROWS = (long) PIPELINES * (Events.COUNT - Events.BAD);
  private static final int PARTITIONS = 3;
  private static final int LEASE_S = 5;

  /** One life of so many ends before it has got going. */
  private static final int SHORT_LIVES = 4;

  private static final int SHORT_LIFE_MS = 1_500;
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  @TempDir Path files;

  @Test
  void everyEventIsBookedOnceHoweverOftenTheApplicationIsKilled() throws Exception {
    long start = System.nanoTime();
    Files.writeString(files.resolve("events.csv"), Events.lines(1, Events.COUNT));
    try (Server server = Server.start();
        Broker broker = Broker.start();
        EventHost host = EventHost.start();
        Sender sender = Sender.start()) {
      broker.fill("events", PARTITIONS, keyedEvents());
      for (LedgerSource source : LedgerSource.values()) {
        broker.fill("booked-" + source, PARTITIONS, List.of());
      }
      server.execute(LedgerSink.TABLES);
      Outside outside = new Outside(broker.servers(), host.url());
      deploy(server, outside);
      for (int kill = 0; kill < KILLS; kill++) {
        try (ForkedNode node = ForkedNode.start(server, "ledger", LEASE_S, files, outside)) {
          sender.sendTo(node.hook());
          awaitDeath(server, kill);
          node.kill();
          sender.sendTo(null);
        }
      }
      long unfinished = unfinished(server);
      try (ForkedNode node = ForkedNode.start(server, "ledger", LEASE_S, files, outside)) {
        sender.sendTo(node.hook());
        sender.awaitEnd(PATIENCE);
        await("all is booked", () -> unfinished(server) == 0 && waiting(server) == 0);
      }
      check(server, broker);
      Scale.print(
          "ledger",
          "%d events from %d sources into %d sinks each, killed %d times (%d of %d pipelines were"
              + " still at work at the last), %s: 0 lost, 0 doubled, sums exact, order kept, each"
              + " bad record once in dead letters; %d s",
          Events.COUNT,
          LedgerSource.values().length,
          LedgerSink.values().length,
          KILLS,
          unfinished,
          PIPELINES,
          sender.figures(),
          (System.nanoTime() - start) / 1_000_000_000);
    }
  }

  private static List<String> keyedEvents() {
    List<String> keysAndValues = new ArrayList<>();
    for (long n = 1; n <= Events.COUNT; n++) {
      keysAndValues.add(Long.toString(Events.account(n)));
      keysAndValues.add(Events.line(n));
    }
    return keysAndValues;
  }

  private void deploy(Server server, Outside outside) throws Exception {
    try (Plug plug = new Plug(server.dataSource());
        Node node =
            Node.start(
                plug.dataSource(),
                plugin -> {
                  plugin.setFileRootPaths(Map.of("ledger", files));
                  plugin.setEndpoints(outside.endpoints());
                })) {
      DeploymentBuilder deployment =
          node.engine
              .getRepositoryService()
              .createDeployment()
              .addString(
                  "event.bpmn",
                  Model.process(
                      "event",
                      Model.start("s")
                          + Model.receive("R", "ping")
                          + Model.user("W")
                          + Model.end("e")
                          + Model.line("s", "R", "W", "e")));
      for (LedgerSource source : LedgerSource.values()) {
        SCRIPTS.forEach(
            (name, sinks) ->
                deployment.addString(source + "-" + name + ".sql", script(source, name, sinks)));
      }
      deployment.deploy();
    }
  }

  private static String script(LedgerSource source, String name, List<LedgerSink> sinks) {
    StringBuilder script = new StringBuilder();
    script.append(
        """
        SET 'pipeline.name' = '%s-%s';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.commit.rows' = '20';
        SET 'millrace.snapshot.rows' = '1000';
        SET 'millrace.on-data-error' = 'dead-letter';
        %s
        """
            .formatted(source, name, source.table()));
    sinks.forEach(sink -> script.append(sink.statements(source)));
    return script.toString();
  }

  /** Returns when the application has done so much that it may die, or long before. */
  private static void awaitDeath(Server server, int kill) throws Exception {
    SplittableRandom random = new SplittableRandom();
    if (random.nextInt(SHORT_LIVES) == 0) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(SHORT_LIFE_MS));
      return;
    }
    long enough = (long) ((kill + random.nextDouble()) * ROWS / (KILLS + 1));
    await("a death is due", () -> server.number("SELECT SUM(ROWS_IN) FROM MR_PIPELINE") >= enough);
  }

  /** Pipelines that have not read all there is. */
  private static long unfinished(Server server) throws SQLException {
    return server.number(
        """
        SELECT COUNT(*) FROM MR_PIPELINE WHERE STATE = 'RUNNING' AND NOT EXISTS (
          SELECT 1 FROM MR_POSITION JOIN MR_HOOK
            ON POSITION_TEXT LIKE 'hook:' || MR_HOOK.NAME || ':' || MR_HOOK.NEWEST || ':%'
          WHERE MR_POSITION.PIPELINE = MR_PIPELINE.NAME)""");
  }

  /** Messages not delivered and records not sent. */
  private static long waiting(Server server) throws SQLException {
    return server.number(
        """
        SELECT (SELECT COUNT(*) FROM MR_INBOX WHERE STATE = 'BUFFERED')
          + (SELECT COUNT(*) FROM MR_OUTBOX)""");
  }

  /** What is asked again and again. */
  @FunctionalInterface
  private interface Question {
    boolean answer() throws SQLException;
  }

  private static void await(String what, Question question) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!question.answer()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("not within " + PATIENCE + ": " + what);
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static void check(Server server, Broker broker) throws SQLException {
    assertThat(
            server.texts(
                "SELECT NAME || ': ' || ERROR_TEXT FROM MR_PIPELINE"
                    + " WHERE STATE NOT IN ('STOPPED', 'RUNNING')"))
        .isEmpty();
    for (LedgerSource source : LedgerSource.values()) {
      for (LedgerSink sink : LedgerSink.values()) {
        sink.check(server, broker, source.name());
      }
      for (String name : SCRIPTS.keySet()) {
        assertThat(
                server.number(
                    "SELECT COUNT(*) FROM MR_DEAD_LETTER WHERE PIPELINE = '%s-%s'"
                        .formatted(source, name)))
            .as("dead letters of %s-%s", source, name)
            .isEqualTo(Events.BAD);
      }
    }
  }
}
