// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Operators that shape a query or are rewritten before they reach the plan. */
final class SyntaxOperators {
  static final List<SqlOperator> ALL =
      List.of(
          SqlStdOperatorTable.AS,
          SqlStdOperatorTable.ARGUMENT_ASSIGNMENT,
          SqlStdOperatorTable.DESCRIPTOR,
          SqlStdOperatorTable.ROW,
          SqlStdOperatorTable.CASE,
          SqlStdOperatorTable.CAST,
          SqlStdOperatorTable.NULLIF,
          ConditionalFunctions.IF,
          ConditionalFunctions.TRY_CAST,
          StringFunctions.SHA2,
          SqlStdOperatorTable.IN,
          SqlStdOperatorTable.NOT_IN,
          SqlStdOperatorTable.SEARCH,
          SqlStdOperatorTable.BETWEEN,
          SqlStdOperatorTable.NOT_BETWEEN,
          SqlStdOperatorTable.SYMMETRIC_BETWEEN,
          SqlStdOperatorTable.SYMMETRIC_NOT_BETWEEN,
          SqlStdOperatorTable.NOT_LIKE,
          SqlStdOperatorTable.NOT_SIMILAR_TO,
          SqlStdOperatorTable.UNARY_PLUS,
          SqlStdOperatorTable.UNION,
          SqlStdOperatorTable.UNION_ALL,
          SqlStdOperatorTable.EXPLICIT_TABLE,
          SqlStdOperatorTable.VALUES,
          SqlStdOperatorTable.FILTER,
          SqlStdOperatorTable.LITERAL_CHAIN,
          SqlStdOperatorTable.DEFAULT,
          SqlStdOperatorTable.YEAR,
          SqlStdOperatorTable.QUARTER,
          SqlStdOperatorTable.MONTH,
          SqlStdOperatorTable.WEEK,
          SqlStdOperatorTable.HOUR,
          SqlStdOperatorTable.MINUTE,
          SqlStdOperatorTable.SECOND,
          SqlStdOperatorTable.DAYOFYEAR,
          SqlStdOperatorTable.DAYOFMONTH,
          SqlStdOperatorTable.DAYOFWEEK);

  private SyntaxOperators() {}
}
