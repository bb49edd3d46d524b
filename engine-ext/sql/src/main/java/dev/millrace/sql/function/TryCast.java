// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Typed as CAST, but the result may be NULL. */
final class TryCast extends SqlFunction {
  TryCast() {
    super(
        "TRY_CAST",
        SqlKind.OTHER_FUNCTION,
        null,
        SqlStdOperatorTable.CAST.getOperandTypeInference(),
        null,
        SqlFunctionCategory.SYSTEM);
  }

  @Override
  public SqlOperandCountRange getOperandCountRange() {
    return SqlStdOperatorTable.CAST.getOperandCountRange();
  }

  @Override
  public boolean checkOperandTypes(SqlCallBinding callBinding, boolean throwOnFailure) {
    return SqlStdOperatorTable.CAST.checkOperandTypes(callBinding, throwOnFailure);
  }

  @Override
  public SqlSyntax getSyntax() {
    return SqlSyntax.SPECIAL;
  }

  @Override
  public RelDataType inferReturnType(SqlOperatorBinding opBinding) {
    RelDataType type = opBinding.getOperandType(1);
    return opBinding
        .getTypeFactory()
        .createTypeWithNullability(
            MapAsText.is(opBinding.getOperandType(0), type)
                ? type
                : SqlStdOperatorTable.CAST.inferReturnType(opBinding),
            true);
  }
}
