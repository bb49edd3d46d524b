// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where the ledger's events go to; another sink is another entry. */
enum LedgerSink {
  /** Two sinks of one script: every event a row, and sums the database adds up. */
  JDBC(
      """
      CREATE TABLE ledger_rows (source STRING, n BIGINT, account BIGINT, amount BIGINT) WITH (
        'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'ledger_rows');
      CREATE TABLE ledger_sums (
        source STRING, account BIGINT, events BIGINT, amount BIGINT,
        PRIMARY KEY (source, account) NOT ENFORCED)
      WITH (
        'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'ledger_sums',
        'sink.additive-columns' = 'events, amount');
      INSERT INTO ledger_rows SELECT '${source}', n, account, amount FROM events;
      INSERT INTO ledger_sums SELECT '${source}', account, 1, amount FROM events;
      """) {
    @Override
    void check(Server server, Broker broker, String source) throws SQLException {
      assertThat(
              server.texts(
                  """
                  SELECT ACCOUNT || ' ' || COUNT(DISTINCT N) || ' ' || SUM(AMOUNT) FROM LEDGER_ROWS
                  WHERE SOURCE = '%s' GROUP BY ACCOUNT ORDER BY ACCOUNT"""
                      .formatted(source)))
          .as("rows")
          .isEqualTo(Events.totals());
      assertThat(
              server.texts(
                  """
                  SELECT N || ' after ' || BEFORE FROM (
                    SELECT N, LAG(N) OVER (PARTITION BY ACCOUNT ORDER BY ARRIVAL) AS BEFORE
                    FROM LEDGER_ROWS WHERE SOURCE = '%s') AS S
                  WHERE BEFORE >= N"""
                      .formatted(source)))
          .as("out of order, or twice")
          .isEmpty();
      assertThat(
              server.texts(
                  """
                  SELECT ACCOUNT || ' ' || EVENTS || ' ' || AMOUNT FROM LEDGER_SUMS
                  WHERE SOURCE = '%s' ORDER BY ACCOUNT"""
                      .formatted(source)))
          .as("sums")
          .isEqualTo(Events.totals());
    }
  },
  /** The newest event of each account, and a running total the pipeline remembers. */
  LIVE(
      """
      CREATE TABLE newest (account BIGINT, n BIGINT, PRIMARY KEY (account) NOT ENFORCED) WITH (
        'connector' = 'live-table', 'table-name' = 'newest_${source}');
      CREATE TABLE totals (
        account BIGINT, events BIGINT, amount BIGINT, PRIMARY KEY (account) NOT ENFORCED)
      WITH ('connector' = 'live-table', 'table-name' = 'totals_${source}');
      INSERT INTO newest SELECT account, n FROM events;
      INSERT INTO totals SELECT account, COUNT(*), SUM(amount) FROM events GROUP BY account;
      """) {
    @Override
    void check(Server server, Broker broker, String source) throws SQLException {
      assertThat(server.texts(live("newest_" + source, "account", "n")))
          .as("newest events")
          .isEqualTo(Events.newest());
      assertThat(server.texts(live("totals_" + source, "account", "events", "amount")))
          .as("running totals")
          .isEqualTo(Events.totals());
    }
  },
  /** Every tenth event starts a process. */
  STARTS(
      """
      CREATE TABLE started (id STRING, n BIGINT) WITH (
        'connector' = 'process-start', 'process-definition-key' = 'event',
        'business-key-column' = 'id');
      INSERT INTO started
        SELECT '${source}-' || CAST(n AS STRING), n FROM events WHERE MOD(n, 10) = 5;
      """) {
    @Override
    void check(Server server, Broker broker, String source) throws SQLException {
      String own = " FROM ACT_RU_EXECUTION WHERE BUSINESS_KEY_ LIKE '" + source + "-%'";
      assertThat(server.number("SELECT COUNT(*)" + own))
          .as("started")
          .isEqualTo(Events.count(10, 5));
      assertThat(server.number("SELECT COUNT(DISTINCT BUSINESS_KEY_)" + own))
          .as("keys started")
          .isEqualTo(Events.count(10, 5));
    }
  },
  /** Each of these processes gets a message, which may come before it has started. */
  MESSAGES(
      """
      CREATE TABLE pings (id STRING, n BIGINT) WITH (
        'connector' = 'process-message', 'message-name' = 'ping', 'business-key-column' = 'id',
        'ttl' = '1 d');
      INSERT INTO pings
        SELECT '${source}-' || CAST(n - 2 AS STRING), n FROM events WHERE MOD(n, 10) = 7;
      """) {
    @Override
    void check(Server server, Broker broker, String source) throws SQLException {
      assertThat(
              server.number(
                  "SELECT COUNT(*) FROM ACT_RU_TASK T JOIN ACT_RU_EXECUTION E"
                      + " ON E.ID_ = T.PROC_INST_ID_ WHERE E.BUSINESS_KEY_ LIKE '"
                      + source
                      + "-%'"))
          .as("processes that got their message")
          .isEqualTo(Events.count(10, 7));
      assertThat(server.number("SELECT COUNT(*) FROM MR_INBOX WHERE STATE <> 'DELIVERED'"))
          .as("messages left over")
          .isZero();
    }
  },
  /** Every event a record, its account the key. */
  KAFKA(
      """
      CREATE TABLE booked (n BIGINT, account BIGINT, amount BIGINT) WITH (
        'connector' = 'kafka', 'connection' = 'local', 'topic' = 'booked-${source}',
        'key.format' = 'csv', 'key.fields' = 'account', 'value.format' = 'csv');
      INSERT INTO booked SELECT n, account, amount FROM events;
      """) {
    @Override
    void check(Server server, Broker broker, String source) {
      Map<Long, Long> newest = new HashMap<>();
      Map<Long, Long> counts = new TreeMap<>();
      Map<Long, Long> sums = new HashMap<>();
      Map<Long, Integer> partitions = new HashMap<>();
      for (ConsumerRecord<String, String> each : broker.committed("booked-" + source)) {
        String[] fields = each.value().split(",", -1);
        long n = Long.parseLong(fields[0]);
        long account = Long.parseLong(fields[1]);
        assertThat(newest.getOrDefault(account, 0L)).as("before %s", each.value()).isLessThan(n);
        assertThat(partitions.getOrDefault(account, each.partition())).isEqualTo(each.partition());
        assertThat(each.key()).isEqualTo(fields[1]);
        newest.put(account, n);
        partitions.put(account, each.partition());
        counts.merge(account, 1L, Long::sum);
        sums.merge(account, Long.parseLong(fields[2]), Long::sum);
      }
      List<String> totals =
          counts.keySet().stream()
              .map(account -> account + " " + counts.get(account) + " " + sums.get(account))
              .toList();
      assertThat(totals).as("records").isEqualTo(Events.totals());
    }
  };

  /** Of this database, made by hand as a user's are. */
  static final String[] TABLES = {
    """
    CREATE TABLE LEDGER_ROWS (
      SOURCE VARCHAR(100), N BIGINT, ACCOUNT BIGINT, AMOUNT BIGINT,
      ARRIVAL BIGINT GENERATED ALWAYS AS IDENTITY)""",
    """
    CREATE TABLE LEDGER_SUMS (
      SOURCE VARCHAR(100), ACCOUNT BIGINT, EVENTS BIGINT NOT NULL, AMOUNT BIGINT NOT NULL,
      PRIMARY KEY (SOURCE, ACCOUNT))"""
  };

  private final String statements;

  LedgerSink(String statements) {
    this.statements = statements;
  }

  /** Tables and inserts of one source's events. */
  String statements(LedgerSource source) {
    return statements.replace("${source}", source.name());
  }

  /** Fails unless all good events are here, once and in order. */
  abstract void check(Server server, Broker broker, String source) throws SQLException;

  /** A query: numbers of a live table's rows, the account first. */
  private static String live(String table, String... columns) {
    StringBuilder row = new StringBuilder();
    for (String column : columns) {
      row.append(row.isEmpty() ? "" : " || ' ' || ");
      row.append("(CONTENT::json #>> '{%s,int64}')".formatted(column));
    }
    return "SELECT %s FROM MR_LIVE_ROW WHERE TABLE_NAME = '%s' ORDER BY %s"
        .formatted(row, table, "(CONTENT::json #>> '{account,int64}')::bigint");
  }
}
