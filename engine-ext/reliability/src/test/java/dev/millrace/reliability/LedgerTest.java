// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
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
 */
class LedgerTest {
  private static final int EVENTS = Scale.of(10_000, 100_000);
  private static final int KILLS = Scale.of(20, 200);
  private static final int LONGEST_LIFE_MS = 1_500;
  private static final int LAST_LIFE_S = 600;
  private static final int ACCOUNTS = 97;
  private static final String NODE = "ledger";
  private static final int BAD_EVERY = 1000;

  @TempDir Path files;

  /** Where events come from; another source is another line. */
  private enum Source {
    FILE("'connector' = 'filesystem', 'path' = 'ledger/events.csv', 'format' = 'csv'"),
    KAFKA(
        "'connector' = 'kafka', 'connection' = 'local', 'topic' = 'events',"
            + " 'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset',"
            + " 'format' = 'csv'");

    private final String options;

    Source(String options) {
      this.options = options;
    }
  }

  /** Where events go to; another sink is another entry. */
  private enum Sink {
    /** Every event a row. */
    ROWS(
        """
        CREATE TABLE ledger_rows (source STRING, n BIGINT, account BIGINT, amount BIGINT) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'ledger_rows');
        """,
        "INSERT INTO ledger_rows SELECT '%s', n, account, amount FROM events;") {
      @Override
      void check(Server server, String source, long events) throws SQLException {
        String own = " FROM LEDGER_ROWS WHERE SOURCE = '" + source + "'";
        assertThat(server.number("SELECT COUNT(*)" + own)).as("rows").isEqualTo(events);
        assertThat(server.number("SELECT COUNT(DISTINCT N)" + own)).isEqualTo(events);
        assertThat(
                server.number(
                    """
                    SELECT COUNT(*) FROM (
                      SELECT N, LAG(N) OVER (PARTITION BY ACCOUNT ORDER BY ARRIVAL) AS BEFORE %s) AS S
                    WHERE BEFORE > N"""
                        .formatted(own)))
            .as("out of order")
            .isZero();
      }
    },
    /** Sums of each account, added up in the database. */
    SUMS(
        """
        CREATE TABLE ledger_sums (
          source STRING, account BIGINT, amount BIGINT, PRIMARY KEY (source, account) NOT ENFORCED)
        WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'ledger_sums',
          'sink.additive-columns' = 'amount');
        """,
        "INSERT INTO ledger_sums SELECT '%s', account, amount FROM events;") {
      @Override
      void check(Server server, String source, long events) throws SQLException {
        for (long account = 0; account < ACCOUNTS; account++) {
          long sum = 0;
          for (long n = 1; n <= EVENTS; n++) {
            sum += n % ACCOUNTS == account && !isBad(n) ? amount(n) : 0;
          }
          assertThat(
                  server.number(
                      "SELECT AMOUNT FROM LEDGER_SUMS WHERE SOURCE = '%s' AND ACCOUNT = %d"
                          .formatted(source, account)))
              .as("account %d", account)
              .isEqualTo(sum);
        }
      }
    },
    /** Two sinks of one script. */
    PAIR(
        """
        CREATE TABLE left_rows (source STRING, n BIGINT) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'ledger_left');
        CREATE TABLE right_rows (source STRING, n BIGINT) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'ledger_right');
        """,
        """
        INSERT INTO left_rows SELECT '%1$s', n FROM events WHERE MOD(n, 3) = 0;
        INSERT INTO right_rows SELECT '%1$s', n FROM events WHERE MOD(n, 2) = 0;
        """) {
      @Override
      void check(Server server, String source, long events) throws SQLException {
        for (String table : new String[] {"LEDGER_LEFT", "LEDGER_RIGHT"}) {
          int every = table.equals("LEDGER_LEFT") ? 3 : 2;
          long expected = 0;
          for (long n = every; n <= EVENTS; n += every) {
            expected += isBad(n) ? 0 : 1;
          }
          String own = " FROM " + table + " WHERE SOURCE = '" + source + "'";
          assertThat(server.number("SELECT COUNT(*)" + own)).as(table).isEqualTo(expected);
          assertThat(server.number("SELECT COUNT(DISTINCT N)" + own)).isEqualTo(expected);
        }
      }
    },
    /** Every tenth event starts a process. */
    STARTS(
        """
        CREATE TABLE started (id STRING, n BIGINT) WITH (
          'connector' = 'process-start', 'process-definition-key' = 'event',
          'business-key-column' = 'id');
        """,
        "INSERT INTO started SELECT '%s-' || CAST(n AS STRING), n FROM events WHERE MOD(n, 10) = 5;") {
      @Override
      void check(Server server, String source, long events) throws SQLException {
        String own = " FROM ACT_RU_EXECUTION WHERE BUSINESS_KEY_ LIKE '" + source + "-%'";
        assertThat(server.number("SELECT COUNT(*)" + own)).as("started").isEqualTo(EVENTS / 10);
        assertThat(server.number("SELECT COUNT(DISTINCT BUSINESS_KEY_)" + own))
            .isEqualTo(EVENTS / 10);
      }
    },
    /** The newest event of each account. */
    LIVE(
        """
        CREATE TABLE newest (account BIGINT, n BIGINT, PRIMARY KEY (account) NOT ENFORCED) WITH (
          'connector' = 'live-table', 'table-name' = 'newest_%s');
        """,
        "INSERT INTO newest SELECT account, n FROM events;") {
      @Override
      void check(Server server, String source, long events) throws SQLException {
        String own = " FROM MR_LIVE_ROW WHERE TABLE_NAME = 'newest_" + source + "'";
        assertThat(server.number("SELECT COUNT(*)" + own)).as("live rows").isEqualTo(ACCOUNTS);
        for (long account = 0; account < ACCOUNTS; account++) {
          long newest = EVENTS;
          while (newest % ACCOUNTS != account || isBad(newest)) {
            newest--;
          }
          assertThat(
                  server.number(
                      "SELECT COUNT(*)%s AND CONTENT ~ '(^|[^0-9])%d([^0-9]|$)'"
                          .formatted(own, newest)))
              .as("newest event %d of account %d", newest, account)
              .isEqualTo(1);
        }
      }
    },
    /** Each of these processes gets a message, which may come before it has started. */
    MESSAGES(
        """
        CREATE TABLE pings (id STRING, n BIGINT) WITH (
          'connector' = 'process-message', 'message-name' = 'ping', 'business-key-column' = 'id',
          'ttl' = '1 d');
        """,
        "INSERT INTO pings SELECT '%s-' || CAST(n - 2 AS STRING), n FROM events"
            + " WHERE MOD(n, 10) = 7;") {
      @Override
      void check(Server server, String source, long events) throws SQLException {
        assertThat(
                server.number(
                    "SELECT COUNT(*) FROM ACT_RU_TASK T JOIN ACT_RU_EXECUTION E"
                        + " ON E.ID_ = T.PROC_INST_ID_ WHERE E.BUSINESS_KEY_ LIKE '"
                        + source
                        + "-%'"))
            .as("processes that got their message")
            .isEqualTo(EVENTS / 10);
        assertThat(server.number("SELECT COUNT(*) FROM MR_INBOX WHERE STATE <> 'DELIVERED'"))
            .as("messages left over")
            .isZero();
      }
    };

    private final String table;
    private final String insert;

    Sink(String table, String insert) {
      this.table = table;
      this.insert = insert;
    }

    abstract void check(Server server, String source, long events) throws SQLException;
  }

  private static final String[] TABLES = {
    """
    CREATE TABLE LEDGER_ROWS (
      SOURCE VARCHAR(100), N BIGINT, ACCOUNT BIGINT, AMOUNT BIGINT,
      ARRIVAL BIGINT GENERATED ALWAYS AS IDENTITY)""",
    """
    CREATE TABLE LEDGER_SUMS (
      SOURCE VARCHAR(100), ACCOUNT BIGINT, AMOUNT BIGINT NOT NULL, PRIMARY KEY (SOURCE, ACCOUNT))""",
    "CREATE TABLE LEDGER_LEFT (SOURCE VARCHAR(100), N BIGINT)",
    "CREATE TABLE LEDGER_RIGHT (SOURCE VARCHAR(100), N BIGINT)"
  };

  private static boolean isBad(long n) {
    return n % BAD_EVERY == 1;
  }

  private static long amount(long n) {
    return n * 31 % 1009 - 300;
  }

  @Test
  void everyEventIsBookedOnceHoweverOftenTheApplicationIsKilled() throws Exception {
    long start = System.nanoTime();
    writeEvents();
    SplittableRandom random = new SplittableRandom();
    try (Server server = Server.start();
        Broker broker = Broker.start()) {
      broker.fill("events", 3, records());
      server.execute(TABLES);
      deploy(server, broker.servers());
      for (int kill = 0; kill < KILLS; kill++) {
        try (ForkedNode node = ForkedNode.start(server, NODE, 5, files, broker.servers())) {
          TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_LIFE_MS));
          node.kill();
        }
      }
      long unfinished = running(server);
      try (ForkedNode node = ForkedNode.start(server, NODE, 5, files, broker.servers())) {
        awaitEnd(server);
      }
      check(server);
      Scale.print(
          "ledger",
          "%d events, %d sources, %d sinks, killed %d times (%d of %d pipelines were still at work"
              + " then): 0 lost, 0 doubled, sums exact, order kept, each bad record once in dead"
              + " letters; %d s",
          EVENTS,
          Source.values().length,
          Sink.values().length,
          KILLS,
          unfinished,
          Source.values().length * Sink.values().length,
          (System.nanoTime() - start) / 1_000_000_000);
    }
  }

  private void writeEvents() throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(files.resolve("events.csv"))) {
      for (long n = 1; n <= EVENTS; n++) {
        out.write(record(n) + "\n");
      }
    }
  }

  private static String record(long n) {
    return n + "," + n % ACCOUNTS + "," + amount(n) + (isBad(n) ? ",poison" : "");
  }

  private static List<String> records() {
    List<String> keysAndValues = new ArrayList<>();
    for (long n = 1; n <= EVENTS; n++) {
      keysAndValues.add(Long.toString(n % ACCOUNTS));
      keysAndValues.add(record(n));
    }
    return keysAndValues;
  }

  private void deploy(Server server, String kafkaServers) throws Exception {
    try (Plug plug = new Plug(server.dataSource());
        Node node =
            Node.start(
                plug.dataSource(),
                plugin -> {
                  plugin.setFileRootPaths(Map.of("ledger", files));
                  plugin.setEndpoints(Broker.endpoints(kafkaServers));
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
      for (Source source : Source.values()) {
        for (Sink sink : Sink.values()) {
          deployment.addString(source + "-" + sink + ".sql", script(source, sink));
        }
      }
      deployment.deploy();
    }
  }

  private static String script(Source source, Sink sink) {
    return """
        SET 'pipeline.name' = '%1$s-%2$s';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.commit.rows' = '20';
        SET 'millrace.on-data-error' = 'dead-letter';
        CREATE TABLE events (n BIGINT, account BIGINT, amount BIGINT) WITH (%3$s);
        %4$s
        %5$s
        """
        .formatted(
            source,
            sink,
            source.options,
            sink.table.formatted(source),
            sink.insert.formatted(source));
  }

  private static long running(Server server) throws SQLException {
    return server.number("SELECT COUNT(*) FROM MR_PIPELINE WHERE STATE = 'RUNNING'");
  }

  private static void awaitEnd(Server server) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_LIFE_S);
    while (running(server) > 0
        || server.number("SELECT COUNT(*) FROM MR_INBOX WHERE STATE = 'BUFFERED'") > 0) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("pipelines still run after " + LAST_LIFE_S + " s");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static void check(Server server) throws SQLException {
    assertThat(
            server.texts(
                "SELECT NAME || ': ' || ERROR_TEXT FROM MR_PIPELINE WHERE STATE <> 'STOPPED'"))
        .isEmpty();
    long bad = EVENTS / BAD_EVERY;
    for (Source source : Source.values()) {
      for (Sink sink : Sink.values()) {
        sink.check(server, source.name(), EVENTS - bad);
        assertThat(
                server.number(
                    "SELECT COUNT(*) FROM MR_DEAD_LETTER WHERE PIPELINE = '%s-%s'"
                        .formatted(source, sink)))
            .as("dead letters of %s-%s", source, sink)
            .isEqualTo(bad);
      }
    }
  }
}
