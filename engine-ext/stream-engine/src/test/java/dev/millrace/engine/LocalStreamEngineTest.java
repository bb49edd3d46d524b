// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.millrace.plan.Insert;
import dev.millrace.plan.Plan;
import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Expression.Call;
import dev.millrace.plan.expression.Expression.Input;
import dev.millrace.plan.expression.Expression.Literal;
import dev.millrace.plan.expression.Function;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.RewindableSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LocalStreamEngineTest {
  private static final RowType NUMBERS =
      RowType.of(new Column("id", DataType.BIGINT), new Column("qty", DataType.INT));

  private final StreamEngine engine =
      new LocalStreamEngine(
          (name, sql) -> {
            throw new AssertionError("plans are built by hand here");
          },
          Clock.systemUTC());
  private final Collected sink = Collected.all();

  private static PlanNode scan(Rows rows) {
    return new PlanNode.Scan("numbers", rows, NUMBERS);
  }

  private static Expression qty() {
    return new Input(1, DataType.INT);
  }

  private static Expression number(int value) {
    return new Literal(value, DataType.INT.notNull());
  }

  private static Plan plan(PlanNode query, TableSink table, Map<String, String> settings) {
    Insert insert = new Insert("out", table, query.type(), query);
    return new Plan("test.sql", List.of(insert), settings, ZoneOffset.UTC);
  }

  private static PlanNode divide(PlanNode input) {
    Expression quotient = new Call(Function.DIVIDE, List.of(number(12), qty()), DataType.INT);
    return new PlanNode.Calc(
        input,
        Optional.empty(),
        List.of(new Input(0, DataType.BIGINT), quotient),
        RowType.of(new Column("id", DataType.BIGINT), new Column("q", DataType.INT)));
  }

  @Test
  void filtersAndProjects() throws Exception {
    PlanNode many =
        new PlanNode.Calc(
            scan(Rows.of(Rows.insert(1L, 5), Rows.insert(2L, null), Rows.insert(3L, 9))),
            Optional.of(new Call(Function.GREATER, List.of(qty(), number(4)), DataType.BOOLEAN)),
            List.of(new Call(Function.PLUS, List.of(qty(), number(1)), DataType.INT)),
            RowType.of(new Column("more", DataType.INT)));

    RunMetrics metrics = engine.run(plan(many, sink, Map.of()), RunRequest.standalone());

    assertThat(sink.lines()).containsExactly("+I[6]", "+I[10]");
    assertThat(metrics.rowsIn()).isEqualTo(3);
    assertThat(metrics.rowsOut()).isEqualTo(2);
    assertThat(metrics.watermarkMicros()).isEqualTo(Long.MAX_VALUE);
    assertThat(sink.calls()).containsExactly("finish", "close");
  }

  @Test
  void blockingSourceHandsOverByRing() throws Exception {
    List<Object[]> rows = new ArrayList<>();
    for (long i = 0; i < 20_000; i++) {
      rows.add(Rows.insert(i, (int) i));
    }

    engine.run(plan(scan(Rows.of(rows).blocking()), sink, Map.of()), RunRequest.standalone());

    assertThat(sink.lines()).hasSize(20_000).startsWith("+I[0, 0]").endsWith("+I[19999, 19999]");
  }

  @Test
  void sourceReadTwiceIsOpenedOnce() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    Rows rows = Rows.of(Rows.insert(1L, 1));
    PlanNode.Scan counted =
        new PlanNode.Scan(
            "numbers",
            new dev.millrace.spi.connector.TableSource() {
              @Override
              public dev.millrace.spi.connector.Boundedness boundedness() {
                return rows.boundedness();
              }

              @Override
              public dev.millrace.spi.connector.RowSource open(
                  dev.millrace.spi.connector.SourceContext context) {
                opened.incrementAndGet();
                return rows.open(context);
              }
            },
            NUMBERS);
    PlanNode union = new PlanNode.Union(List.of(counted, counted), NUMBERS);

    engine.run(plan(union, sink, Map.of()), RunRequest.standalone());

    assertThat(opened).hasValue(1);
    assertThat(sink.lines()).containsExactly("+I[1, 1]", "+I[1, 1]");
  }

  @Test
  void rowThatCannotBeComputedFailsTheRun() {
    PlanNode query = divide(scan(Rows.of(Rows.insert(1L, 4), Rows.insert(2L, 0))));

    assertThatThrownBy(() -> engine.run(plan(query, sink, Map.of()), RunRequest.standalone()))
        .isInstanceOfSatisfying(
            MillraceException.class,
            failure -> assertThat(failure.category()).isEqualTo(ErrorCategory.DATA))
        .hasMessageContaining("+I[2, 0]");
    assertThat(sink.calls()).containsExactly("close");
  }

  @Test
  void rowThatCannotBeComputedIsPutAside() throws Exception {
    List<DeadLetter> dead = new ArrayList<>();
    PlanNode query =
        divide(scan(Rows.of(Rows.insert(1L, 4), Rows.insert(2L, 0), Rows.insert(3L, 6))));

    RunMetrics metrics =
        engine.run(
            plan(query, sink, Map.of("millrace.on-data-error", "dead-letter")),
            RunRequest.standalone().withDeadLetters(dead::add));

    assertThat(sink.lines()).containsExactly("+I[1, 3]", "+I[3, 2]");
    assertThat(dead).extracting(DeadLetter::record).containsExactly("+I[2, 0]");
    assertThat(metrics.dead()).isEqualTo(1);
  }

  @Test
  void deadLettersThatWaitForTheCommitAreBounded() {
    List<DeadLetter> dead = new ArrayList<>();
    List<Object[]> zeros = new ArrayList<>();
    for (long i = 0; i < 100; i++) {
      zeros.add(Rows.insert(i, 0));
    }

    assertThatThrownBy(
            () ->
                engine.run(
                    plan(
                        divide(scan(Rows.of(zeros))),
                        sink,
                        Map.of(
                            "millrace.on-data-error",
                            "dead-letter",
                            "millrace.max-dead-letters",
                            "10")),
                    RunRequest.standalone()
                        .withDeadLetters(dead::add)
                        .withCommitter(commit -> commit.apply(null))))
        .isInstanceOfSatisfying(
            MillraceException.class,
            failure -> assertThat(failure.category()).isEqualTo(ErrorCategory.RESOURCE))
        .hasMessageContaining("millrace.max-dead-letters");
    assertThat(dead).hasSize(11);
  }

  @Test
  void commitThatLosesTheDatabaseIsAFailureOfTheConnection() {
    RunRequest request =
        RunRequest.standalone()
            .withCommitter(
                commit -> {
                  throw new IllegalStateException(
                      new java.sql.SQLException("terminating connection", "57P01"));
                });

    assertThatThrownBy(
            () -> engine.run(plan(scan(Rows.of(Rows.insert(1L, 1))), sink, Map.of()), request))
        .isInstanceOfSatisfying(
            MillraceException.class,
            failure -> assertThat(failure.category()).isEqualTo(ErrorCategory.CONNECTOR));
  }

  @Test
  void unknownSettingValueIsRefused() {
    assertThatThrownBy(
            () ->
                engine.run(
                    plan(scan(Rows.of()), sink, Map.of("millrace.on-data-error", "ignore")),
                    RunRequest.standalone()))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("fail or dead-letter");
  }

  @Test
  void boundedRunCommitsOnceAtItsEnd() throws Exception {
    List<Commit> commits = new ArrayList<>();
    RunRequest request =
        RunRequest.standalone()
            .withCommitter(
                commit -> {
                  assertThat(sink.lines()).isEmpty();
                  commit.apply(null);
                  commits.add(commit);
                });

    engine.run(plan(scan(Rows.of(Rows.insert(1L, 1))), sink, Map.of()), request);

    assertThat(sink.lines()).containsExactly("+I[1, 1]");
    assertThat(commits).singleElement().matches(Commit::isLast);
    assertThat(commits.get(0).positions()).isEqualTo(Map.of("numbers", "1"));
  }

  @Test
  void failedCommitLeavesNothing() {
    RunRequest request =
        RunRequest.standalone()
            .withCommitter(
                commit -> {
                  throw new java.sql.SQLException("no connection");
                });

    assertThatThrownBy(
            () -> engine.run(plan(scan(Rows.of(Rows.insert(1L, 1))), sink, Map.of()), request))
        .isInstanceOfSatisfying(
            MillraceException.class,
            failure -> assertThat(failure.category()).isEqualTo(ErrorCategory.CONNECTOR));
    assertThat(sink.lines()).isEmpty();
  }

  @Test
  void pipelineCommitsWhatWasReadWithItsPosition() {
    for (Rows source : List.of(rows(5_000).unending(), rows(5_000).unending().blocking())) {
      Collected table = Collected.all();
      Thread runner = Thread.currentThread();
      RunRequest request =
          RunRequest.standalone()
              .withPositions(Map.of("numbers", "100"))
              .withCommitter(
                  commit -> {
                    commit.apply(null);
                    int read = Integer.parseInt(commit.positions().get("numbers"));
                    assertThat(commit.metrics().rowsOut()).isEqualTo(read - 100);
                    if (read == 5_000) {
                      runner.interrupt();
                    }
                  });

      assertThatThrownBy(
              () -> engine.run(plan(scan(source.perPoll(100)), table, Map.of()), request))
          .isInstanceOf(InterruptedException.class);
      assertThat(table.lines()).hasSize(4_900).startsWith("+I[100, 100]");
      assertThat(table.calls()).containsExactly("close");
    }
  }

  @Test
  void runThatShallStopIsCancelledAndInterruptsNoThreadInsideADatabase() {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicBoolean interrupted = new AtomicBoolean();
    TableSource endless =
        source(
            true,
            context ->
                batch -> {
                  interrupted.compareAndSet(false, Thread.currentThread().isInterrupted());
                  stop.set(true);
                  return RowSource.Status.IDLE;
                });

    assertThatThrownBy(
            () ->
                engine.run(
                    plan(new PlanNode.Scan("numbers", endless, NUMBERS), sink, Map.of()),
                    RunRequest.standalone().withStop(stop::get)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(interrupted).isFalse();
    assertThat(sink.calls()).containsExactly("close");
  }

  @Test
  void pipelineCommitsRecordsThatCouldNotBeReadThoughNoRowComes() {
    AtomicBoolean stop = new AtomicBoolean();
    List<DeadLetter> dead = new ArrayList<>();
    Iterator<String> records = List.of("one", "two").iterator();
    TableSource broken =
        source(
            false,
            context ->
                batch -> {
                  if (records.hasNext()) {
                    context.deadLetter(
                        records.next(), "", new IllegalArgumentException("no number"));
                  }
                  return RowSource.Status.IDLE;
                });
    RunRequest request =
        RunRequest.standalone()
            .withDeadLetters(dead::add)
            .withStop(stop::get)
            .withCommitter(commit -> stop.set(commit.metrics().dead() == 2));

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(
                    () ->
                        engine.run(
                            plan(
                                new PlanNode.Scan("numbers", broken, NUMBERS),
                                sink,
                                Map.of("millrace.on-data-error", "dead-letter")),
                            request))
                .isInstanceOf(InterruptedException.class));
    assertThat(dead).extracting(DeadLetter::record).containsExactly("one", "two");
  }

  @Test
  void aCommitTakesNoMoreRowsThanItMay() throws Exception {
    for (int perPoll : List.of(Integer.MAX_VALUE, 7)) {
      Rows at = rows(500).perPoll(perPoll);
      for (PlanNode query :
          List.of(
              scan(at),
              scan(at.blocking()),
              new PlanNode.Union(
                  List.of(scan(at), new PlanNode.Scan("others", at.blocking(), NUMBERS)),
                  NUMBERS))) {
        List<Long> commits = new ArrayList<>(List.of(0L));
        Collected table = Collected.all();
        engine.run(
            plan(
                query,
                table,
                Map.of("millrace.start", "on-deployment", "millrace.commit.rows", "10")),
            RunRequest.standalone()
                .withCommitter(
                    commit -> {
                      commit.apply(null);
                      long rows = commit.metrics().rowsIn();
                      assertThat(rows - commits.get(commits.size() - 1)).isLessThanOrEqualTo(10);
                      commits.add(rows);
                    }));
        int all = query instanceof PlanNode.Union ? 1_000 : 500;
        assertThat(commits).endsWith((long) all);
        assertThat(table.lines()).hasSize(all);
      }
    }
  }

  @Test
  void aCommitHoldsTheDeadLettersUpToItsPositionAndNoneBehind() throws Exception {
    int last = 300;
    List<DeadLetter> dead = Collections.synchronizedList(new ArrayList<>());
    List<Integer> commits = new ArrayList<>();
    TableSource everySecondIsBad = source(true, context -> new HalfBad(context, last));
    engine.run(
        plan(
            new PlanNode.Scan("numbers", everySecondIsBad, NUMBERS),
            sink,
            Map.of(
                "millrace.on-data-error",
                "dead-letter",
                "millrace.start",
                "on-deployment",
                "millrace.commit.rows",
                "1")),
        RunRequest.standalone()
            .withDeadLetters(dead::add)
            .withCommitter(
                commit -> {
                  int position = Integer.parseInt(commit.positions().get("numbers"));
                  assertThat(dead).hasSize(position);
                  commits.add(position);
                }));
    assertThat(commits).hasSizeGreaterThan(10).endsWith(last);
  }

  /** A bad record, then a row, in each poll. */
  private static final class HalfBad implements RewindableSource {
    private final SourceContext context;
    private final int last;
    private int polls;

    HalfBad(SourceContext context, int last) {
      this.context = context;
      this.last = last;
    }

    @Override
    public Status poll(RowBatch batch) {
      context.deadLetter("bad", "", new IllegalArgumentException("no number"));
      batch.add(ChangeKind.INSERT);
      polls++;
      return polls == last ? Status.END : Status.MORE;
    }

    @Override
    public String position() {
      return Integer.toString(polls);
    }

    @Override
    public void seek(String position) {
      polls = Integer.parseInt(position);
    }
  }

  private static TableSource source(
      boolean blocks, java.util.function.Function<SourceContext, RowSource> opener) {
    return new TableSource() {
      @Override
      public Boundedness boundedness() {
        return Boundedness.UNBOUNDED;
      }

      @Override
      public boolean blocks() {
        return blocks;
      }

      @Override
      public boolean interruptible() {
        return false;
      }

      @Override
      public RowSource open(SourceContext context) {
        return opener.apply(context);
      }
    };
  }

  private static Rows rows(int count) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Rows.insert((long) i, i));
    }
    return Rows.of(rows);
  }
}
