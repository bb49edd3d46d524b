// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the {@link Overview}. Thread-safe. Reads at most once a second however many pages look, so
 * that an open page costs the same as a hundred.
 */
@Component
class OverviewReader {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final ProcessEngine engine;
  private final JdbcClient database;
  private final SampleProperties properties;
  private final RuntimeFigures figures;
  private final Clock clock = Clock.systemUTC();
  private Overview last;

  OverviewReader(
      ProcessEngine engine,
      JdbcClient database,
      SampleProperties properties,
      RuntimeFigures figures) {
    this.engine = engine;
    this.database = database;
    this.properties = properties;
    this.figures = figures;
  }

  synchronized Overview read() {
    Instant now = clock.instant();
    if (last == null || Duration.between(last.at(), now).compareTo(FRESH) >= 0) {
      last = readAt(now);
    }
    return last;
  }

  private Overview readAt(Instant now) {
    Map<String, Long> running = runningByProcess();
    RuntimeFigures.Figures runtime = figures.read();
    return new Overview(
        now,
        properties.ordersPerSecond(),
        orders(running.getOrDefault("order", 0L)),
        atStep(),
        engine.getTaskService().createTaskQuery().taskDefinitionKey("DecideOnOrder").count(),
        engine.getRuntimeService().createIncidentQuery().count(),
        books(),
        processes(running),
        runtime.pipelines(),
        Overview.Runs.of(runtime.runs()),
        runtime.rows());
  }

  /**
   * How instances ended, counted by the database: history may hold a hundred thousand. One that
   * left by an error, as shipping does, has no end event there, only its state.
   */
  private Overview.Orders orders(long running) {
    Map<String, Long> ends =
        counts(
            """
            SELECT COALESCE(END_ACT_ID_, PROC_DEF_KEY_ || ' ' || STATE_) AS name, COUNT(*) AS number
            FROM ACT_HI_PROCINST WHERE END_TIME_ IS NOT NULL
            GROUP BY COALESCE(END_ACT_ID_, PROC_DEF_KEY_ || ' ' || STATE_)""");
    Function<String, Long> reached = end -> ends.getOrDefault(end, 0L);
    long shipped = reached.apply("OrderShipped");
    long cancelled = reached.apply("OrderCancelled");
    return new Overview.Orders(
        running + shipped + cancelled,
        running,
        shipped,
        cancelled,
        reached.apply("Rejected"),
        reached.apply("shipping INTERNALLY_TERMINATED"));
  }

  private Map<String, Long> runningByProcess() {
    return counts(
        """
        SELECT d.KEY_ AS name, COUNT(*) AS number FROM ACT_RU_EXECUTION e
        JOIN ACT_RE_PROCDEF d ON d.ID_ = e.PROC_DEF_ID_
        WHERE e.PARENT_ID_ IS NULL GROUP BY d.KEY_""");
  }

  private Map<String, Long> atStep() {
    return counts(
        """
        SELECT ACT_ID_ AS name, COUNT(*) AS number FROM ACT_RU_EXECUTION
        WHERE ACT_ID_ IS NOT NULL GROUP BY ACT_ID_""");
  }

  private Map<String, Long> counts(String sql) {
    return database
        .sql(sql)
        .query((row, n) -> Map.entry(row.getString(1), row.getLong(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Long::sum, TreeMap::new));
  }

  private Overview.Books books() {
    return database
        .sql(
            """
            SELECT (SELECT COALESCE(SUM(qty), 0) FROM stock) AS stock,
                   (SELECT COALESCE(SUM(received - qty), 0) FROM stock)
                     - (SELECT COALESCE(SUM(quantity), 0) FROM shipments) AS reserved,
                   (SELECT COUNT(*) FROM shipments) AS shipments,
                   (SELECT COUNT(*) FROM charges) AS charges,
                   (SELECT COALESCE(SUM(amount), 0) FROM charges) AS charged""")
        .query(
            (row, n) ->
                new Overview.Books(
                    row.getLong("stock"),
                    row.getLong("reserved"),
                    row.getLong("shipments"),
                    row.getLong("charges"),
                    row.getBigDecimal("charged")))
        .single();
  }

  private List<Overview.Process> processes(Map<String, Long> running) {
    List<ProcessDefinition> latest =
        engine
            .getRepositoryService()
            .createProcessDefinitionQuery()
            .latestVersion()
            .orderByProcessDefinitionKey()
            .asc()
            .list();
    return latest.stream()
        .map(
            process ->
                new Overview.Process(
                    process.getKey(),
                    process.getName(),
                    process.getVersion(),
                    running.getOrDefault(process.getKey(), 0L)))
        .toList();
  }
}
