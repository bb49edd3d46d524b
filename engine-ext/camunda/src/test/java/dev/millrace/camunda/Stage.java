// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.awaitility.Awaitility.await;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.store.Run;
import dev.millrace.store.RunState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** A process engine with Millrace over an empty {@link TestDatabase}, for the tests of a class. */
final class Stage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final ProcessEngine engine;
  final MillracePlugin plugin = new MillracePlugin();

  Stage() {
    this(plugin -> {});
  }

  Stage(Consumer<MillracePlugin> settings) {
    this(settings, TestDatabase.create());
  }

  Stage(Consumer<MillracePlugin> settings, TestDatabase database) {
    this(settings, database, configuration -> {});
  }

  Stage(
      Consumer<MillracePlugin> settings,
      TestDatabase database,
      Consumer<StandaloneProcessEngineConfiguration> engineSettings) {
    plugin.setRetryDelayMillis(20);
    plugin.setPollMillis(200);
    settings.accept(plugin);
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setProcessEngineName("stage-" + UUID.randomUUID());
    configuration.setJdbcUrl(database.url());
    configuration.setJdbcUsername(database.user());
    configuration.setJdbcPassword("");
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setEnforceHistoryTimeToLive(false);
    configuration.setDbMetricsReporterActivate(false);
    configuration.getProcessEnginePlugins().add(plugin);
    engineSettings.accept(configuration);
    engine = configuration.buildProcessEngine();
  }

  Millrace millrace() {
    return Millrace.of(engine).orElseThrow();
  }

  // what is deployed

  /** Deploys files, given as name and content in turn. */
  String deploy(Object... namesAndContents) {
    DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      String name = (String) namesAndContents[i];
      Object content = namesAndContents[i + 1];
      if (content instanceof BpmnModelInstance model) {
        Bpmn.validateModel(model);
        deployment.addString(name, Bpmn.convertToString(model));
      } else {
        deployment.addString(name, (String) content);
      }
    }
    return deployment.deploy().getId();
  }

  ProcessInstance start(String process, Map<String, Object> variables) {
    return engine.getRuntimeService().startProcessInstanceByKey(process, variables);
  }

  // what happens

  <T> void until(Callable<T> actual, T expected) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(actual, value -> value.equals(expected));
  }

  void untilTrue(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition);
  }

  void untilEnded(ProcessInstance instance) {
    until(() -> isRunning(instance), false);
  }

  boolean isRunning(ProcessInstance instance) {
    return engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceId(instance.getId())
            .count()
        > 0;
  }

  /** The ids of the activities an instance is at. */
  List<String> at(ProcessInstance instance) {
    return isRunning(instance)
        ? engine.getRuntimeService().getActiveActivityIds(instance.getId()).stream()
            .sorted()
            .toList()
        : List.of();
  }

  void untilAt(ProcessInstance instance, String... activities) {
    until(() -> at(instance), List.of(activities));
  }

  void completeTask(ProcessInstance instance) {
    engine
        .getTaskService()
        .complete(
            engine
                .getTaskService()
                .createTaskQuery()
                .processInstanceId(instance.getId())
                .singleResult()
                .getId());
  }

  /** Completes one of several tasks; again if a run's commit was faster, as a person would. */
  void completeOneOf(ProcessInstance instance, String key) {
    await()
        .atMost(PATIENCE)
        .ignoreException(OptimisticLockingException.class)
        .until(
            () -> {
              String task =
                  engine
                      .getTaskService()
                      .createTaskQuery()
                      .processInstanceId(instance.getId())
                      .taskDefinitionKey(key)
                      .listPage(0, 1)
                      .get(0)
                      .getId();
              engine.getTaskService().complete(task);
              return true;
            });
  }

  long incidents(ProcessInstance instance) {
    return engine
        .getRuntimeService()
        .createIncidentQuery()
        .processInstanceId(instance.getId())
        .count();
  }

  /** Presses Cockpit's button. */
  void retryIncident(ProcessInstance instance) {
    String job =
        engine
            .getManagementService()
            .createJobQuery()
            .processInstanceId(instance.getId())
            .noRetriesLeft()
            .singleResult()
            .getId();
    engine.getManagementService().setJobRetries(job, 1);
    engine.getManagementService().executeJob(job);
  }

  /** Does the one job that is due, as the job executor would. */
  void executeJob(ProcessInstance instance) {
    engine
        .getManagementService()
        .executeJob(
            engine
                .getManagementService()
                .createJobQuery()
                .processInstanceId(instance.getId())
                .singleResult()
                .getId());
  }

  List<RunState> runStates(ProcessInstance instance) throws SQLException {
    return millrace().runs().ofProcessInstance(instance.getId()).stream().map(Run::state).toList();
  }

  int resume(ProcessInstance instance, ConflictPolicy policy) {
    return millrace().rollbacks().resume(instance.getId(), policy);
  }

  // the database

  void sql(String... statements) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** The first column of all rows, as text, in the query's order. */
  List<String> query(String sql) throws SQLException {
    try (Connection connection = connection();
        PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  /** A column's new type, as ALTER COLUMN wants it. */
  String type(String sql) throws SQLException {
    try (Connection connection = connection()) {
      boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
      return (h2 ? "SET DATA TYPE " : "TYPE ") + sql;
    }
  }

  Connection connection() throws SQLException {
    return engine.getProcessEngineConfiguration().getDataSource().getConnection();
  }

  @Override
  public void close() {
    engine.close();
  }
}
