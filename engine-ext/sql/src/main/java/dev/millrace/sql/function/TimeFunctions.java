// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import static org.apache.calcite.sql.type.SqlTypeFamily.CHARACTER;
import static org.apache.calcite.sql.type.SqlTypeFamily.INTEGER;
import static org.apache.calcite.sql.type.SqlTypeFamily.NUMERIC;
import static org.apache.calcite.sql.type.SqlTypeFamily.TIMESTAMP;

import dev.millrace.plan.expression.Function;
import java.util.List;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Flink's functions over dates and times, and its clocks. */
final class TimeFunctions {
  private static final int MILLIS = 3;
  private static final SqlReturnTypeInference INSTANT =
      ReturnTypes.explicit(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, MILLIS);
  private static final SqlOperandTypeChecker TEXT_AND_FORMAT =
      OperandTypes.or(OperandTypes.CHARACTER, OperandTypes.family(CHARACTER, CHARACTER));

  static final List<Mapping> ALL =
      List.of(
          clock("CURRENT_DATE", Function.CURRENT_DATE, ReturnTypes.DATE, SqlSyntax.FUNCTION_ID),
          clock(
              "CURRENT_TIME",
              Function.CURRENT_TIME,
              ReturnTypes.explicit(SqlTypeName.TIME, 0),
              SqlSyntax.FUNCTION_ID),
          clock(
              "LOCALTIME",
              Function.LOCALTIME,
              ReturnTypes.explicit(SqlTypeName.TIME, 0),
              SqlSyntax.FUNCTION_ID),
          clock(
              "LOCALTIMESTAMP",
              Function.LOCALTIMESTAMP,
              ReturnTypes.explicit(SqlTypeName.TIMESTAMP, MILLIS),
              SqlSyntax.FUNCTION_ID),
          clock("CURRENT_TIMESTAMP", Function.CURRENT_TIMESTAMP, INSTANT, SqlSyntax.FUNCTION_ID),
          clock("NOW", Function.CURRENT_TIMESTAMP, INSTANT, SqlSyntax.FUNCTION),
          clock("CURRENT_ROW_TIMESTAMP", Function.CURRENT_TIMESTAMP, INSTANT, SqlSyntax.FUNCTION),
          clock("PROCTIME", Function.PROCTIME, INSTANT, SqlSyntax.FUNCTION),
          new Mapping(
              new ScalarFunction(
                  "UNIX_TIMESTAMP",
                  ReturnTypes.BIGINT_NULLABLE,
                  OperandTypes.or(OperandTypes.NILADIC, TEXT_AND_FORMAT),
                  false,
                  SqlSyntax.FUNCTION),
              Function.UNIX_TIMESTAMP,
              Coercion.NONE),
          new Mapping(
              new ScalarFunction(
                  "FROM_UNIXTIME",
                  Returns.STRING_OR_NULL,
                  OperandTypes.or(OperandTypes.INTEGER, OperandTypes.family(INTEGER, CHARACTER))),
              Function.FROM_UNIXTIME,
              Coercion.BIGINT),
          of(
              "DATE_FORMAT",
              Function.DATE_FORMAT,
              Returns.STRING_OR_NULL,
              OperandTypes.or(
                  OperandTypes.family(TIMESTAMP, CHARACTER),
                  OperandTypes.family(CHARACTER, CHARACTER))),
          of("TO_DATE", Function.TO_DATE, orNull(SqlTypeName.DATE, -1), TEXT_AND_FORMAT),
          of(
              "TO_TIMESTAMP",
              Function.TO_TIMESTAMP,
              orNull(SqlTypeName.TIMESTAMP, MILLIS),
              TEXT_AND_FORMAT),
          new Mapping(
              new ScalarFunction(
                  "TO_TIMESTAMP_LTZ",
                  orNull(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, MILLIS),
                  OperandTypes.or(
                      OperandTypes.family(NUMERIC),
                      OperandTypes.family(NUMERIC, INTEGER),
                      OperandTypes.CHARACTER,
                      OperandTypes.family(CHARACTER, CHARACTER),
                      OperandTypes.family(CHARACTER, CHARACTER, CHARACTER))),
              Function.TO_TIMESTAMP_LTZ,
              Coercion.BIGINT),
          of(
              "CONVERT_TZ",
              Function.CONVERT_TZ,
              Returns.STRING_OR_NULL,
              OperandTypes.family(CHARACTER, CHARACTER, CHARACTER)));

  private TimeFunctions() {}

  private static SqlReturnTypeInference orNull(SqlTypeName type, int precision) {
    return (precision < 0 ? ReturnTypes.explicit(type) : ReturnTypes.explicit(type, precision))
        .andThen(SqlTypeTransforms.FORCE_NULLABLE);
  }

  private static Mapping of(
      String name, Function function, SqlReturnTypeInference returns, SqlOperandTypeChecker takes) {
    return Mapping.of(new ScalarFunction(name, returns, takes), function);
  }

  private static Mapping clock(
      String name, Function function, SqlReturnTypeInference returns, SqlSyntax syntax) {
    return Mapping.of(
        new ScalarFunction(name, returns, OperandTypes.NILADIC, false, syntax), function);
  }
}
