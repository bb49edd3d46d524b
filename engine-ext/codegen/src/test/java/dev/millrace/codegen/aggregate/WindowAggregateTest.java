// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.plan.expression.AggregateFunction;
import dev.millrace.runtime.operator.window.WindowAggregateOperator;
import dev.millrace.runtime.operator.window.WindowClock;
import dev.millrace.runtime.operator.window.WindowProperty;
import dev.millrace.runtime.operator.window.WindowShape;
import dev.millrace.runtime.operator.window.WindowShape.Kind;
import dev.millrace.runtime.operator.window.WindowTableOperator;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WindowAggregateTest {
  private static final long SECOND = 1_000_000;
  private static final WindowShape TUMBLE =
      new WindowShape(Kind.TUMBLE, 10 * SECOND, 10 * SECOND, 0);
  private static final WindowShape HOP = new WindowShape(Kind.HOP, 30 * SECOND, 10 * SECOND, 0);
  private static final WindowShape CUMULATE =
      new WindowShape(Kind.CUMULATE, 30 * SECOND, 10 * SECOND, 0);
  private static final int TIME = 2;

  private static RowType bids(DataType time) {
    return RowType.of(
        new Column("auction", DataType.BIGINT),
        new Column("price", DataType.INT),
        new Column("at", time));
  }

  private static RowType results(DataType time) {
    return RowType.of(
        new Column("auction", DataType.BIGINT),
        new Column("bids", DataType.BIGINT.notNull()),
        new Column("dearest", DataType.INT),
        new Column("prices", DataType.BIGINT),
        new Column("start", DataType.timestamp(3)),
        new Column("end", DataType.timestamp(3)),
        new Column("time", time));
  }

  private static OperatorHarness windows(
      WindowShape shape, DataType time, WindowClock clock, boolean retracting) throws Exception {
    List<AggregateCall> calls =
        List.of(
            new AggregateCall(AggregateFunction.COUNT, List.of(), false, -1, DataType.BIGINT),
            new AggregateCall(AggregateFunction.MAX, List.of(1), false, -1, DataType.INT),
            new AggregateCall(AggregateFunction.COUNT, List.of(1), true, -1, DataType.BIGINT));
    WindowProperty[] properties = WindowProperty.values();
    return new OperatorHarness(
        new WindowAggregateOperator(
            shape,
            clock,
            TIME,
            AggregateCompiler.table(bids(time), List.of(0), calls, results(time), retracting),
            properties,
            results(time)),
        bids(time),
        256);
  }

  private static OperatorHarness windows(WindowShape shape) throws Exception {
    return windows(shape, DataType.timestamp(3), WindowClock.plain(), false);
  }

  @Test
  void windowIsEmittedAMillisecondBeforeItsEnd() throws Exception {
    OperatorHarness bids = windows(TUMBLE);
    bids.feed(
        """
        +I[1, 5, 2026-01-01T00:00:01]
        +I[1, 7, 2026-01-01T00:00:09.999]
        +I[2, null, 2026-01-01T00:00:03]
        +I[1, 1, 2026-01-01T00:00:10]
        ~2026-01-01T00:00:09.998
        """);
    assertThat(bids.lines()).isEmpty();

    bids.feed("~2026-01-01T00:00:09.999");

    assertThat(bids.lines())
        .containsExactlyInAnyOrder(
            "+I[1, 2, 7, 2, 2026-01-01T00:00, 2026-01-01T00:00:10, 2026-01-01T00:00:09.999]",
            "+I[2, 1, null, 0, 2026-01-01T00:00, 2026-01-01T00:00:10, 2026-01-01T00:00:09.999]");
  }

  @Test
  void lateRowIsDroppedAndCounted() throws Exception {
    OperatorHarness bids = windows(TUMBLE);
    bids.feed(
        """
        ~2026-01-01T00:00:10
        +I[1, 5, 2026-01-01T00:00:09.999]
        +I[1, 5, 2026-01-01T00:00:10]
        ~end
        """);
    assertThat(bids.lateRows()).isEqualTo(1);
    assertThat(bids.lines()).hasSize(1);
  }

  @Test
  void rowWithoutTimeIsDead() throws Exception {
    OperatorHarness bids = windows(TUMBLE);
    bids.feed("+I[1, 5, null]\n+I[1, 5, 2026-01-01T00:00:10]\n~end");
    assertThat(bids.deadRows()).containsExactly("+I[1, 5, null] event time is NULL");
    assertThat(bids.lines()).hasSize(1);
  }

  @Test
  void hoppingWindowsShareSlices() throws Exception {
    OperatorHarness bids = windows(HOP);
    bids.feed(
        """
        +I[1, 5, 2026-01-01T00:00:05]
        +I[1, 5, 2026-01-01T00:00:15]
        +I[1, 9, 2026-01-01T00:00:45]
        ~2026-01-01T00:00:19.999
        +I[1, 3, 2026-01-01T00:00:05]
        ~end
        """);
    assertThat(bids.lateRows()).isZero();
    assertThat(bids.lines().stream().map(WindowAggregateTest::brief))
        .containsExactly(
            "1, 1, 5, 1, 23:59:40, 00:00:10",
            "1, 2, 5, 1, 23:59:50, 00:00:20",
            "1, 3, 5, 2, 00:00, 00:00:30",
            "1, 1, 5, 1, 00:00:10, 00:00:40",
            "1, 1, 9, 1, 00:00:20, 00:00:50",
            "1, 1, 9, 1, 00:00:30, 00:01",
            "1, 1, 9, 1, 00:00:40, 00:01:10");
  }

  /** Without kinds, dates and window_time. */
  private static String brief(String line) {
    return line.substring(3, line.lastIndexOf(", ")).replaceAll("\\d{4}-\\d\\d-\\d\\dT", "");
  }

  @Test
  void cumulatingWindowsGrowUntilTheLargest() throws Exception {
    OperatorHarness bids = windows(CUMULATE);
    bids.feed(
        """
        +I[1, 5, 2026-01-01T00:00:05]
        ~2026-01-01T00:00:15
        +I[1, 4, 2026-01-01T00:00:08]
        +I[2, 9, 2026-01-01T00:00:25]
        +I[1, 1, 2026-01-01T00:00:31]
        ~2026-01-01T00:00:35
        +I[1, 4, 2026-01-01T00:00:08]
        ~end
        """);
    assertThat(bids.lateRows()).isEqualTo(1);
    assertThat(bids.lines().stream().map(WindowAggregateTest::brief))
        .containsExactlyInAnyOrder(
            "1, 1, 5, 1, 00:00, 00:00:10",
            "1, 2, 5, 2, 00:00, 00:00:20",
            "1, 2, 5, 2, 00:00, 00:00:30",
            "2, 1, 9, 1, 00:00, 00:00:30",
            "1, 1, 1, 1, 00:00:30, 00:00:40",
            "1, 1, 1, 1, 00:00:30, 00:00:50",
            "1, 1, 1, 1, 00:00:30, 00:01");
  }

  @Test
  void takenBackRowsLeaveNoWindow() throws Exception {
    OperatorHarness bids = windows(HOP, DataType.timestamp(3), WindowClock.plain(), true);
    bids.feed(
        """
        +I[1, 5, 2026-01-01T00:00:05]
        +I[2, 5, 2026-01-01T00:00:05]
        -D[1, 5, 2026-01-01T00:00:05]
        ~end
        """);
    assertThat(bids.lines()).hasSize(3).allMatch(line -> line.startsWith("+I[2, 1, 5, 1"));
  }

  @Test
  void offsetMovesWindows() throws Exception {
    OperatorHarness bids =
        windows(new WindowShape(Kind.TUMBLE, 10 * SECOND, 10 * SECOND, -3 * SECOND));
    bids.feed("+I[1, 5, 2026-01-01T00:00:05]\n+I[1, 5, 2026-01-01T00:00:07]\n~end");
    assertThat(bids.lines().stream().map(WindowAggregateTest::brief))
        .containsExactly("1, 1, 5, 1, 23:59:57, 00:00:07", "1, 1, 5, 1, 00:00:07, 00:00:17");
  }

  @Test
  void localTimestampsAreAlignedInTheSessionsZone() throws Exception {
    WindowShape days = new WindowShape(Kind.TUMBLE, 86_400 * SECOND, 86_400 * SECOND, 0);
    OperatorHarness bids =
        windows(
            days,
            DataType.timestampLtz(3),
            WindowClock.of(ZoneId.of("America/Los_Angeles")),
            false);
    bids.feed(
        """
        +I[1, 5, 2021-03-14T07:59:59]
        +I[1, 5, 2021-03-14T08:00:00]
        +I[1, 5, 2021-03-15T06:59:59]
        ~2021-03-15T06:59:59.998
        +I[1, 6, 2021-03-15T07:00:00]
        ~end
        """);
    assertThat(bids.lines())
        .containsExactly(
            "+I[1, 1, 5, 1, 2021-03-13T00:00, 2021-03-14T00:00, 2021-03-14T07:59:59.999Z]",
            "+I[1, 2, 5, 1, 2021-03-14T00:00, 2021-03-15T00:00, 2021-03-15T06:59:59.999Z]",
            "+I[1, 1, 6, 1, 2021-03-15T00:00, 2021-03-16T00:00, 2021-03-16T06:59:59.999Z]");
  }

  @Test
  void windowTableRepeatsARowPerWindow() throws Exception {
    RowType output =
        RowType.of(
            new Column("auction", DataType.BIGINT),
            new Column("price", DataType.INT),
            new Column("at", DataType.timestamp(3)),
            new Column("window_start", DataType.timestamp(3)),
            new Column("window_end", DataType.timestamp(3)),
            new Column("window_time", DataType.timestamp(3)));
    OperatorHarness bids =
        new OperatorHarness(
            new WindowTableOperator(HOP, WindowClock.plain(), TIME, output),
            bids(DataType.timestamp(3)),
            256);
    bids.feed("+I[1, 5, 2026-01-01T00:00:05]");
    assertThat(bids.lines().stream().map(WindowAggregateTest::brief))
        .containsExactly(
            "1, 5, 00:00:05, 23:59:40, 00:00:10",
            "1, 5, 00:00:05, 23:59:50, 00:00:20",
            "1, 5, 00:00:05, 00:00, 00:00:30");
  }

  @Test
  void allShapesAgreeWithRecomputationOverRandomRows() throws Exception {
    for (WindowShape shape : List.of(TUMBLE, HOP, CUMULATE)) {
      Random random = new Random(11);
      Map<String, Integer> expected = new TreeMap<>();
      List<long[]> rows = new ArrayList<>();
      StringBuilder feed = new StringBuilder();
      long base = RowValues.toMicros(LocalDateTime.parse("2026-01-01T00:00"));
      long latest = 0;
      for (int i = 0; i < 3_000; i++) {
        long second = i / 10 + random.nextInt(40);
        long key = random.nextInt(50);
        rows.add(new long[] {key, i % 9, second});
        latest = Math.max(latest, second);
        feed.append("+I[%d, %d, %s]%n".formatted(key, i % 9, time(base, second)));
        if (i % 100 == 99) {
          feed.append("~%s%n".formatted(time(base, i / 10)));
        }
      }
      for (long end = 10; end <= latest + 30; end += 10) {
        long start = (shape.windowStart(base + end * SECOND) - base) / SECOND;
        expect(rows, start, end, base, expected);
      }
      OperatorHarness bids = windows(shape);
      bids.feed(feed + "~end");
      assertThat(bids.lateRows()).isZero();
      assertThat(bids.folded()).as(shape.toString()).isEqualTo(expected);
    }
  }

  private static LocalDateTime time(long base, long second) {
    return RowValues.toLocalDateTime(base + second * SECOND);
  }

  private static void expect(
      List<long[]> rows, long start, long end, long base, Map<String, Integer> expected) {
    Map<Long, List<Long>> prices = new TreeMap<>();
    for (long[] row : rows) {
      if (row[2] >= start && row[2] < end) {
        prices.computeIfAbsent(row[0], absent -> new ArrayList<>()).add(row[1]);
      }
    }
    prices.forEach(
        (key, values) ->
            expected.put(
                "[%d, %d, %d, %d, %s, %s, %s]"
                    .formatted(
                        key,
                        values.size(),
                        values.stream().mapToLong(Long::longValue).max().orElseThrow(),
                        values.stream().distinct().count(),
                        time(base, start),
                        time(base, end),
                        RowValues.toLocalDateTime(base + end * SECOND - 1000)),
                1));
  }
}
