// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plan.Insert;
import dev.millrace.plan.Plan;
import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.plan.expression.AggregateFunction;
import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Expression.Call;
import dev.millrace.plan.expression.Expression.Input;
import dev.millrace.plan.expression.Expression.Literal;
import dev.millrace.plan.expression.Function;
import dev.millrace.plan.node.JoinType;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.plan.node.Window;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A run of several lanes folds to what a run of one lane does. */
class LanesTest {
  private static final DataType TIME = DataType.timestamp(3);
  private static final RowType BIDS =
      RowType.of(
          new Column("auction", DataType.BIGINT),
          new Column("bidder", DataType.STRING),
          new Column("price", DataType.INT),
          new Column("at", TIME));
  private static final AggregateCall ROWS =
      new AggregateCall(AggregateFunction.COUNT, List.of(), false, -1, DataType.BIGINT.notNull());
  private static final int LANES = 3;

  private final StreamEngine engine =
      new LocalStreamEngine(
          (name, sql) -> {
            throw new AssertionError("plans are built by hand here");
          },
          Clock.systemUTC());

  private static PlanNode bids(Rows rows) {
    return new PlanNode.Watermark(new PlanNode.Scan("bids", rows, BIDS), 3, new Input(3, TIME));
  }

  private static Rows random(int count) {
    Random random = new Random(42);
    LocalDateTime start = LocalDateTime.parse("2026-01-01T00:00");
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String bidder = random.nextInt(20) == 0 ? null : "bidder" + random.nextInt(300);
      LocalDateTime at = start.plusNanos((i * 5L - random.nextInt(6000)) * 1_000_000);
      rows.add(Rows.insert((long) random.nextInt(100), bidder, random.nextInt(1000), at));
    }
    return Rows.of(rows).perPoll(100);
  }

  private static AggregateCall call(AggregateFunction function, DataType type, int column) {
    return new AggregateCall(function, List.of(column), false, -1, type);
  }

  private static PlanNode group(PlanNode input, int key, AggregateCall... calls) {
    List<Column> columns = new ArrayList<>(List.of(input.type().columns().get(key)));
    for (AggregateCall call : calls) {
      columns.add(new Column("c" + columns.size(), call.type()));
    }
    return new PlanNode.GroupAggregate(input, List.of(key), List.of(calls), new RowType(columns));
  }

  private static Plan plan(PlanNode query, Collected sink) {
    Insert insert = new Insert("out", sink, query.type(), query);
    return new Plan("lanes.sql", List.of(insert), Map.of(), ZoneOffset.UTC);
  }

  private Collected run(PlanNode query, int lanes) throws Exception {
    Collected sink = Collected.all();
    engine.run(plan(query, sink), RunRequest.standalone().withLanes(lanes));
    assertThat(sink.calls()).containsExactly("finish", "close");
    return sink;
  }

  private void assertLanesAgree(PlanNode query) throws Exception {
    Map<String, Integer> single = run(query, 1).folded();
    assertThat(single).isNotEmpty();
    assertThat(run(query, LANES).folded()).isEqualTo(single);
  }

  @Test
  void groupsOfGroupsAgree() throws Exception {
    PlanNode perBidder =
        group(
            bids(random(20_000)),
            1,
            ROWS,
            call(AggregateFunction.MAX, DataType.INT, 2),
            call(AggregateFunction.SUM, DataType.INT, 2));
    assertLanesAgree(group(perBidder, 1, ROWS, call(AggregateFunction.MIN, DataType.INT, 2)));
  }

  @Test
  void windowsAndLateRowsAgree() throws Exception {
    Window window =
        new Window(Window.Kind.HOP, 3, Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ZERO);
    for (Rows rows : List.of(random(20_000), random(20_000).blocking())) {
      PlanNode windows =
          new PlanNode.WindowAggregate(
              bids(rows),
              window,
              List.of(0),
              List.of(ROWS),
              List.of(Window.Property.END),
              RowType.of(
                  new Column("auction", DataType.BIGINT),
                  new Column("bids", DataType.BIGINT),
                  new Column("end", TIME)));
      Collected sink = Collected.all();
      RunMetrics single = engine.run(plan(windows, sink), RunRequest.standalone());
      Collected lanes = Collected.all();
      RunMetrics several =
          engine.run(plan(windows, lanes), RunRequest.standalone().withLanes(LANES));
      assertThat(lanes.folded()).isEqualTo(sink.folded());
      assertThat(single.late()).isPositive().isEqualTo(several.late());
      assertThat(several.rowsIn()).isEqualTo(20_000);
    }
  }

  @Test
  void joinsOfChangelogsAgree() throws Exception {
    PlanNode left = group(bids(random(5_000)), 0, ROWS);
    PlanNode right = group(bids(random(5_000)), 0, call(AggregateFunction.MAX, DataType.INT, 2));
    PlanNode join =
        new PlanNode.Join(
            left,
            right,
            JoinType.LEFT,
            List.of(0),
            List.of(0),
            Optional.empty(),
            RowType.of(
                new Column("auction", DataType.BIGINT),
                new Column("bids", DataType.BIGINT),
                new Column("same", DataType.BIGINT),
                new Column("dearest", DataType.INT)));
    assertLanesAgree(join);
  }

  @Test
  void unionOfLanesAndOneAggregateOverAllAgree() throws Exception {
    PlanNode perAuction = group(bids(random(5_000)), 0, ROWS);
    PlanNode perPrice =
        new PlanNode.Calc(
            group(bids(random(5_000)), 2, ROWS),
            Optional.empty(),
            List.of(
                new Expression.Cast(new Input(0, DataType.INT), DataType.BIGINT, false),
                new Input(1, DataType.BIGINT.notNull())),
            perAuction.type());
    PlanNode union =
        new PlanNode.Union(List.of(perAuction, perPrice, perAuction), perAuction.type());
    assertLanesAgree(union);
    assertLanesAgree(
        new PlanNode.GroupAggregate(
            union,
            List.of(),
            List.of(ROWS, call(AggregateFunction.SUM, DataType.BIGINT, 1)),
            RowType.of(new Column("rows", DataType.BIGINT), new Column("sum", DataType.BIGINT))));
  }

  @Test
  void changesOfAKeyStayInOrder() throws Exception {
    Collected sink = run(group(bids(random(20_000)), 0, ROWS), LANES);
    Map<String, Long> counts = new HashMap<>();
    for (String line : sink.lines()) {
      String[] cells = line.substring(3, line.length() - 1).split(", ");
      long count = Long.parseLong(cells[1]);
      long known = counts.getOrDefault(cells[0], 0L);
      if (line.startsWith("-")) {
        assertThat(count).isEqualTo(known);
      } else {
        assertThat(count).isEqualTo(known + 1);
        counts.put(cells[0], count);
      }
    }
  }

  @Test
  void failureInALaneFailsTheRun() {
    PlanNode grouped = group(bids(random(20_000)), 2, ROWS);
    Expression zero =
        new Call(
            Function.MINUS,
            List.of(new Input(0, DataType.INT), new Literal(7, DataType.INT.notNull())),
            DataType.INT);
    PlanNode failing =
        new PlanNode.Calc(
            grouped,
            Optional.empty(),
            List.of(
                new Call(
                    Function.DIVIDE,
                    List.of(new Literal(1, DataType.INT.notNull()), zero),
                    DataType.INT)),
            RowType.of(new Column("q", DataType.INT)));
    assertThatThrownBy(() -> run(failing, LANES))
        .isInstanceOfSatisfying(
            MillraceException.class,
            failure -> assertThat(failure.category()).isEqualTo(ErrorCategory.DATA));
    assertNoThreadsLeft();
  }

  @Test
  void interruptionCancelsAllThreads() throws Exception {
    Collected sink = Collected.all();
    Plan plan = plan(group(bids(random(2_000).unending().blocking()), 0, ROWS), sink);
    Thread runner = Thread.currentThread();
    RunRequest request =
        RunRequest.standalone()
            .withLanes(LANES)
            .withProgress(
                metrics -> {
                  if (metrics.rowsIn() == 2_000) {
                    runner.interrupt();
                  }
                });
    assertThatThrownBy(() -> engine.run(plan, request)).isInstanceOf(InterruptedException.class);
    assertThat(sink.calls()).containsExactly("close");
    assertThat(Thread.interrupted()).isFalse();
    assertNoThreadsLeft();
  }

  @Test
  void idlePipelineCostsNoProcessorTime() {
    Plan plan = plan(group(bids(random(1_000).unending()), 0, ROWS), Collected.all());
    Thread runner = Thread.currentThread();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Long> processorNs = new ArrayList<>();
    RunRequest request =
        RunRequest.standalone()
            .withProgress(
                metrics -> {
                  processorNs.add(threads.getCurrentThreadCpuTime());
                  if (processorNs.size() == 5) {
                    runner.interrupt();
                  }
                });
    assertThatThrownBy(() -> engine.run(plan, request)).isInstanceOf(InterruptedException.class);
    long spentNs = processorNs.get(4) - processorNs.get(1);
    assertThat(spentNs).isLessThan(Duration.ofMillis(50).toNanos());
  }

  private static void assertNoThreadsLeft() {
    Thread[] threads = new Thread[Thread.activeCount() + 10];
    int count = Thread.enumerate(threads);
    assertThat(Arrays.stream(threads, 0, count).map(Thread::getName))
        .noneMatch(name -> name.startsWith("millrace-"));
  }

  @Test
  void upsertSinkIsNotToldWhatWas() throws Exception {
    Collected sink = new Collected(ChangelogMode.UPSERT);
    Rows rows = Rows.of(Rows.insert(1L, "a", 1, LocalDateTime.MIN.withYear(2026)));
    PlanNode twice = new PlanNode.Union(List.of(bids(rows), bids(rows)), BIDS);
    RunMetrics metrics =
        engine.run(plan(group(twice, 0, ROWS), sink), RunRequest.standalone().withLanes(LANES));
    assertThat(sink.lines()).containsExactly("+I[1, 1]", "+U[1, 2]");
    assertThat(metrics.rowsOut()).isEqualTo(2);
  }
}
