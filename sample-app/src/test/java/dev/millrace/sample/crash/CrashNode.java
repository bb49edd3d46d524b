// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample.crash;

import com.zaxxer.hikari.HikariDataSource;
import dev.millrace.camunda.MillracePlugin;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.task.Task;

/**
 * A process engine with Millrace and the three archives, made to be killed. Starts the orders up to
 * a number that are not started yet, decides on approvals, prints {@code READY} once it works and
 * {@code DONE} when no instance is left. Usage: {@code CrashNode jdbcUrl lastOrder}.
 */
final class CrashNode {
  private static final List<String> RESOURCES =
      List.of(
          "order.bpmn",
          "reserve-stock.sql",
          "score-risk.sql",
          "charge-customer.sql",
          "approval.bpmn",
          "approval-rules.dmn",
          "decide-on-order.form",
          "shipping.bpmn",
          "book-shipment.sql",
          "hand-to-carrier.sql");
  private static final String[] REGIONS = {"AFRICA", "AMERICA", "ASIA", "EUROPE", "MIDDLE EAST"};
  private static final int JOB_LOCK_MS = 3000;
  private static final int PERSONS_DECIDE_EVERY = 10;

  private final ProcessEngine engine;

  private CrashNode(ProcessEngine engine) {
    this.engine = engine;
  }

  public static void main(String[] arguments) throws InterruptedException {
    CrashNode node = new CrashNode(engine(arguments[0]));
    node.deploy();
    System.out.println("READY");
    node.work(Integer.parseInt(arguments[1]));
    System.out.println("DONE");
    node.engine.close();
  }

  private static ProcessEngine engine(String jdbcUrl) {
    HikariDataSource database = new HikariDataSource();
    database.setJdbcUrl(jdbcUrl);
    database.setUsername("postgres");
    MillracePlugin plugin = new MillracePlugin();
    plugin.setNode("crash-node");
    plugin.setPollMillis(200);
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(database);
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
    configuration.setJobExecutorActivate(true);
    configuration.getProcessEnginePlugins().add(plugin);
    configuration.setEnforceHistoryTimeToLive(false);
    // What a killed node had locked is anybody's after so long.
    DefaultJobExecutor jobs = new DefaultJobExecutor();
    jobs.setLockTimeInMillis(JOB_LOCK_MS);
    configuration.setJobExecutor(jobs);
    return configuration.buildProcessEngine();
  }

  private void deploy() {
    DeploymentBuilder deployment =
        engine.getRepositoryService().createDeployment().enableDuplicateFiltering(false);
    RESOURCES.forEach(deployment::addClasspathResource);
    deployment.name("orders").deploy();
  }

  private void work(int lastOrder) throws InterruptedException {
    for (int order = 1; order <= lastOrder; order++) {
      startOnce(order);
      decide();
    }
    while (engine.getRuntimeService().createProcessInstanceQuery().count() > 0) {
      decide();
      Thread.sleep(50);
    }
  }

  private void startOnce(int order) {
    String businessKey = "order-" + order;
    boolean known =
        engine
                .getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey("order")
                .processInstanceBusinessKey(businessKey)
                .count()
            > 0;
    if (!known) {
      engine.getRuntimeService().startProcessInstanceByKey("order", businessKey, order(order));
    }
  }

  /** Every so many orders are dear enough for a person to decide. */
  private static Map<String, Object> order(int order) {
    return Map.of(
        "orderKey",
        (long) order,
        "customer",
        order % 20L + 1,
        "amount",
        order % PERSONS_DECIDE_EVERY == 0 ? 400_000.0 : 1000.0 + order,
        "sku",
        order % 12L + 1,
        "quantity",
        order % 10 + 1,
        "region",
        REGIONS[order % REGIONS.length]);
  }

  /** Approves every other one. */
  private void decide() {
    for (Task task : engine.getTaskService().createTaskQuery().list()) {
      Number order = (Number) engine.getTaskService().getVariable(task.getId(), "orderKey");
      boolean approve = order.longValue() / PERSONS_DECIDE_EVERY % 2 == 0;
      engine
          .getTaskService()
          .complete(task.getId(), Map.of("decision", approve ? "approve" : "reject"));
    }
  }
}
