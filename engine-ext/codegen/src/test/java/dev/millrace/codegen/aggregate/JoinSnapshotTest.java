// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.runtime.kernel.JoinKernel;
import dev.millrace.runtime.operator.Operator;
import dev.millrace.runtime.operator.WatermarkOperator;
import dev.millrace.runtime.operator.join.JoinInput;
import dev.millrace.runtime.operator.join.JoinOperator;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Joins and watermarks that go into a snapshot and out of it after every batch. */
class JoinSnapshotTest {
  private static final RowType SIDE =
      RowType.of(
          new Column("k", DataType.BIGINT),
          new Column("s", DataType.STRING),
          new Column("v", DataType.INT));
  private static final RowType JOINED =
      new RowType(Stream.concat(SIDE.columns().stream(), SIDE.columns().stream()).toList());
  private static final JoinKernel CONDITION =
      (l, lr, r, rr) -> !l.isNull(lr, 2) && !r.isNull(rr, 2) && l.getInt(lr, 2) <= r.getInt(rr, 2);

  private static Supplier<Operator> join(boolean outer) {
    JoinInput input = new JoinInput(SIDE, 0);
    return () ->
        outer
            ? JoinOperator.left(input, input, JOINED, CONDITION)
            : JoinOperator.inner(input, input, JOINED, CONDITION);
  }

  /** The same random changelog for the same seed. Some rows taken back were never there. */
  private static List<String> run(Operator operator, int batchRows, long seed) throws Exception {
    Random random = new Random(seed);
    OperatorHarness out = new OperatorHarness(operator, SIDE, batchRows);
    List<List<Object[]>> there = List.of(new ArrayList<>(), new ArrayList<>());
    for (int step = 0; step < 300; step++) {
      int side = random.nextInt(2);
      RowBatch batch = new RowBatch(SIDE, batchRows);
      while (!batch.isFull()) {
        change(batch, there.get(side), random);
      }
      operator.rows(side, batch, out);
    }
    return out.lines();
  }

  private static void change(RowBatch batch, List<Object[]> there, Random random) {
    Object[] cells;
    ChangeKind kind = ChangeKind.INSERT;
    if (!there.isEmpty() && (random.nextInt(10) < 4 || there.size() > 60)) {
      kind = ChangeKind.DELETE;
      cells = there.remove(random.nextInt(there.size()));
    } else {
      cells =
          new Object[] {
            random.nextInt(12) == 0 ? null : (long) random.nextInt(4),
            random.nextInt(12) == 0 ? null : "s" + random.nextInt(2),
            random.nextInt(12) == 0 ? null : (long) random.nextInt(3)
          };
      kind = random.nextInt(40) == 0 ? ChangeKind.DELETE : kind;
      if (kind == ChangeKind.INSERT) {
        there.add(cells);
      }
    }
    int row = batch.add(kind);
    for (int column = 0; column < cells.length; column++) {
      RowValues.set(batch, row, column, cells[column]);
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 1, 1", "false, 9, 2", "true, 1, 3", "true, 9, 4"})
  void joinsGoOnFromASnapshotAfterEveryBatch(boolean outer, int batchRows, long seed)
      throws Exception {
    assertThat(run(new RestartedOperator(join(outer), false), batchRows, seed))
        .isEqualTo(run(join(outer).get(), batchRows, seed))
        .hasSizeGreaterThan(100);
  }

  @Test
  void watermarksGoOnFromASnapshotAfterEveryBatch() throws Exception {
    RowType type = RowType.of(new Column("at", DataType.timestamp(3)));
    Supplier<Operator> factory =
        () ->
            new WatermarkOperator(
                (in, micros) -> System.arraycopy(in.words(0), 0, micros, 0, in.size()),
                type,
                0,
                200_000,
                true);
    assertThat(watermarks(new RestartedOperator(factory), type))
        .isEqualTo(watermarks(factory.get(), type))
        .hasSizeGreaterThan(20);
  }

  private static List<Long> watermarks(Operator operator, RowType type) throws Exception {
    Random random = new Random(5);
    List<Long> watermarks = new ArrayList<>();
    OperatorHarness out = new OperatorHarness(operator, type, 4, watermarks::add);
    RowBatch batch = new RowBatch(type, 4);
    for (int i = 0; i < 400; i++) {
      batch.add(ChangeKind.INSERT);
      batch.setLong(batch.size() - 1, 0, i * 50_000L + random.nextInt(500_000));
      if (batch.isFull()) {
        operator.rows(0, batch, out);
        batch.clear();
      }
      if (random.nextInt(20) == 0) {
        operator.pause(out);
      }
    }
    return watermarks;
  }
}
