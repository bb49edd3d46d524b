// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.sql.catalog.DeclaredColumn;
import dev.millrace.sql.error.SqlErrors;
import dev.millrace.sql.query.QueryPlanner;
import dev.millrace.sql.script.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.flink.sql.parser.ddl.SqlTableColumn;
import org.apache.flink.sql.parser.ddl.SqlTableColumn.SqlComputedColumn;
import org.apache.flink.sql.parser.ddl.SqlTableColumn.SqlMetadataColumn;
import org.apache.flink.sql.parser.ddl.SqlTableColumn.SqlRegularColumn;

/** The columns of a CREATE TABLE. Computed ones see the physical and metadata columns only. */
final class ColumnDeclarations {
  private final Statement statement;
  private final QueryPlanner queries;

  ColumnDeclarations(Statement statement, QueryPlanner queries) {
    this.statement = statement;
    this.queries = queries;
  }

  List<DeclaredColumn> declare(Iterable<SqlNode> nodes) {
    refuseDuplicates(nodes);
    List<DeclaredColumn> read = new ArrayList<>();
    for (SqlNode node : nodes) {
      if (node instanceof SqlRegularColumn regular) {
        read.add(DeclaredColumn.physical(column(regular, regular.getType())));
      } else if (node instanceof SqlMetadataColumn metadata) {
        read.add(metadata(metadata));
      }
    }
    RowType readType = new RowType(read.stream().map(DeclaredColumn::column).toList());
    List<DeclaredColumn> all = new ArrayList<>();
    int next = 0;
    for (SqlNode node : nodes) {
      all.add(
          node instanceof SqlComputedColumn computed
              ? computed(computed, readType)
              : read.get(next++));
    }
    return all;
  }

  private void refuseDuplicates(Iterable<SqlNode> nodes) {
    Set<String> names = new HashSet<>();
    for (SqlNode node : nodes) {
      SqlIdentifier name = ((SqlTableColumn) node).getName();
      if (!names.add(name.toString())) {
        throw SqlErrors.declaration(statement.at(name), "column '" + name + "' is declared twice");
      }
    }
  }

  private DeclaredColumn metadata(SqlMetadataColumn metadata) {
    Column column = column(metadata, metadata.getType());
    String key = metadata.getMetadataAlias().orElse(column.name());
    return DeclaredColumn.metadata(column, key, metadata.isVirtual());
  }

  private Column column(SqlTableColumn column, SqlDataTypeSpec spec) {
    DataType type = queries.type(spec, statement.at(column.getName()));
    return new Column(column.getName().getSimple(), type);
  }

  private DeclaredColumn computed(SqlComputedColumn column, RowType readType) {
    SqlNode expression = column.getExpr();
    List<Expression> planned =
        queries.toExpressions(List.of(expression), readType, statement, statement.at(expression));
    return DeclaredColumn.computed(column.getName().getSimple(), planned.get(0));
  }
}
