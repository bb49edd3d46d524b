// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.rel;

import dev.millrace.plan.expression.Expression;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.error.Location;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.sql.catalog.Declaration;
import dev.millrace.sql.error.SqlErrors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Fits a query's columns to those of the table it is written to, with the implicit casts Flink
 * makes there. Columns the statement does not name get NULL.
 *
 * @param at where the table is named
 * @param places where the query's columns stand; empty if unknown
 * @param targets positions in the table's written columns, in order of the query's columns
 */
public record SinkColumns(
    Declaration table, Location at, List<Location> places, List<Integer> targets) {

  public PlanNode fit(PlanNode query) {
    RowType sinkType = table.writeType();
    if (query.type().size() != targets.size()) {
      throw SqlErrors.columnCount(at, table.name(), targets.size(), query.type().size());
    }
    List<Expression> columns = new ArrayList<>(Collections.nCopies(sinkType.size(), null));
    for (int i = 0; i < targets.size(); i++) {
      columns.set(targets.get(i), column(query.type(), i, targets.get(i)));
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i) == null) {
        columns.set(i, missing(i));
      }
    }
    return Calcs.project(query, columns, sinkType.names());
  }

  private Expression column(RowType query, int from, int to) {
    RowType sinkType = table.writeType();
    DataType type = sinkType.type(to);
    if (!ImplicitCasts.allows(query.type(from), type)) {
      throw SqlErrors.columnType(
          place(from),
          table.name(),
          sinkType.name(to),
          type.toString(),
          query.type(from).toString());
    }
    return Casts.implicit(new Expression.Input(from, query.type(from)), type);
  }

  private Expression missing(int column) {
    DataType type = table.writeType().type(column);
    if (!type.nullable()) {
      throw SqlErrors.notNullColumn(at, table.name(), table.writeType().name(column));
    }
    return new Expression.Literal(null, type);
  }

  private Location place(int column) {
    return column < places.size() ? places.get(column) : at;
  }
}
