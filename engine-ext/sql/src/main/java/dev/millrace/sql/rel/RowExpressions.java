// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.type.RowType;
import java.util.List;
import org.apache.calcite.rel.core.Project;

/** The projections of a query over one row, as expressions. */
public final class RowExpressions {
  private RowExpressions() {}

  public static List<Expression> convert(Project project, RowType row) {
    return new RexToExpression(project.getCluster().getRexBuilder(), row)
        .convert(project.getProjects());
  }
}
