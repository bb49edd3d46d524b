// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/** A function declared by us, with Flink's signature. */
final class ScalarFunction extends SqlFunction {
  private final boolean deterministic;
  private final SqlSyntax syntax;

  ScalarFunction(String name, SqlReturnTypeInference returns, SqlOperandTypeChecker takes) {
    this(name, returns, takes, true, SqlSyntax.FUNCTION);
  }

  ScalarFunction(
      String name,
      SqlReturnTypeInference returns,
      SqlOperandTypeChecker takes,
      boolean deterministic,
      SqlSyntax syntax) {
    super(name, SqlKind.OTHER_FUNCTION, returns, null, takes, SqlFunctionCategory.SYSTEM);
    this.deterministic = deterministic;
    this.syntax = syntax;
  }

  @Override
  public boolean isDeterministic() {
    return deterministic;
  }

  @Override
  public SqlSyntax getSyntax() {
    return syntax;
  }
}
