// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.join;

import static dev.millrace.spi.row.ChangeKind.DELETE;
import static dev.millrace.spi.row.ChangeKind.INSERT;
import static dev.millrace.spi.row.ChangeKind.UPDATE_AFTER;
import static dev.millrace.spi.row.ChangeKind.UPDATE_BEFORE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.runtime.kernel.JoinKernel;
import dev.millrace.runtime.operator.OperatorContext;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinOperatorTest {
  private static final int LEFT = 0;
  private static final int RIGHT = 1;
  private static final JoinKernel ALWAYS = (l, lr, r, rr) -> true;
  private static final RowType ORDERS =
      RowType.of(new Column("id", DataType.INT), new Column("item", DataType.STRING));
  private static final RowType ITEMS =
      RowType.of(new Column("item", DataType.STRING), new Column("price", DataType.decimal(30, 2)));
  private static final RowType JOINED =
      RowType.of(
          new Column("id", DataType.INT),
          new Column("item", DataType.STRING),
          new Column("item0", DataType.STRING),
          new Column("price", DataType.decimal(30, 2)));

  private final ChangelogTable out = new ChangelogTable();
  private final List<String> dead = new ArrayList<>();
  private JoinOperator join;

  @Test
  void innerJoinHandsTheChangeKindOn() throws Exception {
    inner(ALWAYS);
    left(INSERT, 1, "cup");
    right(INSERT, "cup", "2.50");
    right(UPDATE_BEFORE, "cup", "2.50");
    right(UPDATE_AFTER, "cup", "3.00");
    left(DELETE, 1, "cup");
    assertThat(out.lines())
        .containsExactly(
            "+I[1, cup, cup, 2.50]",
            "-U[1, cup, cup, 2.50]",
            "+U[1, cup, cup, 3.00]",
            "-D[1, cup, cup, 3.00]");
  }

  @Test
  void leftJoinPadsUntilTheFirstMatchAndAfterTheLast() throws Exception {
    leftOuter(ALWAYS);
    left(INSERT, 1, "cup");
    right(INSERT, "cup", "2.50");
    right(INSERT, "cup", "2.75");
    right(DELETE, "cup", "2.50");
    right(UPDATE_BEFORE, "cup", "2.75");
    left(DELETE, 1, "cup");
    assertThat(out.lines())
        .containsExactly(
            "+I[1, cup, null, null]",
            "-D[1, cup, null, null]",
            "+I[1, cup, cup, 2.50]",
            "+I[1, cup, cup, 2.75]",
            "-D[1, cup, cup, 2.50]",
            "-U[1, cup, cup, 2.75]",
            "+I[1, cup, null, null]",
            "-D[1, cup, null, null]");
    assertThat(join.stateRows()).isZero();
  }

  @Test
  void aLeftRowCountsTheMatchesItFound() throws Exception {
    leftOuter(ALWAYS);
    right(INSERT, "cup", "1.00");
    right(INSERT, "cup", "2.00");
    left(UPDATE_AFTER, 1, "cup");
    right(DELETE, "cup", "1.00");
    assertThat(out.lines()).hasSize(3).doesNotContain("+I[1, cup, null, null]");
    right(DELETE, "cup", "2.00");
    assertThat(out.folded()).containsOnlyKeys("[1, cup, null, null]");
  }

  @Test
  void nullKeysMatchNothingAndAreNotKept() throws Exception {
    leftOuter(ALWAYS);
    right(INSERT, null, "1.00");
    left(INSERT, 1, null);
    left(DELETE, 1, null);
    assertThat(out.lines()).containsExactly("+I[1, null, null, null]", "-D[1, null, null, null]");
    assertThat(join.stateRows()).isZero();
  }

  @Test
  void innerJoinDropsNullKeys() throws Exception {
    inner(ALWAYS);
    right(INSERT, null, "1.00");
    left(INSERT, 1, null);
    assertThat(out.lines()).isEmpty();
  }

  @Test
  void equalRowsAreCountedOneByOne() throws Exception {
    leftOuter(ALWAYS);
    left(INSERT, 1, "cup");
    left(INSERT, 1, "cup");
    right(INSERT, "cup", "1.00");
    right(INSERT, "cup", "1.00");
    assertThat(out.folded()).containsEntry("[1, cup, cup, 1.00]", 4).hasSize(1);
    left(DELETE, 1, "cup");
    right(DELETE, "cup", "1.00");
    assertThat(out.folded()).containsEntry("[1, cup, cup, 1.00]", 1).hasSize(1);
    right(DELETE, "cup", "1.00");
    assertThat(out.folded()).containsEntry("[1, cup, null, null]", 1).hasSize(1);
  }

  @Test
  void aPairThatFailsTheConditionIsNoMatch() throws Exception {
    leftOuter((l, lr, r, rr) -> r.getDecimal(rr, 1).compareTo(BigDecimal.ONE) > 0);
    left(INSERT, 1, "cup");
    right(INSERT, "cup", "0.50");
    right(INSERT, "cup", "1.50");
    assertThat(out.folded()).containsOnlyKeys("[1, cup, cup, 1.50]");
    right(DELETE, "cup", "0.50");
    right(DELETE, "cup", "1.50");
    assertThat(out.folded()).containsOnlyKeys("[1, cup, null, null]");
  }

  @Test
  void withoutKeysTheConditionAloneDecides() throws Exception {
    join =
        JoinOperator.inner(
            new JoinInput(ORDERS),
            new JoinInput(ITEMS),
            JOINED,
            (l, lr, r, rr) -> l.getString(lr, 1).compareTo(r.getString(rr, 0)) < 0);
    join.open(context());
    left(INSERT, 1, "a");
    left(INSERT, 2, "c");
    right(INSERT, "b", "1.00");
    assertThat(out.lines()).containsExactly("+I[1, a, b, 1.00]");
  }

  @Test
  void decimalsBeyondLongAreKeptExactly() throws Exception {
    inner(ALWAYS);
    String wide = "1234567890123456789012345678.99";
    right(INSERT, "cup", wide);
    right(DELETE, "cup", "-1.00");
    left(INSERT, 1, "cup");
    assertThat(out.lines()).containsExactly("+I[1, cup, cup, " + wide + "]");
    right(DELETE, "cup", wide);
    left(DELETE, 1, "cup");
    assertThat(join.stateRows()).isZero();
  }

  @Test
  void aRowWhoseConditionFailsIsDeadAndLeavesNoTrace() throws Exception {
    inner(
        (l, lr, r, rr) -> {
          throw new ArithmeticException("division by zero");
        });
    left(INSERT, 1, "cup");
    right(INSERT, "cup", "1.00");
    assertThat(dead).containsExactly("+I[cup, 1.00] division by zero");
    assertThat(out.lines()).isEmpty();
    assertThat(join.stateRows()).isEqualTo(1);
  }

  @Test
  void moreMatchesThanABatchHolds() throws Exception {
    inner(ALWAYS);
    for (int i = 0; i < 1000; i++) {
      left(INSERT, i, "cup");
    }
    right(INSERT, "cup", "1.00");
    assertThat(out.folded()).hasSize(1000).containsKey("[999, cup, cup, 1.00]");
    for (int i = 0; i < 1000; i++) {
      left(DELETE, i, "cup");
    }
    right(DELETE, "cup", "1.00");
    assertThat(out.folded()).isEmpty();
    assertThat(join.stateRows()).isZero();
  }

  private void inner(JoinKernel condition) throws Exception {
    join = JoinOperator.inner(new JoinInput(ORDERS, 1), new JoinInput(ITEMS, 0), JOINED, condition);
    join.open(context());
  }

  private void leftOuter(JoinKernel condition) throws Exception {
    join = JoinOperator.left(new JoinInput(ORDERS, 1), new JoinInput(ITEMS, 0), JOINED, condition);
    join.open(context());
  }

  private OperatorContext context() {
    return new OperatorContext() {
      @Override
      public void late(long rows) {
        throw new AssertionError("a join has no late rows");
      }

      @Override
      public void deadLetter(RowBatch batch, int row, Exception cause) {
        dead.add(batch.rowToString(row) + " " + cause.getMessage());
      }
    };
  }

  private void left(ChangeKind kind, Integer id, String item) throws Exception {
    RowBatch batch = new RowBatch(ORDERS, 1);
    ChangelogTable.append(batch, kind, id, item);
    join.rows(LEFT, batch, out);
  }

  private void right(ChangeKind kind, String item, String price) throws Exception {
    RowBatch batch = new RowBatch(ITEMS, 1);
    ChangelogTable.append(batch, kind, item, new BigDecimal(price));
    join.rows(RIGHT, batch, out);
  }
}
