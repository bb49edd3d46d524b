// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.error.MillraceException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Letters that go through pipelines which crash again and again count once. */
class ReplayedLettersTest {
  private static final int ROWS = 900;
  private static final int PARTS = 3;
  private static final int LETTERS = 8;
  private static final LocalDateTime START = LocalDateTime.parse("2026-01-01T00:00");
  private static final LocalDateTime LATER = START.plusDays(1);
  private static final byte[] RECORD = {1};

  /** What is computed, into a table. */
  enum Query {
    SUMS("k BIGINT, n BIGINT, s BIGINT", "SELECT k, COUNT(*), SUM(v) FROM a GROUP BY k"),
    JOIN(
        "k BIGINT, n STRING, m STRING",
        "SELECT a.k, a.name, b.name FROM a JOIN b ON a.k = b.k AND a.v = b.v"),
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
      CREATE TABLE %s (k BIGINT, name STRING, v BIGINT, ts TIMESTAMP(3),
        WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'given');
      """;

  private static String script(String columns, String sql) {
    return "SET 'pipeline.name' = 'p'; SET 'millrace.start' = 'on-deployment';\n"
        + "SET 'millrace.on-data-error' = 'dead-letter';\n"
        + "SET 'millrace.commit.rows' = '40';\n"
        + "SET 'millrace.snapshot.rows' = '300';\n"
        + SOURCE.formatted("a")
        + SOURCE.formatted("b")
        + "CREATE TABLE o ("
        + columns
        + ") WITH ('connector' = 'given');\n"
        + "INSERT INTO o "
        + sql
        + ";";
  }

  private static Object[] cells(int letter) {
    return Rows.insert(
        (long) letter % 5, "letter" + letter, letter % 3L, LATER.plusSeconds(letter));
  }

  private static Map<String, Object> row(int letter) {
    Object[] cells = cells(letter);
    return Map.of("k", cells[1], "name", cells[2], "v", cells[3], "ts", cells[4]);
  }

  private static ReplayRequest request(int letter, Map<String, Object> row) {
    return new ReplayRequest(
        letter,
        new DeadLetter(
            DeadLetter.Side.SOURCE, "a", RECORD, Map.of(), "x", "somewhere", "wrong", false),
        new Replay(DeadLetter.Side.SOURCE, "a", List.of(), List.of(row)));
  }

  /**
   * @param withLetters also those which are letters otherwise
   */
  private static PartedRows parts(long seed, boolean withLetters) {
    Random random = new Random(seed);
    List<List<Object[]>> parts = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      List<Object[]> rows = new ArrayList<>();
      for (int i = 0; i < ROWS / PARTS; i++) {
        rows.add(
            Rows.insert(
                (long) random.nextInt(5),
                "n" + part + "-" + i,
                (long) random.nextInt(3),
                START.plusNanos((i * 120L - random.nextInt(900)) * 1_000_000L)));
      }
      parts.add(rows);
    }
    for (int letter = 0; withLetters && letter < LETTERS; letter++) {
      parts.get(0).add(cells(letter));
    }
    return new PartedRows(parts, seed, false);
  }

  private static LocalStreamEngine engine(Ledger ledger, TableSource a, TableSource b) {
    return LocalStreamEngine.of(
        List.of(new GivenTables(Map.of("a", a, "b", b), ledger)),
        List.of(),
        Services.none(),
        Clock.systemUTC());
  }

  private static RunRequest request(Ledger ledger) {
    return RunRequest.standalone()
        .withCommitter(ledger)
        .withPositions(ledger.positions())
        .withDeadLetters(ledger.deadLetters()::add)
        .withHost(new PipelineHost(ledger, Steering.none(), ledger.replays(), progress -> {}));
  }

  @ParameterizedTest
  @EnumSource(Query.class)
  void crashesAtRandomCommitsLoseNoLetterAndDoubleNone(Query query) throws Exception {
    for (int seed = 0; seed < 4; seed++) {
      Ledger expected = new Ledger();
      LocalStreamEngine engine = engine(expected, parts(seed, true), parts(seed + 9, false));
      Plan plan = engine.validate("s.sql", script(query.columns, query.sql));
      engine.run(plan, request(expected));

      Ledger crashed = crashing(query, seed);
      assertThat(crashed.replayed()).isPositive();
      assertThat(crashed.outcomes().stream().map(ReplayOutcome::id))
          .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
      assertThat(crashed.outcomes()).allMatch(it -> it.error().isEmpty() && it.late() == 0);
      assertThat(crashed.folded()).isEqualTo(expected.folded());
    }
  }

  private static Ledger crashing(Query query, int seed) throws Exception {
    Random random = new Random(seed);
    Ledger ledger = new Ledger();
    for (int letter = 0; letter < LETTERS; letter++) {
      ledger.want(request(letter, row(letter)));
    }
    LocalStreamEngine engine = engine(ledger, parts(seed, false), parts(seed + 9, false));
    Plan plan = engine.validate("s.sql", script(query.columns, query.sql));
    while (true) {
      ledger.crashAt(ledger.commits() + 1 + random.nextInt(5), random.nextBoolean());
      try {
        engine.run(plan, request(ledger).withLanes(1 + random.nextInt(PARTS)));
        return ledger;
      } catch (MillraceException e) {
        assertThat(e).hasRootCauseInstanceOf(Ledger.Crash.class);
      }
      if (ledger.snapshots() > 1 && random.nextInt(3) == 0) {
        ledger.damageNewestSnapshot();
      }
    }
  }

  private static Ledger run(String script, Map<String, Object> corrected) throws Exception {
    Ledger ledger = new Ledger();
    ledger.want(request(1, corrected));
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(Rows.insert(1L, "n", 1L, START.plusSeconds(i)));
    }
    Rows a = Rows.of(rows).perPoll(50);
    LocalStreamEngine engine = engine(ledger, a, a);
    RunMetrics done = engine.run(engine.validate("s.sql", script), request(ledger));
    assertThat(ledger.outcomes()).hasSize(1);
    boolean stays = ledger.outcomes().get(0).error().isPresent();
    assertThat(done.rowsIn()).isEqualTo(stays ? ROWS : ROWS + 1);
    assertThat(done.dead()).isEqualTo(ledger.deadLetters().size());
    return ledger;
  }

  @Test
  void aCommitTakesNoMoreLettersThanItMayTakeRows() throws Exception {
    Ledger ledger = new Ledger();
    List<ReplayRequest> wanted = new ArrayList<>();
    for (int letter = 0; letter < LETTERS; letter++) {
      wanted.add(request(letter, row(letter)));
    }
    List<Integer> letters = new ArrayList<>();
    ReplayRequests once =
        closed -> {
          List<ReplayRequest> all = List.copyOf(wanted);
          wanted.clear();
          return all;
        };
    RunRequest request =
        request(ledger)
            .withCommitter(
                commit -> {
                  letters.add(commit.replayed().size());
                  ledger.commit(commit);
                })
            .withHost(new PipelineHost(ledger, Steering.none(), once, progress -> {}));
    Rows a = Rows.of(Collections.nCopies(40, cells(100))).perPoll(1);
    LocalStreamEngine engine = engine(ledger, a, a);
    String script = script(Query.SUMS.columns, Query.SUMS.sql).replace("'40'", "'3'");
    engine.run(engine.validate("s.sql", script), request);
    assertThat(ledger.outcomes()).hasSize(LETTERS);
    assertThat(letters).allMatch(count -> count <= 3).contains(3);
  }

  @Test
  void lettersOfATableWhoseRowsHaveEndedAreNotAskedFor() throws Exception {
    Ledger ledger = new Ledger();
    Set<Set<String>> closed = new HashSet<>();
    ReplayRequests asking =
        tables -> {
          closed.add(tables.get());
          return List.of();
        };
    Rows a = Rows.of(Collections.nCopies(1, cells(1)));
    Rows b = Rows.of(Collections.nCopies(40, cells(1))).perPoll(1);
    LocalStreamEngine engine = engine(ledger, a, b);
    RunRequest request =
        request(ledger).withHost(new PipelineHost(ledger, Steering.none(), asking, progress -> {}));
    engine.run(engine.validate("s.sql", script(Query.JOIN.columns, Query.JOIN.sql)), request);
    assertThat(closed).contains(Set.of(), Set.of("a"));
  }

  @Test
  void aRowThatComesTooLateSaysSo() throws Exception {
    Ledger ledger =
        run(
            script(Query.TUMBLE.columns, Query.TUMBLE.sql),
            Map.of("k", 1, "name", "x", "v", 1000, "ts", START));
    assertThat(ledger.outcomes()).containsExactly(new ReplayOutcome(1, 1, Optional.empty()));
    assertThat(ledger.folded().keySet()).noneMatch(line -> line.contains("1010"));
  }

  @Test
  void aRowThatFailsBeforeAnythingHasTakenItStaysALetter() throws Exception {
    String sql = "SELECT k, COUNT(*), SUM(d) FROM (SELECT k, v / (v - 7) AS d FROM a) GROUP BY k";
    Ledger ledger =
        run(
            script("k BIGINT, n BIGINT, s BIGINT", sql),
            Map.of("k", 1, "name", "x", "v", 7, "ts", START));
    assertThat(ledger.outcomes().get(0).error())
        .hasValueSatisfying(error -> assertThat(error).contains("by zero"));
    assertThat(ledger.deadLetters()).isEmpty();
    assertThat(ledger.folded()).containsOnlyKeys("[1, 900, 0]");
  }

  @Test
  void whatFailsBehindStateIsALetterOfItsOwn() throws Exception {
    String sql =
        "SELECT k, n, 1000 / (s - 1907) FROM (SELECT k, COUNT(*) AS n, SUM(v) AS s FROM a WHERE v"
            + " > 1 GROUP BY k)";
    Ledger ledger =
        run(
            script("k BIGINT, n BIGINT, s BIGINT", sql),
            Map.of("k", 1, "name", "x", "v", 1907, "ts", START));
    assertThat(ledger.outcomes()).containsExactly(new ReplayOutcome(1, 0, Optional.empty()));
    assertThat(ledger.deadLetters()).hasSize(1);
    assertThat(ledger.deadLetters().get(0).side()).isEqualTo(DeadLetter.Side.STEP);
  }

  @Test
  void onlyALetterNothingElseHasTakenMayGoThroughAgain() {
    Ledger ledger = new Ledger();
    Rows a = Rows.of();
    LocalStreamEngine engine = engine(ledger, a, a);
    String sums = "SELECT k, COUNT(*), SUM(v) FROM a GROUP BY k";
    Plan one = engine.validate("s.sql", script("k BIGINT, n BIGINT, s BIGINT", sums));
    Plan two =
        engine.validate(
            "s.sql",
            script("k BIGINT, n BIGINT, s BIGINT", sums)
                + "\nINSERT INTO o SELECT k, v, v FROM a;");
    Replay replay = new Replay(DeadLetter.Side.SOURCE, "a", List.of(), List.of(row(1)));
    DeadLetter record = request(1, row(1)).letter();
    DeadLetter row = letter(DeadLetter.Side.SOURCE, "a");
    engine.rehearse(one, record, replay, Services.none());
    engine.rehearse(one, row, replay, Services.none());
    engine.rehearse(two, record, replay, Services.none());
    String calc =
        one.explain()
            .lines()
            .filter(line -> line.contains("Calc"))
            .map(line -> line.substring(line.indexOf("Calc"), line.indexOf(" →")))
            .reduce((above, below) -> below)
            .orElseThrow();
    engine.rehearse(one, letter(DeadLetter.Side.STEP, calc), replay, Services.none());
    for (DeadLetter taken :
        List.of(
            letter(DeadLetter.Side.STEP, "Calc of another script"),
            letter(DeadLetter.Side.SINK, "o"))) {
      assertThatThrownBy(() -> engine.rehearse(one, taken, replay, Services.none()))
          .hasMessageContaining("counted twice");
    }
    assertThatThrownBy(
            () -> engine.rehearse(two, letter(DeadLetter.Side.STEP, calc), replay, Services.none()))
        .hasMessageContaining("counted twice");
  }

  private static DeadLetter letter(DeadLetter.Side side, String table) {
    return new DeadLetter(side, table, null, row(1), "x", "", "wrong", false);
  }
}
