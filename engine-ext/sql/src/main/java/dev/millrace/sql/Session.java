// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.plan.Insert;
import dev.millrace.plan.Plan;
import dev.millrace.spi.type.RowType;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.Connectors;
import dev.millrace.sql.error.SqlErrors;
import dev.millrace.sql.query.QueryPlanner;
import dev.millrace.sql.rel.NarrowScans;
import dev.millrace.sql.script.Failures;
import dev.millrace.sql.script.Script;
import dev.millrace.sql.script.Statement;
import dev.millrace.sql.type.FlinkTypeFactory;
import dev.millrace.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.flink.sql.parser.ddl.SqlReset;
import org.apache.flink.sql.parser.ddl.SqlSet;
import org.apache.flink.sql.parser.ddl.table.SqlCreateTable;
import org.apache.flink.sql.parser.ddl.table.SqlDropTable;
import org.apache.flink.sql.parser.ddl.view.SqlCreateView;
import org.apache.flink.sql.parser.ddl.view.SqlDropView;
import org.apache.flink.sql.parser.dml.RichSqlInsert;

/** Runs the statements of one script in order. Single-threaded. */
final class Session {
  /** The frame of a statement set: all INSERTs of a script are one set anyway. */
  private static final Pattern SET_FRAME =
      Pattern.compile("(EXECUTE\\s+STATEMENT\\s+SET\\s+BEGIN|BEGIN\\s+STATEMENT\\s+SET|END)");

  private final String script;
  private final Catalog catalog = new Catalog();
  private final Settings settings = new Settings();
  private final List<Insert> inserts = new ArrayList<>();
  private final TableDeclarations tables;
  private final ViewDeclarations views;
  private final Inserts writes;

  Session(String script, Connectors connectors, Failures failures) {
    this.script = script;
    QueryPlanner queries = new QueryPlanner(catalog);
    this.tables = new TableDeclarations(catalog, queries, connectors, failures);
    this.views = new ViewDeclarations(catalog, queries);
    this.writes = new Inserts(catalog, queries);
  }

  void run(Statement statement) throws SqlParseException {
    if (SET_FRAME.matcher(statement.text().toUpperCase(Locale.ROOT)).matches()) {
      return;
    }
    SqlNode node = Script.parse(statement);
    if (node instanceof SqlSet set) {
      settings.set(statement, set);
    } else if (node instanceof SqlReset reset) {
      settings.reset(statement, reset);
    } else if (node instanceof SqlCreateTable create) {
      tables.create(statement, create);
    } else if (node instanceof SqlDropTable drop) {
      Names.drop(catalog, statement, drop, drop.getIfExists());
    } else if (node instanceof SqlCreateView create) {
      views.create(statement, create);
    } else if (node instanceof SqlDropView drop) {
      Names.drop(catalog, statement, drop, drop.getIfExists());
    } else if (node instanceof RichSqlInsert insert) {
      inserts.add(writes.plan(statement, insert));
    } else if (node.isA(SqlKind.QUERY)) {
      throw SqlErrors.bareQuery(statement.start());
    } else {
      throw SqlErrors.unsupported(statement.start(), "the statement " + firstWords(statement));
    }
  }

  private static String firstWords(Statement statement) {
    String[] words = statement.text().split("\\s+", 3);
    String second = words.length > 1 && words[1].matches("[A-Za-z]+") ? " " + words[1] : "";
    return (words[0] + second).toUpperCase(Locale.ROOT);
  }

  boolean writes() {
    return !inserts.isEmpty();
  }

  Optional<RowType> describe(String table) {
    return catalog
        .find(table)
        .map(declared -> Types.toRow(declared.getRowType(new FlinkTypeFactory())));
  }

  /** After all statements: what is masked depends on all that is written. */
  void followMasks() {
    settings.followMasks(catalog, writes.written());
  }

  Plan plan() {
    return new Plan(script, NarrowScans.of(inserts), settings.values(), settings.zone());
  }
}
