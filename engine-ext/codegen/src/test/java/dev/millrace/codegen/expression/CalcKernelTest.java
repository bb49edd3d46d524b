// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import static dev.millrace.codegen.expression.Evaluation.add;
import static dev.millrace.codegen.expression.Evaluation.call;
import static dev.millrace.codegen.expression.Evaluation.cast;
import static dev.millrace.codegen.expression.Evaluation.input;
import static dev.millrace.codegen.expression.Evaluation.literal;
import static dev.millrace.codegen.expression.Evaluation.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.runtime.kernel.CalcKernel;
import dev.millrace.runtime.kernel.JoinKernel;
import dev.millrace.runtime.kernel.WatermarkKernel;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CalcKernelTest {
  private static final DataType MONEY = DataType.decimal(10, 2);
  private static final DataType WIDE = DataType.decimal(23, 3);

  @Test
  void columnsAreHandedThroughInAnyOrderWithTheirKinds() {
    RowType in = row(DataType.INT, DataType.STRING, WIDE);
    RowBatch rows = new RowBatch(in);
    add(rows, 1, "a", new BigDecimal("12345678901234567890.123"));
    add(rows, null, null, null);
    rows.kinds()[1] = (byte) ChangeKind.DELETE.ordinal();
    List<Expression> projections =
        List.of(input(2, WIDE), input(1, DataType.STRING), input(0, DataType.INT));

    assertThat(run(in, null, projections, rows))
        .isEqualTo(
            """
            +I[12345678901234567890.123, a, 1]
            -D[null, null, null]
            """);
  }

  @Test
  void rowsForWhichTheConditionIsNotTrueAreLeftOut() {
    RowType in = row(DataType.BIGINT, DataType.INT.notNull());
    RowBatch rows = new RowBatch(in);
    add(rows, 123L, 1);
    add(rows, 124L, 2);
    add(rows, null, 3);
    add(rows, 246L, 4);
    Expression mod =
        call(Function.MOD, DataType.INT, input(0, DataType.BIGINT), literal(123, DataType.INT));
    Expression condition = call(Function.EQUALS, DataType.BOOLEAN, mod, literal(0, DataType.INT));

    assertThat(run(in, condition, List.of(input(0, DataType.BIGINT), mod), rows))
        .isEqualTo("+I[123, 0]\n+I[246, 0]\n");
  }

  @Test
  void afterAFailedRowTheCallerGoesOnBehindIt() {
    RowType in = row(DataType.INT, DataType.STRING);
    RowBatch rows = new RowBatch(in);
    add(rows, 1, "a");
    add(rows, 0, "b");
    add(rows, 2, "c");
    Expression quotient =
        call(Function.DIVIDE, DataType.INT, literal(10, DataType.INT), input(0, DataType.INT));
    List<Expression> projections = List.of(input(1, DataType.STRING), quotient);
    RowBatch out = new RowBatch(row(projections));
    CalcKernel kernel =
        ExpressionCompiler.calc(in, Optional.empty(), projections, out.type(), Evaluation.CONTEXT);

    assertThatThrownBy(() -> kernel.apply(rows, 0, out))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DATA));
    assertThat(kernel.row()).isEqualTo(1);
    kernel.apply(rows, kernel.row() + 1, out);
    assertThat(out).hasToString("+I[a, 10]\n+I[c, 5]\n");
  }

  @Test
  void branchesNotTakenAreNotEvaluated() {
    RowType in = row(DataType.INT);
    RowBatch rows = new RowBatch(in);
    add(rows, 0);
    add(rows, 5);
    add(rows, (Object) null);
    Expression a = input(0, DataType.INT);
    Expression quotient = call(Function.DIVIDE, DataType.INT, literal(10, DataType.INT), a);
    Expression isZero = call(Function.EQUALS, DataType.BOOLEAN, a, literal(0, DataType.INT));
    Expression guarded =
        new Expression.Case(
            List.of(isZero), List.of(literal(-1, DataType.INT)), quotient, DataType.INT);
    Expression or =
        call(
            Function.OR,
            DataType.BOOLEAN,
            isZero,
            call(Function.GREATER, DataType.BOOLEAN, quotient, literal(1, DataType.INT)));

    assertThat(run(in, null, List.of(guarded, or), rows))
        .isEqualTo("+I[-1, true]\n+I[2, true]\n+I[null, null]\n");
  }

  @Test
  void logicIsThreeValued() {
    RowType in = row(DataType.BOOLEAN, DataType.BOOLEAN);
    RowBatch rows = new RowBatch(in);
    Boolean[] values = {true, false, null};
    StringBuilder expected = new StringBuilder();
    for (Boolean a : values) {
      for (Boolean b : values) {
        add(rows, a, b);
        Boolean and =
            Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)
                ? Boolean.FALSE
                : a == null || b == null ? null : Boolean.TRUE;
        Boolean or =
            Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b)
                ? Boolean.TRUE
                : a == null || b == null ? null : Boolean.FALSE;
        expected.append("+I[%s, %s, %s]\n".formatted(and, or, a == null ? null : !a));
      }
    }
    Expression a = input(0, DataType.BOOLEAN);
    Expression b = input(1, DataType.BOOLEAN);
    assertThat(
            run(
                in,
                null,
                List.of(
                    call(Function.AND, DataType.BOOLEAN, a, b),
                    call(Function.OR, DataType.BOOLEAN, a, b),
                    call(Function.NOT, DataType.BOOLEAN, a)),
                rows))
        .isEqualTo(expected.toString());
  }

  @Test
  void decimalTimesLongStaysExactBeyondALong() {
    RowType in = row(DataType.BIGINT);
    RowBatch rows = new RowBatch(in);
    add(rows, 1000L);
    add(rows, Long.MAX_VALUE);
    add(rows, (Object) null);
    Expression product =
        call(
            Function.TIMES,
            WIDE,
            literal(new BigDecimal("0.908"), DataType.decimal(3, 3)),
            input(0, DataType.BIGINT));

    assertThat(run(in, null, List.of(product), rows))
        .isEqualTo(
            "+I[908.000]\n+I[%s]\n+I[null]\n"
                .formatted(BigDecimal.valueOf(Long.MAX_VALUE).multiply(new BigDecimal("0.908"))));
  }

  @Test
  void castsRoundHalfUpAndGiveNullWhereADecimalDoesNotFit() {
    RowType in = row(DataType.DOUBLE, MONEY);
    RowBatch rows = new RowBatch(in);
    add(rows, 2.345, new BigDecimal("99999999.99"));
    add(rows, -2.345, new BigDecimal("-0.50"));
    Expression money = input(1, MONEY);
    List<Expression> projections =
        List.of(
            cast(input(0, DataType.DOUBLE), MONEY),
            cast(money, DataType.decimal(8, 0)),
            cast(money, DataType.INT),
            cast(money, DataType.DOUBLE));

    assertThat(run(in, null, projections, rows))
        .isEqualTo("+I[2.35, null, 99999999, 9.999999999E7]\n+I[-2.35, -1, 0, -0.5]\n");
  }

  @Test
  void twoThousandExpressionsCompile() {
    RowType in = row(DataType.BIGINT, DataType.STRING);
    List<Expression> projections = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      Expression a = input(0, DataType.BIGINT);
      projections.add(
          new Expression.Case(
              List.of(
                  call(Function.GREATER, DataType.BOOLEAN, a, literal((long) i, DataType.BIGINT))),
              List.of(call(Function.PLUS, DataType.BIGINT, a, literal((long) i, DataType.BIGINT))),
              literal(null, DataType.BIGINT),
              DataType.BIGINT));
    }
    RowBatch rows = new RowBatch(in, 1);
    add(rows, 1000L, "x");
    RowBatch out = new RowBatch(row(projections), 1);
    ExpressionCompiler.calc(in, Optional.empty(), projections, out.type(), Evaluation.CONTEXT)
        .apply(rows, 0, out);

    assertThat(out.getLong(0, 999)).isEqualTo(1999);
    assertThat(out.isNull(0, 1000)).isTrue();
  }

  @Test
  void oneVeryLargeExpressionCompiles() {
    RowType in = row(DataType.BIGINT);
    Expression a = input(0, DataType.BIGINT);
    List<Expression> conditions = new ArrayList<>();
    List<Expression> results = new ArrayList<>();
    Expression sum = a;
    for (int i = 0; i < 2000; i++) {
      conditions.add(
          call(Function.EQUALS, DataType.BOOLEAN, a, literal((long) i, DataType.BIGINT)));
      results.add(literal((long) -i, DataType.BIGINT));
      if (i < 500) {
        sum = call(Function.PLUS, DataType.BIGINT, sum, literal((long) i, DataType.BIGINT));
      }
    }
    Expression or = new Expression.Call(Function.OR, conditions, DataType.BOOLEAN);
    Expression chain = new Expression.Case(conditions, results, a, DataType.BIGINT);

    assertThat(Evaluation.over(in, chain, 1777L)).isEqualTo(-1777L);
    assertThat(Evaluation.over(in, chain, 5000L)).isEqualTo(5000L);
    assertThat(Evaluation.over(in, or, 1999L)).isEqualTo(true);
    assertThat(Evaluation.over(in, or, 2000L)).isEqualTo(false);
    assertThat(Evaluation.over(in, sum, 1L)).isEqualTo(1L + 499L * 250L);
  }

  @Test
  void anExpressionNestedTooDeeplyIsRefusedByName() {
    Expression deep = input(0, DataType.BIGINT);
    for (int i = 0; i < 100_000; i++) {
      deep = call(Function.NEGATE, DataType.BIGINT, deep);
    }
    Expression tooDeep = deep;
    assertThatThrownBy(() -> Evaluation.calc(row(DataType.BIGINT), tooDeep))
        .isInstanceOfSatisfying(
            MillraceException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.SQL))
        .hasMessageContaining("nested");
  }

  @Test
  void joinConditionSeesBothSides() {
    RowType left = row(DataType.INT, DataType.STRING);
    RowType right = row(DataType.STRING, DataType.INT);
    Expression condition =
        call(
            Function.AND,
            DataType.BOOLEAN,
            call(Function.LESS, DataType.BOOLEAN, input(0, DataType.INT), input(3, DataType.INT)),
            call(
                Function.EQUALS,
                DataType.BOOLEAN,
                input(1, DataType.STRING),
                input(2, DataType.STRING)));
    RowBatch l = new RowBatch(left);
    add(l, 1, "a");
    add(l, 1, null);
    RowBatch r = new RowBatch(right);
    add(r, "a", 2);
    add(r, "a", 1);
    JoinKernel kernel = ExpressionCompiler.join(left, right, condition, Evaluation.CONTEXT);

    assertThat(kernel.matches(l, 0, r, 0)).isTrue();
    assertThat(kernel.matches(l, 0, r, 1)).isFalse();
    assertThat(kernel.matches(l, 1, r, 0)).isFalse();
  }

  @Test
  void watermarkIsTheValueOfEachRow() {
    DataType time = DataType.timestamp(3);
    RowType in = row(time);
    Expression late =
        call(
            Function.MINUS,
            time,
            input(0, time),
            literal(
                5000L,
                new DataType(dev.millrace.spi.type.TypeRoot.INTERVAL_DAY_TIME, 0, 0, false)));
    RowBatch rows = new RowBatch(in);
    WatermarkKernel kernel = ExpressionCompiler.watermark(in, late, Evaluation.CONTEXT);
    add(rows, LocalDateTime.parse("1970-01-01T00:00:07"));
    add(rows, (Object) null);
    add(rows, LocalDateTime.parse("1970-01-01T00:00:06"));
    long[] micros = new long[3];
    kernel.evaluate(rows, micros);
    assertThat(micros).containsExactly(2_000_000L, WatermarkKernel.NONE, 1_000_000L);
  }

  @Test
  void largestWatermarkIsThatOfAnyRow() {
    DataType time = DataType.timestamp(3);
    Expression delay =
        literal(5000L, new DataType(dev.millrace.spi.type.TypeRoot.INTERVAL_DAY_TIME, 0, 0, false));
    Expression column = input(0, time);
    Expression less = call(Function.MINUS, time, column, delay);
    for (Expression watermark : List.of(column, less, call(Function.PLUS, time, less, delay))) {
      WatermarkKernel kernel =
          ExpressionCompiler.watermark(row(time), watermark, Evaluation.CONTEXT);
      RowBatch rows = new RowBatch(row(time));
      long[] micros = new long[rows.capacity()];
      for (int second : new int[] {7, 3, 9, 1, 12, 11, 30, 2, 4, 31}) {
        add(rows, LocalDateTime.parse("2026-01-01T00:00:00").plusSeconds(second));
        kernel.evaluate(rows, micros);
        long expected = Arrays.stream(micros, 0, rows.size()).max().orElseThrow();
        assertThat(kernel.largest(rows, micros)).isEqualTo(expected);
      }
    }
  }

  private static String run(
      RowType in, Expression condition, List<Expression> projections, RowBatch rows) {
    RowBatch out = new RowBatch(row(projections));
    ExpressionCompiler.calc(
            in, Optional.ofNullable(condition), projections, out.type(), Evaluation.CONTEXT)
        .apply(rows, 0, out);
    return out.toString();
  }
}
