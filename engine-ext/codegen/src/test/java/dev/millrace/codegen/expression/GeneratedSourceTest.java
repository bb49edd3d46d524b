// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import static dev.millrace.codegen.expression.Evaluation.call;
import static dev.millrace.codegen.expression.Evaluation.input;
import static dev.millrace.codegen.expression.Evaluation.literal;
import static dev.millrace.codegen.expression.Evaluation.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.spi.type.DataType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the generated code looks like, to be read by whoever changes it. */
class GeneratedSourceTest {
  private static final DataType BIGINT = DataType.BIGINT;
  private static final DataType INT = DataType.INT;

  /** {@code SELECT a, 0.908 * b FROM t WHERE MOD(a, 123) = 0}, with b NOT NULL. */
  @Test
  void filterAndDecimalProductAreOneLoopOverArrays() {
    Expression a = input(0, BIGINT);
    Expression b = input(1, BIGINT.notNull());
    Expression rest = call(Function.MOD, INT, a, literal(123, INT));
    Expression condition = call(Function.EQUALS, DataType.BOOLEAN, rest, literal(0, INT));
    Expression rate = literal(new BigDecimal("0.908"), DataType.decimal(3, 3));
    List<Expression> projections =
        List.of(a, call(Function.TIMES, DataType.decimal(23, 3), rate, b));

    KernelClass source =
        CalcSource.of(
            row(BIGINT, BIGINT.notNull()), Optional.of(condition), projections, row(projections));

    assertThat(source.constants()).isEmpty();
    assertThat(source.source())
        .isEqualTo(
            """
            package dev.millrace.generated;

            import dev.millrace.runtime.function.*;
            import dev.millrace.runtime.kernel.*;
            import dev.millrace.spi.row.RowBatch;
            import java.math.BigDecimal;

            // Calc: 2 columns to 2, filtered
            public final class Calc implements CalcKernel {
              private final Object[] constants;
              private int row;

              public Calc(Object[] constants, KernelContext context) {
                this.constants = constants;
              }

              public int row() {
                return row;
              }

              public void apply(final RowBatch in, final int from, final RowBatch out) {
                final long[] in_w0 = in.words(0);
                final long[] in_w1 = in.words(1);
                final boolean[] in_n0 = in.nulls(0);
                final long[] out_w0 = out.words(0);
                final long[] out_w1 = out.words(1);
                final boolean[] out_n0 = out.nulls(0);
                final boolean[] out_n1 = out.nulls(1);
                final Object[] out_r1 = out.refs(1);
                final int end = in.size();
                int n = out.size();
                final byte[] inKinds = in.kinds();
                final byte[] outKinds = out.kinds();
                int i = from;
                try {
                  for (; i < end; i++) {
                    final long v0 = in_w0[i];
                    final boolean n1 = in_n0[i];
                    final int v2 = (int) (v0 % 123);
                    final boolean v3 = (long) v2 == (long) 0;
                    if (!(!n1 && v3)) {
                      continue;
                    }
                    out_w0[n] = n1 ? 0L : v0;
                    out_n0[n] = n1;
                    final long v4 = in_w1[i];
                    final long v5 = 908L;
                    final long v6 = v4;
                    final long v7 = v5 * v6;
                    long v8 = 0L;
                    BigDecimal v8w = null;
                    boolean v8n = true;
                    v8n = false;
                    v8 = v7;
                    if (!v8n && (v6 > 10157898719003057L || v6 < -10157898719003057L)) {
                      final BigDecimal d9 = Decimals.times(908L, null, 3, v4, null, 0, 23, 3);
                      v8 = Decimals.word(d9);
                      v8w = Decimals.wide(d9);
                      v8n = d9 == null;
                    }
                    out_w1[n] = v8n ? 0L : v8;
                    out_n1[n] = v8n;
                    final BigDecimal w10 = v8n ? null : v8w;
                    if (out_r1[n] != w10) {
                      out_r1[n] = w10;
                    }
                    outKinds[n] = inKinds[i];
                    n++;
                  }
                } finally {
                  row = i;
                  out.size(n);
                }
              }
            }
            """);
  }
}
