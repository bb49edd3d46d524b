// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.plan.Insert;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.spi.connector.TableSink;
import dev.millrace.spi.error.Location;
import dev.millrace.sql.catalog.BrokenTable;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.Declaration;
import dev.millrace.sql.catalog.DeclaredTable;
import dev.millrace.sql.error.SqlErrors;
import dev.millrace.sql.query.QueryPlanner;
import dev.millrace.sql.rel.Calcs;
import dev.millrace.sql.rel.SinkColumns;
import dev.millrace.sql.script.AlreadyReported;
import dev.millrace.sql.script.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.flink.sql.parser.dml.RichSqlInsert;

/** INSERT INTO: the query's columns fitted to the table's, its changes to what the sink takes. */
final class Inserts {
  private final Catalog catalog;
  private final QueryPlanner queries;
  private final List<MaskedColumns.Written> written = new ArrayList<>();

  Inserts(Catalog catalog, QueryPlanner queries) {
    this.catalog = catalog;
    this.queries = queries;
  }

  Insert plan(Statement statement, RichSqlInsert insert) {
    refuseOtherForms(statement, insert);
    SqlIdentifier target = (SqlIdentifier) insert.getTargetTableID();
    SqlNode source = insert.getSource();
    List<Location> places = places(statement, source);
    RelNode rel = queries.toRel(source, statement);
    DeclaredTable table = table(statement, target);
    Declaration declaration = table.declaration();
    PlanNode query = queries.toPlan(rel, source, statement);
    List<Integer> targets = targets(statement, insert, declaration);
    SinkColumns columns = new SinkColumns(declaration, statement.at(target), places, targets);
    PlanNode fitted = columns.fit(query);
    TableSink sink = table.sink();
    ChangelogCheck.check(declaration, sink, fitted, statement.at(target));
    PlanNode stored =
        Calcs.project(
            fitted, declaration.sinkColumns(fitted.type()), declaration.sinkType().names());
    written.add(new MaskedColumns.Written(declaration, targets, rel));
    return new Insert(declaration.name(), sink, declaration.sinkType(), stored);
  }

  List<MaskedColumns.Written> written() {
    return written;
  }

  private static void refuseOtherForms(Statement statement, RichSqlInsert insert) {
    if (insert.isOverwrite()) {
      throw SqlErrors.unsupported(statement.start(), "INSERT OVERWRITE", "use INSERT INTO");
    }
    if (insert.isUpsert()) {
      throw SqlErrors.unsupported(statement.start(), "UPSERT INTO", "use INSERT INTO");
    }
    if (!insert.getStaticPartitions().isEmpty()) {
      throw SqlErrors.unsupported(statement.at(insert.getStaticPartitions()), "PARTITION");
    }
    if (insert.getTableHints() != null && !insert.getTableHints().isEmpty()) {
      throw SqlErrors.unsupported(
          statement.at(insert.getTableHints()), "OPTIONS hint", "put it into the table's WITH");
    }
    if (insert.getConflictStrategy().isPresent()) {
      throw SqlErrors.unsupported(statement.start(), "ON CONFLICT");
    }
  }

  private DeclaredTable table(Statement statement, SqlIdentifier target) {
    String name = Names.resolve(statement, target);
    Table table =
        catalog.find(name).orElseThrow(() -> SqlErrors.notDeclared(statement.at(target), name));
    if (table instanceof DeclaredTable declared) {
      return declared;
    }
    if (table instanceof BrokenTable) {
      throw new AlreadyReported(name);
    }
    throw SqlErrors.declaration(statement.at(target), "'" + name + "' is a view, not a table");
  }

  /** Positions in the written columns, in the order of the query. */
  private static List<Integer> targets(
      Statement statement, RichSqlInsert insert, Declaration declaration) {
    SqlNodeList list = insert.getTargetColumnList();
    if (list == null || list.isEmpty()) {
      return declaration.writeType().columns().stream()
          .map(column -> declaration.writeType().indexOf(column.name()))
          .toList();
    }
    return list.stream().map(node -> target(statement, node, declaration)).toList();
  }

  private static int target(Statement statement, SqlNode node, Declaration declaration) {
    String name = ((SqlIdentifier) node).toString();
    int position = declaration.writeType().indexOf(name);
    if (position < 0) {
      throw SqlErrors.declaration(
          statement.at(node),
          "table '%s' has no column '%s' to write; it has %s"
              .formatted(declaration.name(), name, declaration.writeType().names()));
    }
    return position;
  }

  /** Where the query's columns stand, if it names them one by one; else empty. */
  private static List<Location> places(Statement statement, SqlNode source) {
    if (!(source instanceof SqlSelect select)) {
      return List.of();
    }
    boolean star =
        select.getSelectList().stream()
            .anyMatch(item -> item instanceof SqlIdentifier name && name.isStar());
    return star ? List.of() : select.getSelectList().stream().map(statement::at).toList();
  }
}
