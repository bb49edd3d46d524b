// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.error.MillraceException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pipelines over sources whose parts mix by chance crash again and again, and nobody can tell. */
class PipelinePartsTest {
  private static final int PARTS = 3;
  private static final int ROWS_A_PART = 500;
  private static final int READ = 700;
  private static final LocalDateTime START = LocalDateTime.parse("2026-01-01T00:00");

  /** What is computed, into a table. */
  enum Query {
    SUMS("k BIGINT, n BIGINT", "SELECT k, SUM(v) FROM a GROUP BY k"),
    TEXTS("k BIGINT, t STRING", "SELECT k, LISTAGG(name) FROM a GROUP BY k"),
    JOIN(
        "k BIGINT, n BIGINT, m STRING",
        "SELECT x.k, x.n, b.name FROM (SELECT k, COUNT(*) AS n FROM a GROUP BY k) x"
            + " LEFT JOIN b ON x.n = b.v"),
    TUMBLE(
        "k BIGINT, w TIMESTAMP(3), n BIGINT",
        "SELECT k, window_start, SUM(v) FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '10'"
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
      CREATE TABLE %s (k BIGINT, name STRING, v INT, ts TIMESTAMP(3),
        WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'given');
      """;

  private static String script(Query query) {
    return "SET 'pipeline.name' = 'p'; SET 'millrace.start' = 'on-deployment';\n"
        + "SET 'millrace.commit.rows' = '60';\n"
        + "SET 'millrace.snapshot.rows' = '400';\n"
        + SOURCE.formatted("a")
        + SOURCE.formatted("b")
        + "CREATE TABLE o ("
        + query.columns
        + ") WITH ('connector' = 'given');\n"
        + "INSERT INTO o "
        + query.sql
        + ";";
  }

  /** No part has a row that is late within it. */
  private static PartedRows rows(long seed, boolean faltering) {
    Random random = new Random(seed);
    List<List<Object[]>> parts = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      List<Object[]> rows = new ArrayList<>();
      for (int i = 0; i < ROWS_A_PART; i++) {
        rows.add(
            Rows.insert(
                (long) random.nextInt(5),
                "n" + part + "-" + i,
                random.nextInt(60),
                START.plusNanos((i * 120L - random.nextInt(900)) * 1_000_000L)));
      }
      parts.add(rows);
    }
    return new PartedRows(parts, seed, faltering);
  }

  private static LocalStreamEngine engine(Ledger ledger, PartedRows a, PartedRows b) {
    return LocalStreamEngine.of(
        List.of(new GivenTables(Map.of("a", a, "b", b), ledger)),
        List.of(),
        Services.none(),
        Clock.systemUTC());
  }

  private static RunRequest request(Ledger ledger, Steering steering) {
    return RunRequest.standalone()
        .withCommitter(ledger)
        .withPositions(ledger.positions())
        .withHost(new PipelineHost(ledger, steering, ReplayRequests.none(), progress -> {}));
  }

  private static Ledger undisturbed(Query query, PartedRows a, PartedRows b) throws Exception {
    Ledger ledger = new Ledger();
    LocalStreamEngine engine = engine(ledger, a, b);
    engine.run(engine.validate("s.sql", script(query)), request(ledger, Steering.none()));
    return ledger;
  }

  /** Each run is read by another number of threads. */
  private static Ledger crashing(Query query, PartedRows a, PartedRows b, Random random)
      throws Exception {
    Ledger ledger = new Ledger();
    LocalStreamEngine engine = engine(ledger, a, b);
    Plan plan = engine.validate("s.sql", script(query));
    while (true) {
      ledger.crashAt(ledger.commits() + 1 + random.nextInt(6), random.nextBoolean());
      try {
        int readers = 1 + random.nextInt(PARTS + 1);
        engine.run(plan, request(ledger, Steering.none()).withLanes(readers));
        return ledger;
      } catch (MillraceException e) {
        assertThat(e).hasRootCauseInstanceOf(Ledger.Crash.class);
      }
      if (ledger.snapshots() > 1 && random.nextInt(3) == 0) {
        ledger.damageNewestSnapshot();
      }
    }
  }

  private static List<String> sorted(List<String> lines) {
    List<String> sorted = new ArrayList<>(lines);
    Collections.sort(sorted);
    return sorted;
  }

  @ParameterizedTest
  @EnumSource(Query.class)
  void crashesAtRandomCommitsChangeNothing(Query query) throws Exception {
    for (int seed = 0; seed < 3; seed++) {
      Ledger crashed = crashing(query, rows(seed, false), rows(seed + 10, false), new Random(seed));
      assertThat(crashed.replayed()).isPositive();
      assertThat(crashed.commits()).isGreaterThan(2L * crashed.snapshots());
      // a row that is taken back was given just so: what was repeated came out as it was
      assertThat(crashed.folded().values()).isNotEmpty().allMatch(times -> times > 0);
      Ledger undisturbed = undisturbed(query, rows(seed, false), rows(seed + 10, false));
      if (query == Query.TUMBLE) {
        assertThat(sorted(crashed.lines())).isEqualTo(sorted(undisturbed.lines()));
      } else if (query != Query.TEXTS) {
        assertThat(crashed.folded()).isEqualTo(undisturbed.folded());
      }
    }
  }

  @Test
  void whatIsRepeatedIsTheVeryStateThereWasAndSoIsItsEventTime() throws Exception {
    // a join numbers its rows anew where it has read them from a snapshot
    for (Query query : EnumSet.complementOf(EnumSet.of(Query.JOIN))) {
      PartedRows a = rows(1, true);
      a.limit(READ);
      Ledger ledger = new Ledger();
      LocalStreamEngine engine = engine(ledger, a, rows(2, true));
      Plan plan = engine.validate("s.sql", script(query).replace("'400'", "'1000000'"));
      assertThatThrownBy(() -> engine.run(plan, request(ledger, onceAllIsRead(ledger))))
          .isInstanceOf(InterruptedException.class);
      assertThat(ledger.snapshots()).isEqualTo(2);
      byte[] before = ledger.newestSnapshot();
      ledger.damageNewestSnapshot();
      assertThatThrownBy(() -> engine.run(plan, request(ledger, onceAllIsRead(ledger))))
          .isInstanceOf(InterruptedException.class);
      assertThat(ledger.replayed()).isEqualTo(1);
      assertThat(ledger.snapshots()).isEqualTo(3);
      assertThat(Arrays.equals(ledger.newestSnapshot(), before)).as(query.name()).isTrue();
    }
  }

  /** Pauses the pipeline, which writes its state down. */
  private static Steering onceAllIsRead(Ledger ledger) {
    AtomicBoolean paused = new AtomicBoolean();
    return new Steering() {
      @Override
      public Wish wish() {
        boolean all = sum(ledger.positions().get("a")) == READ;
        return all && !paused.get() ? Wish.PAUSE : Wish.GO_ON;
      }

      @Override
      public void fulfilled(Wish wish) {
        paused.set(true);
      }
    };
  }

  private static int sum(String position) {
    return position == null
        ? 0
        : PartedRows.places(position).values().stream().mapToInt(Integer::intValue).sum();
  }

  @Test
  void progressNamesThePartThatHoldsAWindowBack() throws Exception {
    List<List<Object[]>> parts = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      int apart = part == 1 ? 1 : 1_000;
      List<Object[]> rows = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        rows.add(Rows.insert(1L, "n", 1, START.plusNanos(i * apart * 1_000_000L)));
      }
      parts.add(rows);
    }
    PartedRows a = new PartedRows(parts, 1, false);
    int all = PARTS * 50 - 1;
    a.limit(all);
    Ledger ledger = new Ledger();
    LocalStreamEngine engine = engine(ledger, a, rows(2, false));
    AtomicReference<PipelineProgress> last = new AtomicReference<>();
    RunRequest request =
        request(ledger, Steering.none())
            .withHost(new PipelineHost(ledger, Steering.none(), ReplayRequests.none(), last::set))
            .withStop(() -> last.get() != null && last.get().sources().get(0).rowsIn() == all);
    assertThatThrownBy(() -> engine.run(engine.validate("s.sql", script(Query.TUMBLE)), request))
        .isInstanceOf(InterruptedException.class);
    PipelineProgress.Window held = last.get().windows().get(0);
    assertThat(held.heldBackBy()).contains("a");
    assertThat(held.heldBackByPart()).contains("part-1");
  }

  @Test
  void aPartThatHasLostRowsIsANamedError() throws Exception {
    PartedRows a = rows(1, false);
    Ledger ledger = new Ledger();
    LocalStreamEngine engine = engine(ledger, a, a);
    Plan plan = engine.validate("s.sql", script(Query.SUMS));
    ledger.crashAt(4, false);
    assertThatThrownBy(() -> engine.run(plan, request(ledger, Steering.none())))
        .hasRootCauseInstanceOf(Ledger.Crash.class);
    ledger.forgetPositionOf("a", "0:0,1:0,2:0");
    assertThatThrownBy(() -> engine.run(plan, request(ledger, Steering.none())))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("source 'a' has")
        .hasMessageContaining("rows fewer");
  }

  @Test
  void aPartThatHasMoreRowsThanWereReadIsANamedError() throws Exception {
    PartedRows a = rows(1, false);
    Ledger ledger = new Ledger();
    LocalStreamEngine engine = engine(ledger, a, a);
    Plan plan = engine.validate("s.sql", script(Query.SUMS));
    ledger.crashAt(4, false);
    assertThatThrownBy(() -> engine.run(plan, request(ledger, Steering.none())))
        .hasRootCauseInstanceOf(Ledger.Crash.class);
    Map<Integer, Integer> places = PartedRows.places(ledger.positions().get("a"));
    int more = places.get(1) + 1;
    ledger.forgetPositionOf("a", "0:%d,1:%d,2:%d".formatted(places.get(0), more, places.get(2)));
    assertThatThrownBy(() -> engine.run(plan, request(ledger, Steering.none())))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("part 'part-1' of source 'a' has more rows");
  }

  /** Event time is that of the slowest part, whoever reads it: no row is late. */
  @Test
  void lanesAndReadersGiveWhatOneGives() throws Exception {
    for (Query query : List.of(Query.SUMS, Query.TUMBLE)) {
      Collected one = bounded(query, 1);
      Collected many = bounded(query, 3);
      assertThat(many.folded()).isNotEmpty().isEqualTo(one.folded());
    }
  }

  private static Collected bounded(Query query, int lanes) throws Exception {
    Collected sink = Collected.all();
    LocalStreamEngine engine =
        LocalStreamEngine.of(
            List.of(new GivenTables(Map.of("a", rows(5, false), "b", rows(6, false)), sink)),
            List.of(),
            Services.none(),
            Clock.systemUTC());
    engine.run(engine.validate("s.sql", script(query)), RunRequest.standalone().withLanes(lanes));
    return sink;
  }
}
