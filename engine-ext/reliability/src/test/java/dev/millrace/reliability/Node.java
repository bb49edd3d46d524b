// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import dev.millrace.camunda.Millrace;
import dev.millrace.camunda.MillracePlugin;
import dev.millrace.camunda.transaction.EngineTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;

/** An engine with Millrace: no history, no job executor, nothing that does not help a test. */
final class Node implements AutoCloseable {
  final ProcessEngine engine;

  private Node(ProcessEngine engine) {
    this.engine = engine;
  }

  static Node start(DataSource database, Consumer<MillracePlugin> settings) {
    MillracePlugin plugin = new MillracePlugin();
    plugin.setPollMillis(100);
    plugin.setRetryDelayMillis(20);
    plugin.setSweepSeconds(3600);
    settings.accept(plugin);
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setProcessEngineName("node-" + System.nanoTime());
    configuration.setDataSource(database);
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setHistory("none");
    configuration.setMetricsEnabled(false);
    configuration.setDbMetricsReporterActivate(false);
    configuration.setEnforceHistoryTimeToLive(false);
    configuration.getProcessEnginePlugins().add(plugin);
    Mappings.share(configuration, database);
    return new Node(configuration.buildProcessEngine());
  }

  Millrace millrace() {
    return Millrace.of(engine).orElseThrow();
  }

  /** Something in one transaction of the engine's. */
  @FunctionalInterface
  interface Step {
    void perform(Connection connection) throws SQLException;
  }

  /** Commits the step, or nothing of it. */
  void inTransaction(Step step) {
    ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
        .getCommandExecutorTxRequired()
        .execute(
            command -> {
              try {
                step.perform(EngineTransaction.current().connection());
                return null;
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  @Override
  public void close() {
    engine.close();
  }
}
