// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import dev.millrace.plan.expression.AggregateFunction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** The aggregate functions. */
public final class AggregateFunctions {
  private static final SqlAggFunction FIRST_VALUE =
      SqlBasicAggFunction.create(
              "FIRST_VALUE",
              SqlKind.FIRST_VALUE,
              ReturnTypes.ARG0_NULLABLE_IF_EMPTY,
              OperandTypes.ANY)
          .withSyntax(SqlSyntax.FUNCTION);
  private static final SqlAggFunction LAST_VALUE =
      SqlBasicAggFunction.create(
              "LAST_VALUE",
              SqlKind.LAST_VALUE,
              ReturnTypes.ARG0_NULLABLE_IF_EMPTY,
              OperandTypes.ANY)
          .withSyntax(SqlSyntax.FUNCTION);
  private static final SqlAggFunction LISTAGG =
      SqlBasicAggFunction.create(
              "LISTAGG",
              SqlKind.LISTAGG,
              ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE),
              OperandTypes.or(
                  OperandTypes.family(SqlTypeFamily.CHARACTER),
                  OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.CHARACTER)))
          .withSyntax(SqlSyntax.FUNCTION);

  static final List<SqlOperator> ALL =
      List.of(
          SqlStdOperatorTable.COUNT,
          SqlStdOperatorTable.SUM,
          SqlStdOperatorTable.SUM0,
          SqlStdOperatorTable.MIN,
          SqlStdOperatorTable.MAX,
          SqlStdOperatorTable.AVG,
          SqlStdOperatorTable.STDDEV,
          SqlStdOperatorTable.STDDEV_POP,
          SqlStdOperatorTable.STDDEV_SAMP,
          SqlStdOperatorTable.VARIANCE,
          SqlStdOperatorTable.VAR_POP,
          SqlStdOperatorTable.VAR_SAMP,
          FIRST_VALUE,
          LAST_VALUE,
          LISTAGG);

  private static final Map<String, AggregateFunction> RENAMED =
      Map.of(
          "$SUM0", AggregateFunction.SUM0,
          "STDDEV", AggregateFunction.STDDEV_SAMP,
          "VARIANCE", AggregateFunction.VAR_SAMP);

  private AggregateFunctions() {}

  public static Optional<AggregateFunction> find(SqlAggFunction function) {
    String name = function.getName().toUpperCase(Locale.ROOT);
    AggregateFunction renamed = RENAMED.get(name);
    if (renamed != null) {
      return Optional.of(renamed);
    }
    for (AggregateFunction candidate : AggregateFunction.values()) {
      if (candidate.name().equals(name)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
