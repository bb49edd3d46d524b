// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.runtime.kernel.KernelContext;
import dev.millrace.runtime.operator.Operator;
import dev.millrace.runtime.operator.OperatorContext;
import dev.millrace.runtime.operator.Output;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code SELECT b, 100 / a, a, b FROM t}. */
class ProjectionsTest {
  private static final DataType INT = DataType.INT;
  private static final RowType IN =
      RowType.of(new Column("a", INT), new Column("b", DataType.STRING));
  private static final Expression A = new Expression.Input(0, INT);
  private static final Expression B = new Expression.Input(1, DataType.STRING);

  private final List<String> rows = new ArrayList<>();
  private final List<Integer> dead = new ArrayList<>();
  private RowBatch shown;
  private final Output out =
      new Output() {
        @Override
        public void rows(RowBatch batch) {
          shown = batch;
          for (int row = 0; row < batch.size(); row++) {
            rows.add(batch.rowToString(row));
          }
        }

        @Override
        public void watermark(long micros) {}
      };

  private Operator operator() throws Exception {
    Expression quotient =
        new Expression.Call(Function.DIVIDE, List.of(new Expression.Literal(100, INT), A), INT);
    RowType type =
        RowType.of(
            new Column("x", DataType.STRING),
            new Column("q", INT),
            new Column("a", INT),
            new Column("y", DataType.STRING));
    PlanNode values = new PlanNode.Values(List.of(), IN);
    Operator operator =
        new Projections(
                new PlanNode.Calc(values, Optional.empty(), List.of(B, quotient, A, B), type))
            .operator(new KernelContext(Clock.systemUTC(), ZoneOffset.UTC));
    operator.open(
        new OperatorContext() {
          @Override
          public void late(long count) {
            throw new AssertionError("nothing is late here");
          }

          @Override
          public void deadLetter(RowBatch batch, int row, Exception cause) {
            dead.add(batch.getInt(row, 0));
            assertThat(cause).hasMessageContaining("zero");
          }
        });
    return operator;
  }

  private static RowBatch batch(Integer... values) {
    RowBatch batch = new RowBatch(IN);
    for (Integer value : values) {
      int row = batch.add(value == null ? ChangeKind.DELETE : ChangeKind.INSERT);
      RowValues.set(batch, row, 0, value);
      RowValues.set(batch, row, 1, "b" + value);
    }
    return batch;
  }

  @Test
  void columnsHandedThroughAreTheInputsOwn() throws Exception {
    Operator operator = operator();
    RowBatch in = batch(4, null, 10);
    operator.rows(0, in, out);
    assertThat(rows)
        .containsExactly(
            "+I[b4, 25, 4, b4]", "-D[bnull, null, null, bnull]", "+I[b10, 10, 10, b10]");
    assertThat(shown.refs(0)).isSameAs(in.refs(1)).isSameAs(shown.refs(3));
    assertThat(shown.words(2)).isSameAs(in.words(0));
    rows.clear();
    operator.rows(0, batch(5), out);
    assertThat(rows).containsExactly("+I[b5, 20, 5, b5]");
  }

  @Test
  void whatABatchShowsNeverChangesPlace() throws Exception {
    Operator operator = operator();
    RowBatch first = batch(4, 5);
    operator.rows(0, first, out);
    RowBatch shownFirst = shown;
    for (int i = 0; i < 100; i++) {
      operator.rows(0, batch(10), out);
      assertThat(shown.words(2)[0]).isEqualTo(10);
    }
    assertThat(shownFirst.words(2)).isSameAs(first.words(0));
    rows.clear();
    operator.rows(0, first, out);
    assertThat(rows).containsExactly("+I[b4, 25, 4, b4]", "+I[b5, 20, 5, b5]");
  }

  @Test
  void rowsThatFailAreLeftOutAndTheOthersKeepTheirOwnColumns() throws Exception {
    Operator operator = operator();
    operator.rows(0, batch(0, 4, 0, 0, 10, null, 0), out);
    operator.rows(0, batch(0), out);
    operator.rows(0, batch(1, 2), out);
    assertThat(rows)
        .containsExactly(
            "+I[b4, 25, 4, b4]",
            "+I[b10, 10, 10, b10]",
            "-D[bnull, null, null, bnull]",
            "+I[b1, 100, 1, b1]",
            "+I[b2, 50, 2, b2]");
    assertThat(dead).containsExactly(0, 0, 0, 0, 0);
  }
}
