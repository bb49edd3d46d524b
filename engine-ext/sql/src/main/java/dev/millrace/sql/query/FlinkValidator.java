// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.query;

import com.google.common.collect.ImmutableSet;
import dev.millrace.sql.function.Functions;
import dev.millrace.sql.type.FlinkTypeFactory;
import java.util.HashMap;
import java.util.Map;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.implicit.TypeCoercion;
import org.apache.calcite.sql.validate.implicit.TypeCoercions;

/** Calcite's validator with the casts of Flink's {@code LogicalTypeCasts}. */
final class FlinkValidator extends SqlValidatorImpl {
  private static final SqlTypeCoercionRule CASTS = SqlTypeCoercionRule.instance(casts());

  FlinkValidator(SqlValidatorCatalogReader reader, FlinkTypeFactory types, Config config) {
    super(Functions.instance(), reader, types, config);
  }

  /** By target, the types it can be cast from: Calcite's, and BOOLEAN for every number. */
  private static Map<SqlTypeName, ImmutableSet<SqlTypeName>> casts() {
    Map<SqlTypeName, ImmutableSet<SqlTypeName>> casts =
        new HashMap<>(SqlTypeCoercionRule.instance().getTypeMapping());
    for (SqlTypeName number : SqlTypeName.NUMERIC_TYPES) {
      ImmutableSet<SqlTypeName> known = casts.getOrDefault(number, ImmutableSet.of());
      casts.put(
          number,
          ImmutableSet.<SqlTypeName>builder().addAll(known).add(SqlTypeName.BOOLEAN).build());
    }
    return casts;
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
