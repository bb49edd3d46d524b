// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.error.MillraceException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pipelines that crash again and again write what one that never crashed writes. */
class PipelineStateTest {
  private static final int ROWS = 1500;
  private static final LocalDateTime START = LocalDateTime.parse("2026-01-01T00:00");

  /** What is computed, into a table. */
  enum Query {
    SUMS(
        "k BIGINT, n BIGINT, s DECIMAL(38, 2)", "SELECT k, COUNT(*), SUM(price) FROM a GROUP BY k"),
    DISTINCT(
        "k BIGINT, n BIGINT, s BIGINT",
        "SELECT k, COUNT(DISTINCT name), SUM(DISTINCT v) FROM a GROUP BY k"),
    TEXTS(
        "k BIGINT, t STRING, f STRING",
        "SELECT k, LISTAGG(name), LAST_VALUE(name) FROM a GROUP BY k"),
    AGAIN(
        "n BIGINT, m BIGINT",
        "SELECT n, MAX(k) FROM (SELECT k, COUNT(*) AS n FROM a GROUP BY k) GROUP BY n"),
    TUMBLE(
        "k BIGINT, w TIMESTAMP(3), n BIGINT",
        "SELECT k, window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '10'"
            + " SECOND)) GROUP BY k, window_start, window_end"),
    HOP(
        "w TIMESTAMP(3), n BIGINT, t STRING",
        "SELECT window_start, SUM(v), LISTAGG(name) FROM TABLE(HOP(TABLE a, DESCRIPTOR(ts),"
            + " INTERVAL '5' SECOND, INTERVAL '15' SECOND)) GROUP BY window_start, window_end"),
    CUMULATE(
        "w TIMESTAMP(3), n BIGINT",
        "SELECT window_end, COUNT(DISTINCT v) FROM TABLE(CUMULATE(TABLE a, DESCRIPTOR(ts), INTERVAL"
            + " '5' SECOND, INTERVAL '30' SECOND)) GROUP BY window_start, window_end"),
    JOIN(
        "k BIGINT, n STRING, m STRING",
        "SELECT a.k, a.name, b.name FROM a JOIN b ON a.k = b.k AND a.v = b.v"),
    OUTER_JOIN(
        "k BIGINT, n BIGINT, m STRING",
        "SELECT x.k, x.n, b.name FROM (SELECT k, COUNT(*) AS n FROM a GROUP BY k) x"
            + " LEFT JOIN b ON x.n = b.v"),
    GROUPS_OF_MAPS(
        "g STRING, m MAP<STRING, STRING>, n BIGINT",
        "SELECT m['name'], LAST_VALUE(m), COUNT(*) FROM (SELECT MAP['k', CAST(k AS STRING), 'name',"
            + " name] AS m FROM a) GROUP BY m['name']"),
    MAPS_AS_KEYS(
        "m MAP<STRING, BYTES>, n BIGINT",
        "SELECT m, COUNT(*) FROM (SELECT MAP['name', CAST(name AS BYTES)] AS m FROM a) GROUP BY m"),
    JOIN_OF_MAPS(
        "k BIGINT, m MAP<STRING, STRING>, o MAP<STRING, INT>",
        "SELECT x.k, x.m, y.o FROM (SELECT k, v, MAP['name', name, 'k', CAST(k AS STRING)] AS m"
            + " FROM a) x JOIN (SELECT k, v, MAP['v', v] AS o FROM b) y ON x.k = y.k AND x.v ="
            + " y.v"),
    UNION_OF_TWO(
        "k BIGINT, w TIMESTAMP(3), n BIGINT",
        "SELECT k, window_end, COUNT(*) FROM TABLE(TUMBLE(TABLE ab, DESCRIPTOR(ts), INTERVAL '10'"
            + " SECOND)) GROUP BY k, window_start, window_end");

    final String columns;
    final String sql;

    Query(String columns, String sql) {
      this.columns = columns;
      this.sql = sql;
    }
  }

  private static final String SOURCE =
      """
      CREATE TABLE %s (k BIGINT, name STRING, v INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
        WATERMARK FOR ts AS ts - INTERVAL '2' SECOND) WITH ('connector' = 'given');
      """;

  private final AtomicLong now = new AtomicLong();

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return Instant.ofEpochMilli(now.addAndGet(7));
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private static Rows rows(long seed, int perPoll) {
    Random random = new Random(seed);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(
          Rows.insert(
              (long) random.nextInt(7),
              random.nextInt(9) == 0 ? null : "n" + random.nextInt(5),
              random.nextInt(9) == 0 ? null : random.nextInt(6),
              java.math.BigDecimal.valueOf(random.nextInt(10_000), 2),
              START.plusNanos((i * 40L - random.nextInt(5_000)) * 1_000_000L)));
    }
    return Rows.of(rows).perPoll(perPoll);
  }

  private static String script(String columns, String sql, String... settings) {
    return "SET 'pipeline.name' = 'p'; SET 'millrace.start' = 'on-deployment';\n"
        + "SET 'millrace.commit.rows' = '60';\n"
        + String.join("\n", settings)
        + SOURCE.formatted("a")
        + SOURCE.formatted("b")
        + "CREATE VIEW ab AS SELECT * FROM a UNION ALL SELECT * FROM b;\n"
        + "CREATE TABLE o ("
        + columns
        + ") WITH ('connector' = 'given');\n"
        + "INSERT INTO o "
        + sql
        + ";";
  }

  private LocalStreamEngine engine(Ledger ledger, Rows a, Rows b) {
    return LocalStreamEngine.of(
        List.of(new GivenTables(Map.of("a", a, "b", b), ledger)),
        List.of(),
        Services.none(),
        clock);
  }

  private static RunRequest request(Ledger ledger, Steering steering) {
    return RunRequest.standalone()
        .withCommitter(ledger)
        .withPositions(ledger.positions())
        .withDeadLetters(ledger.deadLetters()::add)
        .withHost(new PipelineHost(ledger, steering, ReplayRequests.none(), progress -> {}));
  }

  private Ledger undisturbed(String script, Rows a, Rows b) throws Exception {
    Ledger ledger = new Ledger();
    LocalStreamEngine engine = engine(ledger, a, b);
    engine.run(engine.validate("s.sql", script), request(ledger, Steering.none()));
    return ledger;
  }

  private Ledger crashing(String script, Rows a, Rows b, Random random) throws Exception {
    return crashing(script, a, b, random, true);
  }

  /**
   * Runs to the end, through crashes every few commits.
   *
   * @param damaging now and then the newest snapshot is damaged while the node is away
   */
  private Ledger crashing(String script, Rows a, Rows b, Random random, boolean damaging)
      throws Exception {
    Ledger ledger = new Ledger();
    LocalStreamEngine engine = engine(ledger, a, b);
    Plan plan = engine.validate("s.sql", script);
    while (true) {
      ledger.crashAt(ledger.commits() + 1 + random.nextInt(6), random.nextBoolean());
      try {
        engine.run(plan, request(ledger, Steering.none()));
        return ledger;
      } catch (MillraceException e) {
        assertThat(e).hasRootCauseInstanceOf(Ledger.Crash.class);
      }
      if (damaging && ledger.snapshots() > 1 && random.nextInt(3) == 0) {
        ledger.damageNewestSnapshot();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Query.class)
  void crashesAtRandomCommitsChangeNothing(Query query) throws Exception {
    for (int seed = 0; seed < 3; seed++) {
      Random random = new Random(seed);
      String script = script(query.columns, query.sql, "SET 'millrace.snapshot.rows' = '400';\n");
      Rows a = rows(seed, 1 + random.nextInt(40));
      Rows b = rows(seed + 100, 1 + random.nextInt(40));
      Ledger crashed = crashing(script, a, b, random);
      assertThat(crashed.lines())
          .hasSizeGreaterThan(5)
          .isEqualTo(undisturbed(script, a, b).lines());
      assertThat(crashed.replayed()).isPositive();
    }
  }

  @Test
  void sourcesThatBlockAreReadAgainInTheOrderTheyWereRead() throws Exception {
    for (Query query : List.of(Query.SUMS, Query.OUTER_JOIN, Query.UNION_OF_TWO)) {
      String script = script(query.columns, query.sql);
      Rows a = rows(1, 17).blocking();
      Rows b = rows(2, 5);
      Ledger crashed = crashing(script, a, b.blocking(), new Random(3));
      // which rows are late depends on which source was faster: nothing may be taken back twice
      assertThat(crashed.folded().values())
          .allMatch(times -> times == 1 || query == Query.OUTER_JOIN);
      assertThat(crashed.folded().values()).allMatch(times -> times > 0);
      if (query != Query.UNION_OF_TWO) {
        assertThat(crashed.folded()).isEqualTo(undisturbed(script, a, b).folded());
      }
    }
  }

  @Test
  void theClockIsReadAgainAsItWas() throws Exception {
    String script =
        script(
            "k BIGINT, n BIGINT, t STRING",
            "SELECT k, COUNT(*), MAX(CAST(CURRENT_TIMESTAMP AS STRING)) FROM a GROUP BY k");
    Ledger crashed = crashing(script, rows(1, 9), rows(2, 9), new Random(4));
    assertThat(crashed.folded()).hasSize(7);
    assertThat(crashed.folded().values()).containsOnly(1);
    assertThat(crashed.replayed()).isPositive();
  }

  @Test
  void randomNumbersGoIntoASnapshotWithEachCommit() throws Exception {
    String script =
        script(
            "k BIGINT, s DOUBLE",
            "SELECT k, SUM(r) FROM (SELECT k, RAND() AS r FROM a) GROUP BY k");
    Ledger crashed = crashing(script, rows(1, 9), rows(2, 9), new Random(5), false);
    assertThat(crashed.folded()).hasSize(7);
    assertThat(crashed.folded().values()).containsOnly(1);
    assertThat(crashed.snapshots()).isEqualTo((int) crashed.commits());
    crashed.damageNewestSnapshot();
    LocalStreamEngine engine = engine(crashed, rows(1, 9), rows(2, 9));
    Plan plan = engine.validate("s.sql", script);
    assertThatThrownBy(() -> engine.run(plan, request(crashed, Steering.none())))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("cannot be done again");
  }

  @Test
  void aDamagedSnapshotIsPassedOverForTheOneBefore() throws Exception {
    String script =
        script(Query.SUMS.columns, Query.SUMS.sql, "SET 'millrace.snapshot.rows' = '50';\n");
    Rows a = rows(6, 10);
    Ledger ledger = new Ledger();
    LocalStreamEngine engine = engine(ledger, a, a);
    ledger.crashAt(6, false);
    assertThatThrownBy(
            () -> engine.run(engine.validate("s", script), request(ledger, Steering.none())))
        .hasRootCauseInstanceOf(Ledger.Crash.class);
    ledger.damageNewestSnapshot();
    engine.run(engine.validate("s", script), request(ledger, Steering.none()));
    assertThat(ledger.passedOver()).singleElement().asString().contains("checksum");
    assertThat(ledger.lines()).isEqualTo(undisturbed(script, a, a).lines());
  }

  @Test
  void aPipelineWithoutAGoodSnapshotSaysSo() throws Exception {
    String script = script(Query.SUMS.columns, Query.SUMS.sql);
    Rows a = rows(6, 10);
    Ledger ledger = new Ledger();
    LocalStreamEngine engine = engine(ledger, a, a);
    ledger.crashAt(6, false);
    Plan plan = engine.validate("s", script);
    assertThatThrownBy(() -> engine.run(plan, request(ledger, Steering.none())))
        .hasRootCauseInstanceOf(Ledger.Crash.class);
    ledger.damageNewestSnapshot();
    assertThatThrownBy(() -> engine.run(plan, request(ledger, Steering.none())))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("all 1 stored snapshots are damaged");
  }

  @Test
  void aSourceThatHasLostRowsIsANamedError() throws Exception {
    String script = script(Query.SUMS.columns, Query.SUMS.sql);
    Rows a = rows(6, 10);
    Ledger ledger = new Ledger();
    LocalStreamEngine engine = engine(ledger, a, a);
    ledger.crashAt(6, false);
    assertThatThrownBy(
            () -> engine.run(engine.validate("s", script), request(ledger, Steering.none())))
        .hasRootCauseInstanceOf(Ledger.Crash.class);
    Rows fewer = Rows.of(a.rows().subList(0, 100)).perPoll(10);
    LocalStreamEngine later = engine(ledger, fewer, a);
    assertThatThrownBy(
            () -> later.run(later.validate("s", script), request(ledger, Steering.none())))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("source 'a' has")
        .hasMessageContaining("rows fewer");
  }

  @Test
  void aChangedPlanIsRefusedByWhatItLacks() throws Exception {
    Rows a = rows(6, 10);
    Ledger ledger = new Ledger();
    LocalStreamEngine engine = engine(ledger, a, a);
    ledger.crashAt(6, false);
    Plan plan = engine.validate("s", script(Query.SUMS.columns, Query.SUMS.sql));
    assertThatThrownBy(() -> engine.run(plan, request(ledger, Steering.none())))
        .hasRootCauseInstanceOf(Ledger.Crash.class);
    Plan other =
        engine.validate(
            "s", script(Query.SUMS.columns, Query.SUMS.sql.replace("price", "price * 2")));
    assertThatThrownBy(() -> engine.run(other, request(ledger, Steering.none())))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("does not fit the script")
        .hasMessageContaining("GroupAggregate");
  }

  @Test
  void aStateBeyondItsLimitIsANamedError() {
    String script =
        script(Query.SUMS.columns, Query.SUMS.sql, "SET 'millrace.max-state-bytes' = '100 b';\n");
    assertThatThrownBy(() -> undisturbed(script, rows(6, 10), rows(6, 10)))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("millrace.max-state-bytes");
  }

  @Test
  void drainingFiresAllWindowsAndEnds() throws Exception {
    String script = script(Query.TUMBLE.columns, Query.TUMBLE.sql);
    Rows a = rows(6, 10).unending();
    Ledger ledger = new Ledger();
    LocalStreamEngine engine = engine(ledger, a, a);
    List<Steering.Wish> fulfilled = new ArrayList<>();
    Steering drainAtEnd =
        new Steering() {
          @Override
          public Wish wish() {
            return (ROWS + "").equals(ledger.positions().get("a")) ? Wish.DRAIN : Wish.GO_ON;
          }

          @Override
          public void fulfilled(Wish wish) {
            fulfilled.add(wish);
          }
        };
    engine.run(engine.validate("s", script), request(ledger, drainAtEnd));
    assertThat(fulfilled).containsExactly(Steering.Wish.DRAIN);
    assertThat(ledger.lines()).isEqualTo(undisturbed(script, rows(6, 10), a).lines());
  }

  @Test
  void aCheckpointIsTakenWhenAskedFor() throws Exception {
    String script = script(Query.SUMS.columns, Query.SUMS.sql);
    Rows a = rows(6, 10).unending();
    Ledger ledger = new Ledger();
    LocalStreamEngine engine = engine(ledger, a, a);
    AtomicInteger asked = new AtomicInteger();
    Steering checkpoints =
        new Steering() {
          @Override
          public Wish wish() {
            return ledger.commits() < 3
                ? Wish.GO_ON
                : asked.get() < 2 ? Wish.CHECKPOINT : Wish.PAUSE;
          }

          @Override
          public void fulfilled(Wish wish) {
            asked.incrementAndGet();
          }
        };
    Plan plan = engine.validate("s", script);
    assertThatThrownBy(() -> engine.run(plan, request(ledger, checkpoints)))
        .isInstanceOf(InterruptedException.class);
    assertThat(asked).hasValue(3);
    assertThat(ledger.snapshots()).isEqualTo(1 + 3);
  }

  @Test
  void aSilentSourceDoesNotHoldBackWindowsForEver() throws Exception {
    String script =
        script(
            Query.UNION_OF_TWO.columns,
            Query.UNION_OF_TWO.sql,
            "SET 'table.exec.source.idle-timeout' = '300 ms';\n");
    Rows silent = Rows.of(rows(2, 5).rows().subList(0, 1)).unending();
    Ledger ledger = new Ledger();
    LocalStreamEngine engine = engine(ledger, rows(1, 50).unending(), silent);
    AtomicReference<PipelineProgress> before = new AtomicReference<>();
    AtomicReference<PipelineProgress> last = new AtomicReference<>();
    RunRequest request =
        RunRequest.standalone()
            .withCommitter(ledger)
            .withHost(
                new PipelineHost(
                    ledger,
                    Steering.none(),
                    ReplayRequests.none(),
                    progress -> {
                      if (before.get() == null) {
                        before.set(progress);
                      }
                      last.set(progress);
                    }))
            .withStop(() -> ledger.lines().size() > 20 && last.get().sources().get(1).idle());
    Plan plan = engine.validate("s", script);
    assertThatThrownBy(() -> engine.run(plan, request)).isInstanceOf(InterruptedException.class);
    PipelineProgress.Window held = before.get().windows().get(0);
    assertThat(held.heldBackBy()).contains("b");
    assertThat(held.operator()).startsWith("WindowAggregate");
    assertThat(before.get().state()).isPresent();
    assertThat(last.get().sources().get(1).idle()).isTrue();
  }

  @Test
  void aSilentSourceDoesNotHoldBackLanesEither() throws Exception {
    String script =
        script(
            Query.UNION_OF_TWO.columns,
            Query.UNION_OF_TWO.sql,
            "SET 'table.exec.source.idle-timeout' = '300 ms';\n");
    Rows silent = Rows.of(rows(2, 5).rows().subList(0, 1)).unending();
    Collected sink = Collected.all();
    LocalStreamEngine engine =
        LocalStreamEngine.of(
            List.of(
                new GivenTables(Map.of("a", rows(1, 50).unending().blocking(), "b", silent), sink)),
            List.of(),
            Services.none(),
            clock);
    Plan plan = engine.validate("s.sql", script);
    RunRequest request =
        RunRequest.standalone().withLanes(3).withStop(() -> sink.lines().size() > 20);
    assertThatThrownBy(() -> engine.run(plan, request)).isInstanceOf(InterruptedException.class);
  }
}
