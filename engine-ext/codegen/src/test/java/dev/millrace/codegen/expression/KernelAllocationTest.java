// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import static dev.millrace.codegen.expression.Evaluation.call;
import static dev.millrace.codegen.expression.Evaluation.input;
import static dev.millrace.codegen.expression.Evaluation.literal;
import static dev.millrace.codegen.expression.Evaluation.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.runtime.kernel.CalcKernel;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nothing is allocated per row once a kernel is warm, as long as decimals fit a long. */
class KernelAllocationTest {
  private static final int BATCHES = 20_000;
  private static final DataType BIGINT = DataType.BIGINT;
  private static final DataType PRICE = DataType.decimal(12, 2);
  private static final DataType TIME = DataType.timestamp(3);
  private static final RowType IN = row(BIGINT, PRICE, DataType.STRING, TIME, DataType.DOUBLE);

  @Test
  void arithmeticAllocatesNothing() {
    Expression a = input(0, BIGINT);
    assertThat(
            bytesPerRow(
                call(Function.PLUS, BIGINT, a, literal(7L, BIGINT)),
                call(Function.MOD, DataType.INT, a, literal(123, DataType.INT)),
                call(Function.TIMES, DataType.DOUBLE, input(4, DataType.DOUBLE), a)))
        .isLessThan(0.01);
  }

  @Test
  void decimalArithmeticAllocatesNothingWhileItFitsALong() {
    Expression price = input(1, PRICE);
    Expression rate = literal(new BigDecimal("0.908"), DataType.decimal(3, 3));
    DataType half = DataType.decimal(24, 12);
    assertThat(
            bytesPerRow(
                call(Function.TIMES, DataType.decimal(23, 3), rate, input(0, BIGINT)),
                call(Function.PLUS, DataType.decimal(13, 2), price, price),
                call(Function.TIMES, DataType.decimal(24, 4), price, price),
                call(Function.DIVIDE, half, price, literal(3, DataType.INT)),
                Evaluation.cast(price, DataType.decimal(10, 1)),
                call(Function.ROUND, DataType.decimal(12, 1), price, literal(1, DataType.INT))))
        .isLessThan(0.01);
  }

  @Test
  void comparisonsMatchesAndTimesAllocateNothing() {
    Expression text = input(2, DataType.STRING);
    Expression time = input(3, TIME);
    assertThat(
            bytesPerRow(
                call(Function.LIKE, DataType.BOOLEAN, text, literal("%b%", DataType.STRING)),
                call(Function.EQUALS, DataType.BOOLEAN, text, literal("abc", DataType.STRING)),
                call(Function.FLOOR, TIME, time, literal("HOUR", DataType.STRING)),
                Evaluation.cast(time, DataType.timestampLtz(3)),
                call(Function.GREATER, DataType.BOOLEAN, input(1, PRICE), input(0, BIGINT))))
        .isLessThan(0.01);
  }

  private static double bytesPerRow(Expression... expressions) {
    List<Expression> all = List.of(expressions);
    RowBatch rows = new RowBatch(IN);
    while (!rows.isFull()) {
      long i = rows.size();
      Object price = i % 7 == 0 ? null : BigDecimal.valueOf(i * 31, 2);
      Evaluation.add(
          rows, i * 1_000_003, price, "abc", LocalDateTime.of(2026, 1, 1, 0, 0).plusHours(i), 0.5D);
    }
    RowBatch out = new RowBatch(row(all));
    CalcKernel kernel =
        ExpressionCompiler.calc(IN, Optional.empty(), all, out.type(), Evaluation.CONTEXT);
    run(kernel, rows, out);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    run(kernel, rows, out);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    return (double) allocated / ((long) BATCHES * rows.size());
  }

  private static void run(CalcKernel kernel, RowBatch rows, RowBatch out) {
    for (int i = 0; i < BATCHES; i++) {
      out.clear();
      kernel.apply(rows, 0, out);
    }
  }
}
