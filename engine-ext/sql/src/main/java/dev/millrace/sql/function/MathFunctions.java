// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import dev.millrace.plan.expression.Function;
import java.util.List;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Flink's functions over numbers. */
final class MathFunctions {
  private static final SqlOperandTypeChecker ONE_OR_TWO_NUMBERS =
      OperandTypes.or(
          OperandTypes.NUMERIC, OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC));
  private static final SqlOperandTypeChecker NUMBER_AND_DIGITS =
      OperandTypes.or(OperandTypes.NUMERIC_INTEGER, OperandTypes.NUMERIC);

  static final List<Mapping> ALL =
      List.of(
          doubles("LOG", Function.LOG, ONE_OR_TWO_NUMBERS),
          doubles("LOG2", Function.LOG2, OperandTypes.NUMERIC),
          doubles("SINH", Function.SINH, OperandTypes.NUMERIC),
          doubles("COSH", Function.COSH, OperandTypes.NUMERIC),
          doubles("TANH", Function.TANH, OperandTypes.NUMERIC),
          new Mapping(
              new ScalarFunction("ROUND", Returns.ROUNDED, NUMBER_AND_DIGITS),
              Function.ROUND,
              Coercion.NONE),
          new Mapping(
              new ScalarFunction("TRUNCATE", Returns.ROUNDED, NUMBER_AND_DIGITS),
              Function.TRUNCATE,
              Coercion.NONE),
          Mapping.of(new ScalarFunction("E", ReturnTypes.DOUBLE, OperandTypes.NILADIC), Function.E),
          Mapping.of(
              new ScalarFunction("PI", ReturnTypes.DOUBLE, OperandTypes.NILADIC), Function.PI),
          new Mapping(
              new ScalarFunction("BIN", Returns.STRING, OperandTypes.INTEGER),
              Function.BIN,
              Coercion.BIGINT),
          new Mapping(
              new ScalarFunction(
                  "HEX",
                  Returns.STRING,
                  OperandTypes.or(OperandTypes.INTEGER, OperandTypes.CHARACTER)),
              Function.HEX,
              Coercion.BIGINT),
          random(
              "RAND",
              Function.RAND,
              SqlTypeName.DOUBLE,
              OperandTypes.or(OperandTypes.NILADIC, OperandTypes.NUMERIC)),
          random("RAND_INTEGER", Function.RAND_INTEGER, SqlTypeName.INTEGER, ONE_OR_TWO_NUMBERS),
          Mapping.of(
              new ScalarFunction(
                  "UUID",
                  ReturnTypes.explicit(SqlTypeName.CHAR, 36),
                  OperandTypes.NILADIC,
                  false,
                  SqlSyntax.FUNCTION),
              Function.UUID));

  private MathFunctions() {}

  private static Mapping doubles(String name, Function function, SqlOperandTypeChecker takes) {
    return new Mapping(
        new ScalarFunction(name, ReturnTypes.DOUBLE_NULLABLE, takes), function, Coercion.DOUBLE);
  }

  private static Mapping random(
      String name, Function function, SqlTypeName type, SqlOperandTypeChecker takes) {
    SqlReturnTypeInference returns =
        ReturnTypes.explicit(type).andThen(SqlTypeTransforms.TO_NULLABLE);
    return new Mapping(
        new ScalarFunction(name, returns, takes, false, SqlSyntax.FUNCTION),
        function,
        Coercion.INT);
  }
}
