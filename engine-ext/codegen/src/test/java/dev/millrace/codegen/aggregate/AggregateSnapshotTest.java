// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plan.expression.AggregateCall;
import dev.millrace.plan.expression.AggregateFunction;
import dev.millrace.runtime.operator.GroupAggregateOperator;
import dev.millrace.runtime.operator.Operator;
import dev.millrace.runtime.operator.window.WindowAggregateOperator;
import dev.millrace.runtime.operator.window.WindowClock;
import dev.millrace.runtime.operator.window.WindowProperty;
import dev.millrace.runtime.operator.window.WindowShape;
import dev.millrace.runtime.operator.window.WindowShape.Kind;
import dev.millrace.runtime.state.Snapshot;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** State that goes into a snapshot and out of it after every batch changes nothing. */
class AggregateSnapshotTest {
  private static final long SECOND = 1_000_000;
  private static final int TIME = 7;
  private static final RowType INPUT =
      row(
          DataType.STRING,
          DataType.INT,
          DataType.decimal(10, 2),
          DataType.DOUBLE,
          DataType.BOOLEAN,
          DataType.decimal(38, 2),
          DataType.FLOAT,
          DataType.timestamp(3));

  private static RowType row(DataType... types) {
    List<Column> columns = new ArrayList<>();
    for (DataType type : types) {
      columns.add(new Column("c" + columns.size(), type));
    }
    return new RowType(columns);
  }

  /** Every function over every type it takes, also DISTINCT. */
  private static List<AggregateCall> calls() {
    List<AggregateCall> calls = new ArrayList<>();
    calls.add(new AggregateCall(AggregateFunction.COUNT, List.of(), false, -1, DataType.BIGINT));
    for (boolean distinct : new boolean[] {false, true}) {
      for (int column = 0; column < TIME; column++) {
        DataType type = INPUT.type(column);
        add(calls, AggregateFunction.COUNT, column, distinct, DataType.BIGINT);
        add(calls, AggregateFunction.FIRST_VALUE, column, distinct, type);
        add(calls, AggregateFunction.LAST_VALUE, column, distinct, type);
        if (column != 4) {
          add(calls, AggregateFunction.MIN, column, distinct, type);
          add(calls, AggregateFunction.MAX, column, distinct, type);
        }
      }
      add(calls, AggregateFunction.SUM, 1, distinct, DataType.INT);
      add(calls, AggregateFunction.SUM, 2, distinct, DataType.decimal(38, 2));
      add(calls, AggregateFunction.SUM, 5, distinct, DataType.decimal(38, 2));
      add(calls, AggregateFunction.AVG, 3, distinct, DataType.DOUBLE);
      add(calls, AggregateFunction.STDDEV_POP, 3, distinct, DataType.DOUBLE);
      add(calls, AggregateFunction.LISTAGG, 0, distinct, DataType.STRING);
    }
    return calls;
  }

  private static void add(
      List<AggregateCall> calls,
      AggregateFunction function,
      int column,
      boolean distinct,
      DataType type) {
    calls.add(new AggregateCall(function, List.of(column), distinct, -1, type));
  }

  private static RowType output(List<AggregateCall> calls, DataType... more) {
    List<DataType> types = new ArrayList<>(List.of(DataType.STRING, DataType.INT));
    calls.forEach(call -> types.add(call.type()));
    types.addAll(List.of(more));
    return row(types.toArray(DataType[]::new));
  }

  private static Supplier<Operator> groups(boolean retracting) {
    List<AggregateCall> calls = calls();
    return () ->
        new GroupAggregateOperator(
            AggregateCompiler.table(INPUT, List.of(0, 1), calls, output(calls), retracting),
            output(calls));
  }

  private static Supplier<Operator> windows(Kind kind, WindowClock clock) {
    List<AggregateCall> calls = calls();
    RowType output =
        output(calls, DataType.timestamp(3), DataType.timestamp(3), DataType.timestamp(3));
    WindowShape shape =
        new WindowShape(kind, 30 * SECOND, (kind == Kind.TUMBLE ? 30 : 10) * SECOND, 0);
    return () ->
        new WindowAggregateOperator(
            shape,
            clock,
            TIME,
            AggregateCompiler.table(INPUT, List.of(0, 1), calls, output, false),
            WindowProperty.values(),
            output);
  }

  private static String cells(Random random) {
    String name =
        random.nextInt(8) == 0
            ? "null"
            : "ab\u00e9\uD83D\uDE00".substring(0, 1 + random.nextInt(4));
    return "%s, %s, %d.%02d, %s, %s, %s, %s"
        .formatted(
            name,
            random.nextInt(6) == 0 ? "null" : Integer.toString(random.nextInt(3)),
            random.nextInt(50) - 20,
            random.nextInt(100),
            random.nextInt(6) == 0 ? "null" : Double.toString(random.nextGaussian()),
            random.nextBoolean(),
            random.nextInt(4) == 0
                ? "12345678901234567890123456789012345.67"
                : random.nextInt() + ".25",
            random.nextInt(6) == 0 ? "null" : Float.toString(random.nextFloat()));
  }

  private static String changelog(Random random, int rows, boolean retracting) {
    StringBuilder text = new StringBuilder();
    List<String> there = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      if (retracting && !there.isEmpty() && random.nextInt(5) < 2) {
        text.append("-D[").append(there.remove(random.nextInt(there.size()))).append("]\n");
      } else {
        String row = cells(random) + ", 2026-01-01T00:00:00";
        there.add(row);
        text.append("+I[").append(row).append("]\n");
      }
    }
    return text.toString();
  }

  private static String timedRows(Random random, int rows) {
    StringBuilder text = new StringBuilder();
    LocalDateTime start = LocalDateTime.parse("2026-03-29T00:59:00");
    for (int i = 0; i < rows; i++) {
      LocalDateTime now = start.plusSeconds(i / 2);
      if (random.nextInt(5) == 0) {
        text.append('~').append(now.minusSeconds(8)).append('\n');
      } else {
        LocalDateTime at = now.minusSeconds(random.nextInt(20));
        text.append("+I[").append(cells(random)).append(", ").append(at).append("]\n");
      }
    }
    return text.append("~end").toString();
  }

  private static List<String> run(Operator operator, String changelog, int perBatch)
      throws Exception {
    OperatorHarness harness = new OperatorHarness(operator, INPUT, perBatch);
    harness.feed(changelog);
    List<String> all = new ArrayList<>(harness.lines());
    all.add("late " + harness.lateRows());
    return all;
  }

  @ParameterizedTest
  @CsvSource({"false, 1, 1", "false, 7, 2", "true, 1, 3", "true, 7, 4"})
  void groupsGoOnFromASnapshotAfterEveryBatch(boolean retracting, int perBatch, long seed)
      throws Exception {
    String changelog = changelog(new Random(seed), 150, retracting);
    Supplier<Operator> groups = groups(retracting);
    assertThat(run(new RestartedOperator(groups), changelog, perBatch))
        .isEqualTo(run(groups.get(), changelog, perBatch));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void windowsGoOnFromASnapshotAfterEveryBatch(Kind kind) throws Exception {
    for (WindowClock clock :
        List.of(WindowClock.plain(), WindowClock.of(ZoneId.of("Europe/Berlin")))) {
      String rows = timedRows(new Random(kind.ordinal()), 300);
      Supplier<Operator> windows = windows(kind, clock);
      assertThat(run(new RestartedOperator(windows), rows, 3))
          .isEqualTo(run(windows.get(), rows, 3))
          .hasSizeGreaterThan(10);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aSnapshotWithAnyByteChangedIsRefusedByName(Kind kind) throws Exception {
    RestartedOperator windows = new RestartedOperator(windows(kind, WindowClock.plain()));
    String rows = timedRows(new Random(9), 40);
    run(windows, rows.substring(0, rows.indexOf("~end")), 5);
    byte[] good = windows.snapshot();
    for (int at = 0; at < good.length; at += 1 + good.length / 50) {
      byte[] bad = good.clone();
      bad[at] ^= 0x40;
      assertThatThrownBy(() -> windows.restored(bad))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("damaged");
    }
  }

  /** One that was made by hand, with a checksum that fits. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void aHostileSnapshotIsRefusedByNameOrHarmless(Kind kind) throws Exception {
    RestartedOperator windows = new RestartedOperator(windows(kind, WindowClock.plain()));
    String rows = timedRows(new Random(10), 40);
    OperatorHarness harness = new OperatorHarness(windows, INPUT, 5);
    harness.feed(rows.substring(0, rows.indexOf("~end")));
    byte[] good = windows.snapshot();
    Random random = new Random(11);
    int refused = 0;
    for (int attempt = 0; attempt < 400; attempt++) {
      byte[] bad = good.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        bad[random.nextInt(bad.length - Integer.BYTES)] = (byte) random.nextInt();
      }
      try {
        windows.restored(sealed(bad)).watermark(Long.MAX_VALUE, harness);
      } catch (MillraceException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private static byte[] sealed(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - Integer.BYTES);
    ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, (int) checksum.getValue());
    return bytes;
  }

  @Test
  void aStateBeyondItsLimitIsANamedError() throws Exception {
    Operator groups = groups(false).get();
    new OperatorHarness(groups, INPUT, 7).feed(changelog(new Random(12), 50, false));
    assertThatThrownBy(() -> Snapshot.write(Map.of(), Map.of("it", (Stateful) groups), 1000))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("millrace.max-state-bytes");
  }
}
