// SPDX-License-Identifier: Apache-2.0
package dev.millrace.codegen;

import dev.millrace.codegen.expression.ExpressionCompiler;
import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.runtime.kernel.KernelContext;
import dev.millrace.runtime.operator.Operator;
import dev.millrace.runtime.operator.ProjectOperator;
import dev.millrace.spi.type.RowType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A Calc that filters nothing: what it hands through is told from what it computes. */
final class Projections {
  private final PlanNode.Calc calc;

  /** By column: the input column it is, or {@link ProjectOperator#COMPUTED}. */
  private final int[] passed;

  Projections(PlanNode.Calc calc) {
    this.calc = calc;
    passed = IntStream.range(0, calc.type().size()).map(c -> passed(calc, c)).toArray();
  }

  private static int passed(PlanNode.Calc calc, int column) {
    return calc.projections().get(column) instanceof Expression.Input input
            && input.type().withNullable(true).equals(calc.type().type(column).withNullable(true))
        ? input.column()
        : ProjectOperator.COMPUTED;
  }

  Operator operator(KernelContext context) {
    int[] computed =
        IntStream.range(0, passed.length)
            .filter(column -> passed[column] == ProjectOperator.COMPUTED)
            .toArray();
    RowType in = calc.input().type();
    RowType type = calc.type().select(computed);
    List<Expression> expressions =
        IntStream.of(computed).mapToObj(calc.projections()::get).toList();
    return new ProjectOperator(
        ExpressionCompiler.calc(in, Optional.empty(), expressions, type, context),
        in,
        passed,
        type,
        calc.type());
  }
}
