// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.query;

import dev.millrace.sql.function.ConditionalFunctions;
import dev.millrace.sql.function.MapAsText;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/**
 * Keeps calls over time units as calls, where Calcite would rewrite them into its own arithmetic,
 * and knows TRY_CAST and casts of maps to text.
 */
final class FlinkConvertlets implements SqlRexConvertletTable {
  static final FlinkConvertlets INSTANCE = new FlinkConvertlets();

  private static final Set<SqlOperator> KEPT =
      Set.of(
          SqlStdOperatorTable.EXTRACT,
          SqlStdOperatorTable.TIMESTAMP_ADD,
          SqlStdOperatorTable.TIMESTAMP_DIFF,
          SqlStdOperatorTable.FLOOR,
          SqlStdOperatorTable.CEIL);

  private FlinkConvertlets() {}

  @Override
  public SqlRexConvertlet get(SqlCall call) {
    if (call.getOperator() == ConditionalFunctions.TRY_CAST) {
      return FlinkConvertlets::tryCast;
    }
    if (call.getOperator() == MapAsText.CAST) {
      return FlinkConvertlets::mapAsText;
    }
    return KEPT.contains(call.getOperator())
        ? FlinkConvertlets::keep
        : StandardConvertletTable.INSTANCE.get(call);
  }

  private static RexNode keep(SqlRexContext context, SqlCall call) {
    List<RexNode> operands =
        call.getOperandList().stream().map(operand -> operand(context, operand)).toList();
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    return context.getRexBuilder().makeCall(type, call.getOperator(), operands);
  }

  private static RexNode operand(SqlRexContext context, SqlNode operand) {
    return operand instanceof SqlIntervalQualifier unit
        ? context.getRexBuilder().makeFlag(unit.getUnit())
        : context.convertExpression(operand);
  }

  private static RexNode mapAsText(SqlRexContext context, SqlCall call) {
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    return context
        .getRexBuilder()
        .makeAbstractCast(type, context.convertExpression(call.operand(0)), false);
  }

  private static RexNode tryCast(SqlRexContext context, SqlCall call) {
    RexNode value = context.convertExpression(call.operand(0));
    SqlDataTypeSpec spec = call.operand(1);
    RelDataType type =
        context
            .getTypeFactory()
            .createTypeWithNullability(spec.deriveType(context.getValidator()), true);
    return context.getRexBuilder().makeCall(type, ConditionalFunctions.TRY_CAST, List.of(value));
  }
}
