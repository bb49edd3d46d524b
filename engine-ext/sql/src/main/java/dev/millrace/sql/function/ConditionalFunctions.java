// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import dev.millrace.plan.expression.Function;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Flink's functions that choose among their arguments. */
public final class ConditionalFunctions {
  /** {@code IF(condition, then, else)}: a CASE in the plan. */
  public static final SqlOperator IF =
      new ScalarFunction(
          "IF",
          ((SqlReturnTypeInference) ConditionalFunctions::eitherBranch)
              .andThen(SqlTypeTransforms.TO_NULLABLE),
          OperandTypes.family(SqlTypeFamily.BOOLEAN, SqlTypeFamily.ANY, SqlTypeFamily.ANY));

  /** {@code TRY_CAST(x AS t)}: a lenient cast in the plan. */
  public static final SqlOperator TRY_CAST = new TryCast();

  /** NULL only if every argument may be. */
  private static final SqlReturnTypeInference FIRST_KNOWN =
      ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.LEAST_NULLABLE);

  static final List<Mapping> ALL =
      List.of(
          new Mapping(
              new ScalarFunction(
                  "COALESCE",
                  FIRST_KNOWN,
                  OperandTypes.repeat(SqlOperandCountRanges.from(1), OperandTypes.ANY)),
              Function.COALESCE,
              Coercion.RESULT),
          new Mapping(
              new ScalarFunction(
                  "IFNULL", FIRST_KNOWN, OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.ANY)),
              Function.COALESCE,
              Coercion.RESULT),
          extreme("GREATEST", Function.GREATEST),
          extreme("LEAST", Function.LEAST));

  private ConditionalFunctions() {}

  private static RelDataType eitherBranch(SqlOperatorBinding call) {
    return call.getTypeFactory()
        .leastRestrictive(List.of(call.getOperandType(1), call.getOperandType(2)));
  }

  private static Mapping extreme(String name, Function function) {
    return new Mapping(
        new ScalarFunction(
            name,
            ReturnTypes.LEAST_RESTRICTIVE,
            OperandTypes.repeat(SqlOperandCountRanges.from(1), OperandTypes.ANY)),
        function,
        Coercion.RESULT);
  }
}
