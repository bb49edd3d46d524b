// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.query;

import com.google.common.collect.ImmutableSet;
import dev.millrace.sql.function.Functions;
import dev.millrace.sql.function.MapAsText;
import dev.millrace.sql.type.FlinkTypeFactory;
import java.util.HashMap;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.implicit.TypeCoercion;
import org.apache.calcite.sql.validate.implicit.TypeCoercions;

/** Calcite's validator with the casts of Flink's {@code LogicalTypeCasts}. */
final class FlinkValidator extends SqlValidatorImpl {
  private static final SqlTypeCoercionRule CASTS = SqlTypeCoercionRule.instance(casts());

  FlinkValidator(SqlValidatorCatalogReader reader, FlinkTypeFactory types, Config config) {
    super(Functions.instance(), reader, types, config);
  }

  /** By target, the types it can be cast from: Calcite's, BOOLEAN for numbers, MAP for strings. */
  private static Map<SqlTypeName, ImmutableSet<SqlTypeName>> casts() {
    Map<SqlTypeName, ImmutableSet<SqlTypeName>> casts =
        new HashMap<>(SqlTypeCoercionRule.instance().getTypeMapping());
    SqlTypeName.NUMERIC_TYPES.forEach(number -> add(casts, number, SqlTypeName.BOOLEAN));
    SqlTypeName.CHAR_TYPES.forEach(text -> add(casts, text, SqlTypeName.MAP));
    return casts;
  }

  private static void add(
      Map<SqlTypeName, ImmutableSet<SqlTypeName>> casts, SqlTypeName target, SqlTypeName from) {
    ImmutableSet<SqlTypeName> known = casts.getOrDefault(target, ImmutableSet.of());
    casts.put(target, ImmutableSet.<SqlTypeName>builder().addAll(known).add(from).build());
  }

  @Override
  public RelDataType deriveType(SqlValidatorScope scope, SqlNode node) {
    if (node instanceof SqlBasicCall call && isMapAsText(scope, call)) {
      call.setOperator(MapAsText.CAST);
    }
    return super.deriveType(scope, node);
  }

  private boolean isMapAsText(SqlValidatorScope scope, SqlBasicCall call) {
    return call.getOperator() == SqlStdOperatorTable.CAST
        && call.operand(1) instanceof SqlDataTypeSpec type
        && !(call.operand(0) instanceof SqlLiteral)
        && MapAsText.is(super.deriveType(scope, call.operand(0)), type.deriveType(this));
  }

  @Override
  public SqlTypeMappingRule getTypeMappingRule() {
    return CASTS;
  }

  /** Asked for only where JOIN … USING compares columns of different types. */
  @Override
  public TypeCoercion getTypeCoercion() {
    return TypeCoercions.createTypeCoercion(getTypeFactory(), this);
  }
}
