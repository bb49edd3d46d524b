// SPDX-License-Identifier: Apache-2.0
package dev.millrace.conformance;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.logical.LogicalType;

/** Runs scripts on Flink in streaming mode with parallelism 1. */
final class FlinkOracle implements AutoCloseable {
  private static final Pattern SET =
      Pattern.compile("SET\\s+'([^']*)'\\s*=\\s*'([^']*)'", Pattern.CASE_INSENSITIVE);

  /**
   * A script's outcome.
   *
   * @param resultDeclaration the CREATE TABLE of {@code results}, if the script leaves it out
   */
  record Judgement(Outcome outcome, Optional<String> resultDeclaration) {}

  private final FlinkCluster cluster;

  FlinkOracle() throws Exception {
    cluster = new FlinkCluster();
  }

  Judgement run(Script script) throws Exception {
    TableEnvironment tables =
        StreamTableEnvironment.create(cluster.environment(), EnvironmentSettings.inStreamingMode());
    Optional<String> declaration = Optional.empty();
    List<String> types = List.of();
    try (PrintedRows printed = new PrintedRows()) {
      for (String statement : script.statements()) {
        Optional<String> query = Script.resultQuery(statement);
        if (query.isPresent() && !script.text().contains("CREATE TABLE results")) {
          ResolvedSchema schema = tables.sqlQuery(query.get()).getResolvedSchema();
          declaration = Optional.of(declaration(schema));
          types = types(schema);
          tables.executeSql(declaration.get());
        }
        execute(tables, statement);
      }
      return new Judgement(Outcome.of(printed.text(), types), declaration);
    }
  }

  private static void execute(TableEnvironment tables, String statement) throws Exception {
    Matcher set = SET.matcher(statement);
    if (set.matches()) {
      tables.getConfig().set(set.group(1), set.group(2));
    } else {
      tables.executeSql(statement).await();
    }
  }

  private static String declaration(ResolvedSchema schema) {
    return schema.getColumns().stream()
        .map(column -> "`" + column.getName() + "` " + physical(column).copy(true))
        .collect(
            Collectors.joining(", ", "CREATE TABLE results (", ") WITH ('connector' = 'print')"));
  }

  private static List<String> types(ResolvedSchema schema) {
    return schema.getColumns().stream()
        .map(column -> column.getName() + " " + physical(column).asSummaryString())
        .toList();
  }

  /** The type without the mark of an event time attribute. */
  private static LogicalType physical(Column column) {
    LogicalType type = column.getDataType().getLogicalType();
    return type.accept(new WithoutTimeAttribute());
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }
}
