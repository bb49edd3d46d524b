// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import java.math.BigDecimal;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Flink's rules for the types of results that Calcite has not. */
final class Returns {
  static final SqlReturnTypeInference STRING =
      ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.TO_NULLABLE);
  static final SqlReturnTypeInference STRING_OR_NULL =
      ReturnTypes.explicit(SqlTypeName.VARCHAR).andThen(SqlTypeTransforms.FORCE_NULLABLE);
  static final SqlReturnTypeInference VARYING =
      ReturnTypes.ARG0.andThen(SqlTypeTransforms.TO_NULLABLE).andThen(SqlTypeTransforms.TO_VARYING);
  static final SqlReturnTypeInference VARYING_OR_NULL =
      ReturnTypes.ARG0
          .andThen(SqlTypeTransforms.TO_VARYING)
          .andThen(SqlTypeTransforms.FORCE_NULLABLE);
  static final SqlReturnTypeInference BYTES =
      ReturnTypes.explicit(SqlTypeName.VARBINARY).andThen(SqlTypeTransforms.TO_NULLABLE);
  static final SqlReturnTypeInference ROUNDED =
      ((SqlReturnTypeInference) Returns::rounded).andThen(SqlTypeTransforms.TO_NULLABLE);

  private Returns() {}

  static SqlReturnTypeInference text(int length) {
    return ReturnTypes.explicit(SqlTypeName.CHAR, length).andThen(SqlTypeTransforms.TO_NULLABLE);
  }

  /** A decimal loses the digits rounded away and may gain one in front. */
  private static RelDataType rounded(SqlOperatorBinding call) {
    RelDataType type = call.getOperandType(0);
    if (type.getSqlTypeName() != SqlTypeName.DECIMAL) {
      return type;
    }
    BigDecimal digits = BigDecimal.ZERO;
    if (call.getOperandCount() == 2) {
      if (!call.isOperandLiteral(1, false)) {
        return type;
      }
      digits = call.getOperandLiteralValue(1, BigDecimal.class);
    }
    int scale = type.getScale();
    int round = digits == null ? scale : digits.intValue();
    if (round >= scale) {
      return type;
    }
    int whole = 1 + type.getPrecision() - scale;
    return round < 0
        ? call.getTypeFactory()
            .createSqlType(
                SqlTypeName.DECIMAL,
                Math.min(
                    whole,
                    call.getTypeFactory().getTypeSystem().getMaxPrecision(SqlTypeName.DECIMAL)),
                0)
        : call.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, whole + round, round);
  }
}
