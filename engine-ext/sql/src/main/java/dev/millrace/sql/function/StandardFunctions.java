// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import dev.millrace.plan.expression.Function;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Operators and functions that Flink takes from Calcite as they are. */
final class StandardFunctions {
  static final List<Mapping> ALL =
      List.of(
          Mapping.of(SqlStdOperatorTable.PLUS, Function.PLUS),
          Mapping.of(SqlStdOperatorTable.DATETIME_PLUS, Function.PLUS),
          Mapping.of(SqlStdOperatorTable.MINUS, Function.MINUS),
          Mapping.of(SqlStdOperatorTable.MINUS_DATE, Function.MINUS),
          Mapping.of(SqlStdOperatorTable.MULTIPLY, Function.TIMES),
          Mapping.of(SqlStdOperatorTable.DIVIDE, Function.DIVIDE),
          Mapping.of(SqlStdOperatorTable.MOD, Function.MOD),
          Mapping.of(SqlStdOperatorTable.PERCENT_REMAINDER, Function.MOD),
          Mapping.of(SqlStdOperatorTable.UNARY_MINUS, Function.NEGATE),
          Mapping.of(SqlStdOperatorTable.ABS, Function.ABS),
          Mapping.of(SqlStdOperatorTable.SIGN, Function.SIGN),
          Mapping.of(SqlStdOperatorTable.CEIL, Function.CEIL),
          Mapping.of(SqlStdOperatorTable.FLOOR, Function.FLOOR),
          doubles(SqlStdOperatorTable.SQRT, Function.SQRT),
          doubles(SqlStdOperatorTable.POWER, Function.POWER),
          doubles(SqlStdOperatorTable.EXP, Function.EXP),
          doubles(SqlStdOperatorTable.LN, Function.LN),
          doubles(SqlStdOperatorTable.LOG10, Function.LOG10),
          doubles(SqlStdOperatorTable.SIN, Function.SIN),
          doubles(SqlStdOperatorTable.COS, Function.COS),
          doubles(SqlStdOperatorTable.TAN, Function.TAN),
          doubles(SqlStdOperatorTable.COT, Function.COT),
          doubles(SqlStdOperatorTable.ASIN, Function.ASIN),
          doubles(SqlStdOperatorTable.ACOS, Function.ACOS),
          doubles(SqlStdOperatorTable.ATAN, Function.ATAN),
          doubles(SqlStdOperatorTable.ATAN2, Function.ATAN2),
          doubles(SqlStdOperatorTable.DEGREES, Function.DEGREES),
          doubles(SqlStdOperatorTable.RADIANS, Function.RADIANS),
          Mapping.of(SqlStdOperatorTable.PI, Function.PI),
          compared(SqlStdOperatorTable.EQUALS, Function.EQUALS),
          compared(SqlStdOperatorTable.NOT_EQUALS, Function.NOT_EQUALS),
          compared(SqlStdOperatorTable.LESS_THAN, Function.LESS),
          compared(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, Function.LESS_OR_EQUAL),
          compared(SqlStdOperatorTable.GREATER_THAN, Function.GREATER),
          compared(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, Function.GREATER_OR_EQUAL),
          compared(SqlStdOperatorTable.IS_DISTINCT_FROM, Function.IS_DISTINCT_FROM),
          compared(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, Function.IS_NOT_DISTINCT_FROM),
          Mapping.of(SqlStdOperatorTable.IS_NULL, Function.IS_NULL),
          Mapping.of(SqlStdOperatorTable.IS_NOT_NULL, Function.IS_NOT_NULL),
          Mapping.of(SqlStdOperatorTable.IS_TRUE, Function.IS_TRUE),
          Mapping.of(SqlStdOperatorTable.IS_NOT_TRUE, Function.IS_NOT_TRUE),
          Mapping.of(SqlStdOperatorTable.IS_FALSE, Function.IS_FALSE),
          Mapping.of(SqlStdOperatorTable.IS_NOT_FALSE, Function.IS_NOT_FALSE),
          Mapping.of(SqlStdOperatorTable.IS_UNKNOWN, Function.IS_NULL),
          Mapping.of(SqlStdOperatorTable.IS_NOT_UNKNOWN, Function.IS_NOT_NULL),
          Mapping.of(SqlStdOperatorTable.AND, Function.AND),
          Mapping.of(SqlStdOperatorTable.OR, Function.OR),
          Mapping.of(SqlStdOperatorTable.NOT, Function.NOT),
          Mapping.of(SqlStdOperatorTable.CONCAT, Function.CONCAT),
          Mapping.of(SqlStdOperatorTable.UPPER, Function.UPPER),
          Mapping.of(SqlStdOperatorTable.LOWER, Function.LOWER),
          Mapping.of(SqlStdOperatorTable.INITCAP, Function.INITCAP),
          Mapping.of(SqlStdOperatorTable.CHAR_LENGTH, Function.CHAR_LENGTH),
          Mapping.of(SqlStdOperatorTable.CHARACTER_LENGTH, Function.CHAR_LENGTH),
          Mapping.of(SqlStdOperatorTable.TRIM, Function.TRIM),
          Mapping.of(SqlStdOperatorTable.POSITION, Function.POSITION),
          new Mapping(SqlStdOperatorTable.OVERLAY, Function.OVERLAY, Coercion.INT),
          Mapping.of(SqlStdOperatorTable.LIKE, Function.LIKE),
          Mapping.of(SqlStdOperatorTable.SIMILAR_TO, Function.SIMILAR_TO),
          Mapping.of(SqlStdOperatorTable.IS_JSON_VALUE, Function.IS_JSON),
          Mapping.of(SqlStdOperatorTable.EXTRACT, Function.EXTRACT),
          new Mapping(SqlStdOperatorTable.TIMESTAMP_ADD, Function.TIMESTAMP_ADD, Coercion.BIGINT),
          Mapping.of(SqlStdOperatorTable.TIMESTAMP_DIFF, Function.TIMESTAMP_DIFF),
          new Mapping(SqlStdOperatorTable.MAP_VALUE_CONSTRUCTOR, Function.MAP, Coercion.ENTRIES),
          new Mapping(SqlStdOperatorTable.ITEM, Function.ITEM, Coercion.KEY),
          Mapping.of(SqlStdOperatorTable.CARDINALITY, Function.CARDINALITY));

  private StandardFunctions() {}

  private static Mapping doubles(SqlOperator operator, Function function) {
    return new Mapping(operator, function, Coercion.DOUBLE);
  }

  private static Mapping compared(SqlOperator operator, Function function) {
    return new Mapping(operator, function, Coercion.COMPARED);
  }
}
