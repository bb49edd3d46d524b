// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.plan.expression.Expression;
import dev.millrace.spi.connector.MetadataKey;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import dev.millrace.sql.catalog.DeclaredColumn;
import dev.millrace.sql.catalog.KnownMetadata;
import dev.millrace.sql.error.SqlErrors;
import dev.millrace.sql.query.QueryPlanner;
import dev.millrace.sql.script.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.flink.sql.parser.ddl.SqlTableColumn;
import org.apache.flink.sql.parser.ddl.SqlTableColumn.SqlComputedColumn;
import org.apache.flink.sql.parser.ddl.SqlTableColumn.SqlMetadataColumn;
import org.apache.flink.sql.parser.ddl.SqlTableColumn.SqlRegularColumn;

/** The columns of a CREATE TABLE. Computed ones see the physical and metadata columns only. */
final class ColumnDeclarations {
  private final Statement statement;
  private final QueryPlanner queries;
  private final Optional<KnownMetadata> metadata;

  /**
   * @param metadata what the table's connector knows; empty if there is no such connector
   */
  ColumnDeclarations(Statement statement, QueryPlanner queries, Optional<KnownMetadata> metadata) {
    this.statement = statement;
    this.queries = queries;
    this.metadata = metadata;
  }

  List<DeclaredColumn> declare(Iterable<SqlNode> nodes) {
    refuseDuplicates(nodes);
    RowType given = givenType(nodes);
    List<DeclaredColumn> read = new ArrayList<>();
    for (SqlNode node : nodes) {
      if (node instanceof SqlRegularColumn regular) {
        read.add(DeclaredColumn.physical(column(regular, regular.getType())));
      } else if (node instanceof SqlMetadataColumn column) {
        read.add(metadata(column, given));
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

  /** All but computed columns, as the connector gives them. */
  private RowType givenType(Iterable<SqlNode> nodes) {
    List<Column> columns = new ArrayList<>();
    for (SqlNode node : nodes) {
      if (node instanceof SqlRegularColumn regular) {
        columns.add(column(regular, regular.getType()));
      } else if (node instanceof SqlMetadataColumn column) {
        Column declared = column(column, column.getType());
        DataType type = known(column).map(MetadataKey::type).orElse(declared.type());
        columns.add(new Column(declared.name(), type.withNullable(declared.type().nullable())));
      }
    }
    return new RowType(columns);
  }

  private Optional<MetadataKey> known(SqlMetadataColumn column) {
    return metadata.map(known -> known.require(key(column), statement.at(column.getName())));
  }

  private static String key(SqlMetadataColumn column) {
    return column.getMetadataAlias().orElse(column.getName().getSimple());
  }

  private DeclaredColumn metadata(SqlMetadataColumn column, RowType given) {
    Column declared = column(column, column.getType());
    int position = given.indexOf(declared.name());
    boolean writable = known(column).map(MetadataKey::writable).orElse(true);
    return DeclaredColumn.metadata(
        declared,
        new DeclaredColumn.Metadata(
            key(column),
            given.type(position),
            conversion(column, declared, given, position),
            writable,
            statement.at(column.getName())),
        column.isVirtual());
  }

  private Expression conversion(
      SqlMetadataColumn column, Column declared, RowType given, int position) {
    if (declared.type().equals(given.type(position))) {
      return new Expression.Input(position, declared.type());
    }
    SqlNode cast =
        SqlStdOperatorTable.CAST.createCall(
            column.getType().getParserPosition(), column.getName(), column.getType());
    Expression converted =
        queries
            .toExpressions(List.of(cast), given, statement, statement.at(column.getType()))
            .get(0);
    return converted.type().equals(declared.type())
        ? converted
        : new Expression.Cast(converted, declared.type(), false);
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
