// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** {@code CAST(map AS STRING)}: Calcite's own cast of a map takes its target for a map. */
public final class MapAsText extends SqlSpecialOperator {
  public static final MapAsText CAST = new MapAsText();

  private MapAsText() {
    super("CAST", SqlKind.OTHER_FUNCTION);
  }

  /** Whether a cast is one of these. */
  public static boolean is(RelDataType from, RelDataType type) {
    return from.getSqlTypeName() == SqlTypeName.MAP
        && SqlTypeName.CHAR_TYPES.contains(type.getSqlTypeName());
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    RelDataType from = validator.deriveType(scope, call.operand(0));
    SqlDataTypeSpec spec = call.operand(1);
    return validator
        .getTypeFactory()
        .createTypeWithNullability(spec.deriveType(validator), from.isNullable());
  }
}
