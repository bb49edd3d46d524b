// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import dev.millrace.plan.expression.Function;
import org.apache.calcite.sql.SqlOperator;

/** What an operator of the syntax is in the plan. */
public record Mapping(SqlOperator operator, Function function, Coercion coercion) {
  static Mapping of(SqlOperator operator, Function function) {
    return new Mapping(operator, function, Coercion.NONE);
  }
}
