// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.sql.catalog.BrokenTable;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.DeclaredView;
import dev.millrace.sql.error.SqlErrors;
import dev.millrace.sql.query.QueryPlanner;
import dev.millrace.sql.script.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.flink.sql.parser.ddl.view.SqlCreateView;

/** CREATE VIEW: validated at once, expanded where it is used. */
final class ViewDeclarations {
  private final Catalog catalog;
  private final QueryPlanner queries;

  ViewDeclarations(Catalog catalog, QueryPlanner queries) {
    this.catalog = catalog;
    this.queries = queries;
  }

  void create(Statement statement, SqlCreateView create) {
    SqlIdentifier identifier = create.getName();
    String name = Names.resolve(statement, identifier);
    if (!Names.isNew(catalog, statement, identifier, create.isIfNotExists())) {
      return;
    }
    catalog.add(name, new BrokenTable(name));
    RelNode query = queries.toRel(create.getQuery(), statement);
    DeclaredView view = new DeclaredView(renamed(statement, create, query));
    catalog.add(name, view);
  }

  private static RelNode renamed(Statement statement, SqlCreateView create, RelNode query) {
    SqlNodeList fields = create.getFieldList();
    List<String> names = query.getRowType().getFieldNames();
    if (fields != null && !fields.isEmpty()) {
      if (fields.size() != names.size()) {
        throw SqlErrors.declaration(
            statement.at(fields),
            "the view names %d columns, its query has %d".formatted(fields.size(), names.size()));
      }
      names = fields.stream().map(ViewDeclarations::name).toList();
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw SqlErrors.declaration(
            statement.at(create.getQuery()), "the view has two columns named '" + name + "'");
      }
    }
    return LogicalProject.create(
        query,
        List.of(),
        query.getCluster().getRexBuilder().identityProjects(query.getRowType()),
        names,
        Set.of());
  }

  private static String name(SqlNode field) {
    return ((SqlIdentifier) field).getSimple();
  }
}
