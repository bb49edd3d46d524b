// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import static org.apache.calcite.sql.type.SqlTypeFamily.BINARY;
import static org.apache.calcite.sql.type.SqlTypeFamily.CHARACTER;
import static org.apache.calcite.sql.type.SqlTypeFamily.INTEGER;
import static org.apache.calcite.sql.type.SqlTypeFamily.STRING;

import dev.millrace.plan.expression.Function;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Flink's functions over strings. */
public final class StringFunctions {
  /** {@code SHA2(text, bits)}: one of the functions by name in the plan. */
  public static final SqlOperator SHA2 =
      new ScalarFunction(
          "SHA2",
          ReturnTypes.explicit(SqlTypeName.VARCHAR, 128).andThen(SqlTypeTransforms.TO_NULLABLE),
          OperandTypes.family(CHARACTER, INTEGER));

  private static final SqlOperandTypeChecker STRINGS =
      OperandTypes.repeat(SqlOperandCountRanges.from(1), OperandTypes.CHARACTER);
  private static final SqlOperandTypeChecker PART =
      OperandTypes.or(takes(CHARACTER, INTEGER), takes(CHARACTER, INTEGER, INTEGER));
  private static final SqlOperandTypeChecker ONE_OR_TWO =
      OperandTypes.or(takes(CHARACTER), takes(CHARACTER, CHARACTER));
  private static final SqlOperandTypeChecker TWO_AND_NUMBER =
      OperandTypes.or(takes(CHARACTER, CHARACTER), takes(CHARACTER, CHARACTER, INTEGER));

  static final List<Mapping> ALL =
      List.of(
          of("CONCAT", Function.CONCAT, Returns.STRING, STRINGS),
          of("CONCAT_WS", Function.CONCAT_WS, Returns.STRING, STRINGS),
          of("SUBSTRING", Function.SUBSTRING, Returns.VARYING_OR_NULL, PART),
          of("SUBSTR", Function.SUBSTRING, Returns.VARYING_OR_NULL, PART),
          of("LEFT", Function.LEFT, Returns.VARYING_OR_NULL, takes(CHARACTER, INTEGER)),
          of("RIGHT", Function.RIGHT, Returns.VARYING_OR_NULL, takes(CHARACTER, INTEGER)),
          of("LTRIM", Function.LTRIM, Returns.VARYING, ONE_OR_TWO),
          of("RTRIM", Function.RTRIM, Returns.VARYING, ONE_OR_TWO),
          of("BTRIM", Function.BTRIM, Returns.STRING, ONE_OR_TWO),
          of("LOCATE", Function.LOCATE, ReturnTypes.INTEGER_NULLABLE, TWO_AND_NUMBER),
          of("INSTR", Function.INSTR, ReturnTypes.INTEGER_NULLABLE, takes(CHARACTER, CHARACTER)),
          of("REPLACE", Function.REPLACE, Returns.STRING, takes(CHARACTER, CHARACTER, CHARACTER)),
          of(
              "TRANSLATE",
              Function.TRANSLATE,
              Returns.STRING,
              takes(CHARACTER, CHARACTER, CHARACTER)),
          of(
              "TRANSLATE3", // what the grammar makes of TRANSLATE(a, b, c)
              Function.TRANSLATE,
              Returns.STRING,
              takes(CHARACTER, CHARACTER, CHARACTER)),
          of("LPAD", Function.LPAD, Returns.STRING, takes(CHARACTER, INTEGER, CHARACTER)),
          of("RPAD", Function.RPAD, Returns.STRING, takes(CHARACTER, INTEGER, CHARACTER)),
          of("REPEAT", Function.REPEAT, Returns.STRING, takes(CHARACTER, INTEGER)),
          of("REVERSE", Function.REVERSE, Returns.STRING_OR_NULL, takes(CHARACTER)),
          of("ASCII", Function.ASCII, ReturnTypes.INTEGER_NULLABLE, takes(CHARACTER)),
          new Mapping(
              new ScalarFunction("CHR", Returns.STRING_OR_NULL, takes(INTEGER)),
              Function.CHR,
              Coercion.BIGINT),
          of(
              "SPLIT_INDEX",
              Function.SPLIT_INDEX,
              Returns.STRING_OR_NULL,
              OperandTypes.or(
                  takes(CHARACTER, INTEGER, INTEGER), takes(CHARACTER, CHARACTER, INTEGER))),
          of(
              "STARTSWITH",
              Function.STARTSWITH,
              ReturnTypes.BOOLEAN_NULLABLE,
              takes(CHARACTER, CHARACTER)),
          of(
              "ENDSWITH",
              Function.ENDSWITH,
              ReturnTypes.BOOLEAN_NULLABLE,
              takes(CHARACTER, CHARACTER)),
          of("MD5", Function.MD5, Returns.text(32), takes(STRING)),
          of("SHA1", Function.SHA1, Returns.text(40), takes(STRING)),
          of("SHA224", Function.SHA224, Returns.text(56), takes(STRING)),
          of("SHA256", Function.SHA256, Returns.text(64), takes(STRING)),
          of("SHA384", Function.SHA384, Returns.text(96), takes(STRING)),
          of("SHA512", Function.SHA512, Returns.text(128), takes(STRING)),
          of("TO_BASE64", Function.TO_BASE64, Returns.STRING, takes(STRING)),
          of("FROM_BASE64", Function.FROM_BASE64, Returns.STRING, takes(STRING)),
          of("ENCODE", Function.ENCODE, Returns.BYTES, takes(CHARACTER, CHARACTER)),
          of("DECODE", Function.DECODE, Returns.STRING, takes(BINARY, CHARACTER)),
          of("REGEXP", Function.REGEXP, ReturnTypes.BOOLEAN_NULLABLE, takes(CHARACTER, CHARACTER)),
          of(
              "REGEXP_REPLACE",
              Function.REGEXP_REPLACE,
              Returns.STRING,
              takes(CHARACTER, CHARACTER, CHARACTER)),
          of("REGEXP_EXTRACT", Function.REGEXP_EXTRACT, Returns.STRING_OR_NULL, TWO_AND_NUMBER));

  private StringFunctions() {}

  private static SqlOperandTypeChecker takes(SqlTypeFamily... families) {
    return OperandTypes.family(families);
  }

  private static Mapping of(
      String name, Function function, SqlReturnTypeInference returns, SqlOperandTypeChecker takes) {
    return new Mapping(new ScalarFunction(name, returns, takes), function, Coercion.INT);
  }
}
