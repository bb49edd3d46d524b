// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.script;

import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/**
 * What Flink's dialect allows beyond the standard. Flink's own class lacks methods this version of
 * Calcite calls.
 */
final class FlinkConformance extends SqlDelegatingConformance {
  static final FlinkConformance INSTANCE = new FlinkConformance();

  private FlinkConformance() {
    super(SqlConformanceEnum.DEFAULT);
  }

  @Override
  public boolean isPercentRemainderAllowed() {
    return true;
  }

  @Override
  public boolean allowNiladicParentheses() {
    return true;
  }

  @Override
  public boolean allowExplicitRowValueConstructor() {
    return true;
  }

  @Override
  public boolean isValueAllowed() {
    return true;
  }
}
