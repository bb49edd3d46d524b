// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.runtime.kernel.JoinKernel;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random changelogs on both inputs; after every batch the folded output equals a nested loop over
 * the tables as they are then.
 */
class JoinRecomputeTest {
  private static final RowType SIDE =
      RowType.of(
          new Column("k", DataType.BIGINT),
          new Column("s", DataType.STRING),
          new Column("v", DataType.INT));
  private static final RowType JOINED =
      RowType.of(
          new Column("k", DataType.BIGINT),
          new Column("s", DataType.STRING),
          new Column("v", DataType.INT),
          new Column("k0", DataType.BIGINT),
          new Column("s0", DataType.STRING),
          new Column("v0", DataType.INT));
  private static final JoinKernel CONDITION =
      (l, lr, r, rr) -> !l.isNull(lr, 2) && !r.isNull(rr, 2) && l.getInt(lr, 2) <= r.getInt(rr, 2);

  private record Row(Long k, String s, Integer v) {
    @Override
    public String toString() {
      return k + ", " + s + ", " + v;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, 1, 1",
    "false, 64, 2",
    "true, 1, 3",
    "true, 64, 4",
    "true, 256, 5",
    "false, 256, 6"
  })
  void outputFoldsToANestedLoopOverTheTables(boolean outer, int batchRows, long seed)
      throws Exception {
    Random random = new Random(seed);
    JoinInput input = new JoinInput(SIDE, 0, 1);
    JoinOperator join =
        outer
            ? JoinOperator.left(input, input, JOINED, CONDITION)
            : JoinOperator.inner(input, input, JOINED, CONDITION);
    List<List<Row>> tables = List.of(new ArrayList<>(), new ArrayList<>());
    ChangelogTable out = new ChangelogTable();
    for (int step = 0; step < 600; step++) {
      int side = random.nextInt(2);
      join.rows(side, changes(tables.get(side), batchRows, step > 400, random), out);
      if (batchRows > 1 || step % 7 == 0) {
        assertThat(out.folded()).isEqualTo(nestedLoop(tables.get(0), tables.get(1), outer));
      }
    }
    drain(join, tables, out);
    assertThat(out.folded()).isEmpty();
    assertThat(join.stateRows()).isZero();
  }

  private static RowBatch changes(
      List<Row> table, int batchRows, boolean shrinking, Random random) {
    RowBatch batch = new RowBatch(SIDE, batchRows);
    while (batch.size() < batchRows) {
      boolean remove = !table.isEmpty() && random.nextInt(10) < (shrinking ? 6 : 4);
      if (remove || table.size() > 150) {
        Row row = table.remove(random.nextInt(table.size()));
        append(batch, random.nextBoolean() ? ChangeKind.DELETE : ChangeKind.UPDATE_BEFORE, row);
      } else {
        Row row = randomRow(random);
        table.add(row);
        append(batch, random.nextBoolean() ? ChangeKind.INSERT : ChangeKind.UPDATE_AFTER, row);
      }
    }
    return batch;
  }

  private static Row randomRow(Random random) {
    return new Row(
        random.nextInt(12) == 0 ? null : (long) random.nextInt(9),
        random.nextInt(12) == 0 ? null : "s" + random.nextInt(2),
        random.nextInt(12) == 0 ? null : random.nextInt(4));
  }

  private static void append(RowBatch batch, ChangeKind kind, Row row) {
    ChangelogTable.append(batch, kind, row.k(), row.s(), row.v());
  }

  private static void drain(JoinOperator join, List<List<Row>> tables, ChangelogTable out)
      throws Exception {
    for (int side = 0; side < 2; side++) {
      for (Row row : tables.get(side)) {
        RowBatch batch = new RowBatch(SIDE, 1);
        append(batch, ChangeKind.DELETE, row);
        join.rows(side, batch, out);
      }
    }
  }

  private static Map<String, Integer> nestedLoop(List<Row> left, List<Row> right, boolean outer) {
    Map<String, Integer> result = new TreeMap<>();
    for (Row l : left) {
      boolean matched = false;
      for (Row r : right) {
        if (joins(l, r)) {
          result.merge("[" + l + ", " + r + "]", 1, Integer::sum);
          matched = true;
        }
      }
      if (outer && !matched) {
        result.merge("[" + l + ", null, null, null]", 1, Integer::sum);
      }
    }
    return result;
  }

  private static boolean joins(Row l, Row r) {
    return l.k() != null
        && l.s() != null
        && Objects.equals(l.k(), r.k())
        && Objects.equals(l.s(), r.s())
        && l.v() != null
        && r.v() != null
        && l.v() <= r.v();
  }
}
