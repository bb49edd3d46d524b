// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen.expression;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.expression.Function;
import dev.millrace.runtime.kernel.CalcKernel;
import dev.millrace.runtime.kernel.JoinKernel;
import dev.millrace.runtime.kernel.KernelContext;
import dev.millrace.runtime.kernel.WatermarkKernel;
import dev.millrace.spi.type.RowType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Expressions to kernels. Thread-safe; a kernel is not, and each caller gets one of its own.
 *
 * <p>All methods throw a {@link dev.millrace.spi.error.MillraceException} of category SQL, naming
 * the function and what it was given, where an expression cannot be computed as Flink would.
 */
public final class ExpressionCompiler {
  private ExpressionCompiler() {}

  /** Whether calls of the function can be compiled, given arguments it takes. */
  public static boolean supports(Function function) {
    return Rules.has(function);
  }

  /**
   * @param condition BOOLEAN over the columns of {@code in}; rows for which it is not TRUE are left
   *     out
   * @param projections one per column of {@code out}, of its type but for nullability
   */
  public static CalcKernel calc(
      RowType in,
      Optional<Expression> condition,
      List<Expression> projections,
      RowType out,
      KernelContext context) {
    return compile(() -> CalcSource.of(in, condition, projections, out), CalcKernel.class, context);
  }

  /**
   * @param expression of type TIMESTAMP or TIMESTAMP_LTZ over the columns of {@code in}
   */
  public static WatermarkKernel watermark(
      RowType in, Expression expression, KernelContext context) {
    return DelayedTime.of(expression)
        .orElseGet(
            () ->
                compile(
                    () -> PredicateSource.watermark(in, expression),
                    WatermarkKernel.class,
                    context));
  }

  /**
   * @param condition BOOLEAN over the columns of both sides, those of the right numbered behind
   *     those of the left
   */
  public static JoinKernel join(
      RowType left, RowType right, Expression condition, KernelContext context) {
    return compile(() -> PredicateSource.join(left, right, condition), JoinKernel.class, context);
  }

  private static <T> T compile(Supplier<KernelClass> source, Class<T> type, KernelContext context) {
    try {
      return GeneratedClass.instantiate(source.get(), type, context);
    } catch (StackOverflowError e) {
      throw CodegenErrors.nestedTooDeeply();
    }
  }
}
