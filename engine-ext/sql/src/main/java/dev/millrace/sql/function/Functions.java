// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.function;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;

/** All operators and functions of the dialect. Names of functions are found in any case. */
public final class Functions implements SqlOperatorTable {
  private static final Functions INSTANCE = new Functions();

  private final List<SqlOperator> operators = new ArrayList<>();
  private final Map<SqlOperator, Mapping> mappings = new IdentityHashMap<>();

  private Functions() {
    operators.addAll(SyntaxOperators.ALL);
    operators.addAll(AggregateFunctions.ALL);
    operators.addAll(WindowFunctions.ALL);
    add(StandardFunctions.ALL);
    add(MathFunctions.ALL);
    add(StringFunctions.ALL);
    add(TimeFunctions.ALL);
    add(ConditionalFunctions.ALL);
  }

  public static Functions instance() {
    return INSTANCE;
  }

  private void add(List<Mapping> added) {
    for (Mapping mapping : added) {
      operators.add(mapping.operator());
      mappings.put(mapping.operator(), mapping);
    }
  }

  /** What the operator is in the plan, if it is a plain function there. */
  public Optional<Mapping> find(SqlOperator operator) {
    return Optional.ofNullable(mappings.get(operator));
  }

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> found,
      SqlNameMatcher nameMatcher) {
    if (!name.isSimple()) {
      return;
    }
    for (SqlOperator operator : operators) {
      boolean fits =
          operator.getSyntax() == syntax
              || (syntax == SqlSyntax.FUNCTION && operator instanceof SqlFunction);
      if (fits && operator.getName().equalsIgnoreCase(name.getSimple())) {
        found.add(operator);
      }
    }
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return List.copyOf(operators);
  }
}
