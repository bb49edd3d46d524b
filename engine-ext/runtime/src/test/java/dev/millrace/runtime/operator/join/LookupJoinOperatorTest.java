// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.runtime.kernel.JoinKernel;
import dev.millrace.runtime.operator.OperatorContext;
import dev.millrace.spi.connector.RowLookup;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookupJoinOperatorTest {
  private static final JoinKernel ALWAYS = (l, lr, r, rr) -> true;
  private static final RowType LEFT =
      RowType.of(new Column("id", DataType.INT), new Column("item", DataType.STRING));
  private static final RowType TABLE =
      RowType.of(new Column("item", DataType.STRING), new Column("qty", DataType.BIGINT));
  private static final RowType JOINED =
      RowType.of(
          new Column("id", DataType.INT),
          new Column("item", DataType.STRING),
          new Column("item0", DataType.STRING),
          new Column("qty", DataType.BIGINT));

  private final ChangelogTable out = new ChangelogTable();
  private final List<String> dead = new ArrayList<>();
  private final Stock stock = new Stock();

  /** A table that knows cups twice and mugs once, and must never be asked for NULL. */
  private static final class Stock implements RowLookup {
    private final Map<String, List<Object[]>> rows =
        Map.of(
            "cup", List.of(new Object[] {"cup", 1L}, new Object[] {"cup", 2L}),
            "mug", List.<Object[]>of(new Object[] {"mug", null}));
    private boolean closed;

    @Override
    public Iterable<Object[]> lookup(RowBatch keys, int row) {
      assertThat(keys.isNull(row, 0)).isFalse();
      return rows.getOrDefault(keys.getString(row, 0), List.of());
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void innerJoinEmitsARowPerMatchWithTheLeftChangeKind() throws Exception {
    run(LookupJoinOperator.inner(new JoinInput(LEFT, 1), TABLE, JOINED, ALWAYS, () -> stock));
    assertThat(out.lines())
        .containsExactly("+I[1, cup, cup, 1]", "+I[1, cup, cup, 2]", "-D[4, mug, mug, null]");
    assertThat(stock.closed).isTrue();
  }

  @Test
  void leftJoinPadsWhatIsNotFoundAndNullKeys() throws Exception {
    run(LookupJoinOperator.left(new JoinInput(LEFT, 1), TABLE, JOINED, ALWAYS, () -> stock));
    assertThat(out.lines())
        .containsExactly(
            "+I[1, cup, cup, 1]",
            "+I[1, cup, cup, 2]",
            "+I[2, jug, null, null]",
            "+I[3, null, null, null]",
            "-D[4, mug, mug, null]");
  }

  @Test
  void leftJoinPadsWhatFailsTheCondition() throws Exception {
    JoinKernel two = (l, lr, r, rr) -> !r.isNull(rr, 1) && r.getLong(rr, 1) == 2;
    run(LookupJoinOperator.left(new JoinInput(LEFT, 1), TABLE, JOINED, two, () -> stock));
    assertThat(out.lines())
        .contains("+I[1, cup, cup, 2]", "-D[4, mug, null, null]")
        .doesNotContain("+I[1, cup, cup, 1]");
  }

  @Test
  void aRowWhoseConditionFailsIsDeadAsAWhole() throws Exception {
    JoinKernel failing =
        (l, lr, r, rr) -> {
          if (!r.isNull(rr, 1) && r.getLong(rr, 1) == 2) {
            throw new ArithmeticException("overflow");
          }
          return true;
        };
    run(LookupJoinOperator.inner(new JoinInput(LEFT, 1), TABLE, JOINED, failing, () -> stock));
    assertThat(dead).containsExactly("+I[1, cup] overflow");
    assertThat(out.lines()).containsExactly("-D[4, mug, mug, null]");
  }

  private void run(LookupJoinOperator join) throws Exception {
    RowBatch batch = new RowBatch(LEFT);
    ChangelogTable.append(batch, ChangeKind.INSERT, 1, "cup");
    ChangelogTable.append(batch, ChangeKind.INSERT, 2, "jug");
    ChangelogTable.append(batch, ChangeKind.INSERT, 3, null);
    ChangelogTable.append(batch, ChangeKind.DELETE, 4, "mug");
    join.open(
        new OperatorContext() {
          @Override
          public void late(long rows) {
            throw new AssertionError("a join has no late rows");
          }

          @Override
          public void deadLetter(RowBatch rows, int row, Exception cause) {
            dead.add(rows.rowToString(row) + " " + cause.getMessage());
          }
        });
    join.rows(0, batch, out);
    join.close();
  }
}
