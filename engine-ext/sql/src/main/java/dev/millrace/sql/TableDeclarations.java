// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.spi.type.RowType;
import dev.millrace.sql.catalog.BrokenTable;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.Connectors;
import dev.millrace.sql.catalog.Declaration;
import dev.millrace.sql.catalog.Declaration.EventTime;
import dev.millrace.sql.catalog.Declaration.WrittenOption;
import dev.millrace.sql.catalog.DeclaredColumn;
import dev.millrace.sql.catalog.DeclaredTable;
import dev.millrace.sql.catalog.KnownMetadata;
import dev.millrace.sql.error.SqlErrors;
import dev.millrace.sql.query.QueryPlanner;
import dev.millrace.sql.script.Failures;
import dev.millrace.sql.script.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.flink.sql.parser.ddl.SqlTableOption;
import org.apache.flink.sql.parser.ddl.SqlWatermark;
import org.apache.flink.sql.parser.ddl.constraint.SqlTableConstraint;
import org.apache.flink.sql.parser.ddl.table.SqlCreateTable;
import org.apache.flink.sql.parser.error.SqlValidateException;

/** CREATE TABLE. */
final class TableDeclarations {
  /** Where the options stand among the operands of a CREATE TABLE. */
  private static final int OPTIONS_OPERAND = 3;

  private static final int MAX_EVENT_TIME_PRECISION = 3;

  private final Catalog catalog;
  private final QueryPlanner queries;
  private final Connectors connectors;
  private final Failures failures;

  TableDeclarations(
      Catalog catalog, QueryPlanner queries, Connectors connectors, Failures failures) {
    this.catalog = catalog;
    this.queries = queries;
    this.connectors = connectors;
    this.failures = failures;
  }

  void create(Statement statement, SqlCreateTable create) {
    SqlIdentifier identifier = create.getName();
    String name = Names.resolve(statement, identifier);
    if (!Names.isNew(catalog, statement, identifier, create.isIfNotExists())) {
      return;
    }
    catalog.add(name, new BrokenTable(name));
    refuseOtherForms(statement, create);
    Map<String, WrittenOption> options = options(statement, create);
    List<DeclaredColumn> columns = columns(statement, create, connectors.metadata(options));
    Declaration declaration =
        new Declaration(
            name,
            statement.at(identifier),
            columns,
            primaryKey(statement, create, columns),
            create.getWatermark().map(watermark -> eventTime(statement, watermark, columns)),
            options);
    DeclaredTable table = new DeclaredTable(declaration, connectors);
    catalog.add(name, table);
    connectors.check(
        declaration,
        problem -> {
          failures.add(problem);
          table.markUnusable();
        });
  }

  private static void refuseOtherForms(Statement statement, SqlCreateTable create) {
    if (create.getClass() != SqlCreateTable.class) {
      throw SqlErrors.unsupported(
          statement.start(), "CREATE TABLE … LIKE or AS", "declare the columns");
    }
    if (!create.getPartitionKeyList().isEmpty()) {
      throw SqlErrors.unsupported(statement.start(), "PARTITIONED BY");
    }
    if (create.getDistribution() != null) {
      throw SqlErrors.unsupported(statement.start(), "DISTRIBUTED");
    }
  }

  private List<DeclaredColumn> columns(
      Statement statement, SqlCreateTable create, Optional<KnownMetadata> metadata) {
    try {
      create.validate();
    } catch (SqlValidateException e) {
      throw SqlErrors.declaration(statement.at(e.getErrorPosition()), e.getMessage());
    }
    return new ColumnDeclarations(statement, queries, metadata).declare(create.getColumnList());
  }

  private static List<String> primaryKey(
      Statement statement, SqlCreateTable create, List<DeclaredColumn> columns) {
    List<String> stored =
        columns.stream()
            .filter(column -> column.computation().isEmpty())
            .map(column -> column.column().name())
            .toList();
    List<String> key = new ArrayList<>();
    for (SqlTableConstraint constraint : create.getFullConstraints()) {
      for (SqlNode node : constraint.getColumns()) {
        String name = ((SqlIdentifier) node).getSimple();
        if (!stored.contains(name)) {
          throw SqlErrors.declaration(
              statement.at(node), "the key's column '" + name + "' is not declared or computed");
        }
        key.add(name);
      }
    }
    return key;
  }

  private EventTime eventTime(
      Statement statement, SqlWatermark watermark, List<DeclaredColumn> columns) {
    RowType row = new RowType(columns.stream().map(DeclaredColumn::column).toList());
    SqlIdentifier identifier = watermark.getEventTimeColumnName();
    int column = row.indexOf(identifier.toString());
    if (column < 0) {
      throw SqlErrors.declaration(
          statement.at(identifier), "the watermark's column '" + identifier + "' is not declared");
    }
    boolean fits =
        switch (row.type(column).root()) {
          case TIMESTAMP, TIMESTAMP_LTZ -> row.type(column).precision() <= MAX_EVENT_TIME_PRECISION;
          default -> false;
        };
    if (!fits) {
      throw SqlErrors.declaration(
          statement.at(identifier),
          "event time must be TIMESTAMP(p) or TIMESTAMP_LTZ(p) with p from 0 to 3, '%s' is %s"
              .formatted(identifier, row.type(column)));
    }
    SqlNode strategy = watermark.getWatermarkStrategy();
    return new EventTime(
        column,
        queries.toExpressions(List.of(strategy), row, statement, statement.at(strategy)).get(0));
  }

  private static Map<String, WrittenOption> options(Statement statement, SqlCreateTable create) {
    Map<String, WrittenOption> options = new LinkedHashMap<>();
    Optional.ofNullable((SqlNodeList) create.getOperandList().get(OPTIONS_OPERAND))
        .ifPresent(
            nodes ->
                nodes.forEach(
                    node -> {
                      SqlTableOption option = (SqlTableOption) node;
                      options.put(
                          option.getKeyString(),
                          new WrittenOption(
                              option.getValueString(), statement.at(option.getKey())));
                    }));
    return options;
  }
}
