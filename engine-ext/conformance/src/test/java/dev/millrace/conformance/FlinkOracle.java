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
   * What Flink says of a script.
   *
   * @param types of the columns of {@code results}, name and type as DESCRIBE writes it
   * @param resultDeclaration the CREATE TABLE of {@code results}, if the script leaves it out
   */
  record Judgement(Outcome outcome, List<String> types, Optional<String> resultDeclaration) {}

  private final FlinkCluster cluster;

  FlinkOracle() throws Exception {
    cluster = new FlinkCluster();
  }

  Judgement run(Script script) {
    TableEnvironment tables =
        StreamTableEnvironment.create(cluster.environment(), EnvironmentSettings.inStreamingMode());
    Optional<ResolvedSchema> schema = Optional.empty();
    Outcome outcome;
    try (PrintedRows printed = new PrintedRows()) {
      for (String statement : script.statements()) {
        Optional<String> query = script.resultQuery(statement);
        if (query.isPresent()) {
          schema = Optional.of(tables.sqlQuery(query.get()).getResolvedSchema());
          tables.executeSql(declaration(schema.get()));
        }
        execute(tables, statement);
      }
      outcome = Outcome.printed(printed.text());
    } catch (Exception e) {
      outcome = Outcome.failed(e);
    }
    return new Judgement(
        outcome,
        schema.map(FlinkOracle::types).orElse(List.of()),
        schema.map(FlinkOracle::declaration));
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
