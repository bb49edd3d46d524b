// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import static dev.millrace.codegen.expression.Evaluation.input;
import static dev.millrace.codegen.expression.Evaluation.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plan.expression.Expression;
import dev.millrace.runtime.kernel.CalcKernel;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.RowValues;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryStringData;

/** Compares a compiled expression, row by row, with what Flink's own functions make of the row. */
final class FlinkOracle {
  private static final String FAILED = "failed";

  private final RowType in;
  private final Expression expression;
  private final CalcKernel kernel;
  private int computed;

  FlinkOracle(Function<Expression[], Expression> expression, DataType... types) {
    in = row(types);
    Expression[] inputs = new Expression[types.length];
    for (int i = 0; i < types.length; i++) {
      inputs[i] = input(i, types[i]);
    }
    this.expression = expression.apply(inputs);
    kernel = Evaluation.calc(in, this.expression);
  }

  /** Asserts that a row of values comes to what the oracle makes of them; both may fail. */
  void check(Oracle oracle, Object... values) {
    Object expected = attempt(() -> Arrays.asList(values).contains(null) ? null : oracle.value());
    Object actual = attempt(() -> compute(values));
    if (expected instanceof BigDecimal number && actual instanceof BigDecimal other) {
      assertThat(other).as(describe(values)).isEqualByComparingTo(number);
    } else {
      assertThat(actual).as(describe(values)).isEqualTo(expected);
    }
    computed += expected == null || expected == FAILED ? 0 : 1;
  }

  /** How many rows had a value: a comparison of nothing but NULLs shows nothing. */
  int computed() {
    return computed;
  }

  private String describe(Object... values) {
    return expression + " over " + in.columns() + " " + Arrays.toString(values);
  }

  private Object compute(Object... values) {
    RowBatch rows = new RowBatch(in, 1);
    Evaluation.add(rows, values);
    RowBatch out = new RowBatch(row(expression.type()), 1);
    kernel.apply(rows, 0, out);
    return RowValues.get(out, 0, 0);
  }

  private static Object attempt(Oracle oracle) {
    try {
      return oracle.value();
    } catch (Exception e) {
      return FAILED;
    }
  }

  /** A value by Flink. */
  interface Oracle {
    Object value() throws Exception;
  }

  static BinaryStringData text(Object value) {
    return BinaryStringData.fromString((String) value);
  }

  static DecimalData decimal(Object value, DataType type) {
    return DecimalData.fromBigDecimal((BigDecimal) value, type.precision(), type.scale());
  }

  static BigDecimal big(DecimalData value) {
    return value == null ? null : value.toBigDecimal();
  }

  static String string(Object value) {
    return value == null ? null : value.toString();
  }

  static TimestampData timestamp(LocalDateTime value) {
    return TimestampData.fromLocalDateTime(value);
  }
}
