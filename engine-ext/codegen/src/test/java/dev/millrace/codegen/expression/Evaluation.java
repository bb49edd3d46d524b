// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.runtime.kernel.CalcKernel;
import dev.millrace.runtime.kernel.KernelContext;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Expressions built and computed in one line of a test. */
final class Evaluation {
  static final KernelContext CONTEXT =
      new KernelContext(
          Clock.fixed(Instant.parse("2026-03-04T05:06:07.890123Z"), ZoneId.of("UTC")),
          ZoneId.of("Asia/Shanghai"));

  private Evaluation() {}

  static Expression call(Function function, DataType type, Expression... arguments) {
    return new Expression.Call(function, Arrays.asList(arguments), type);
  }

  static Expression input(int column, DataType type) {
    return new Expression.Input(column, type);
  }

  static Expression literal(Object value, DataType type) {
    return new Expression.Literal(value, type.withNullable(value == null));
  }

  static Expression cast(Expression value, DataType type) {
    return new Expression.Cast(value, type, false);
  }

  static Expression tryCast(Expression value, DataType type) {
    return new Expression.Cast(value, type, true);
  }

  static RowType row(DataType... types) {
    List<Column> columns = new ArrayList<>();
    for (DataType type : types) {
      columns.add(new Column("c" + columns.size(), type));
    }
    return new RowType(columns);
  }

  static RowType row(List<Expression> projections) {
    return row(projections.stream().map(Expression::type).toArray(DataType[]::new));
  }

  static void add(RowBatch batch, Object... values) {
    int row = batch.add(ChangeKind.INSERT);
    for (int c = 0; c < values.length; c++) {
      RowValues.set(batch, row, c, values[c]);
    }
  }

  static CalcKernel calc(RowType in, Expression... projections) {
    List<Expression> all = Arrays.asList(projections);
    return ExpressionCompiler.calc(in, Optional.empty(), all, row(all), CONTEXT);
  }

  /** The value of a call whose arguments are inputs, given as type, value, type, value … */
  static Object evaluate(Function function, DataType type, Object... typesAndValues) {
    int count = typesAndValues.length / 2;
    Expression[] inputs = new Expression[count];
    DataType[] types = new DataType[count];
    Object[] values = new Object[count];
    for (int i = 0; i < count; i++) {
      types[i] = (DataType) typesAndValues[2 * i];
      values[i] = typesAndValues[2 * i + 1];
      inputs[i] = input(i, types[i]);
    }
    return over(row(types), call(function, type, inputs), values);
  }

  /** The value of an expression over one row. */
  static Object over(RowType in, Expression expression, Object... values) {
    RowBatch rows = new RowBatch(in, 1);
    add(rows, values);
    RowBatch out = new RowBatch(row(expression.type()), 1);
    calc(in, expression).apply(rows, 0, out);
    return RowValues.get(out, 0, 0);
  }

  static Object constant(Expression expression) {
    return over(row(DataType.INT), expression, 1);
  }
}
