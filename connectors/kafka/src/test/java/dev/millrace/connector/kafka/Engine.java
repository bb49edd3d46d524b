// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import static org.awaitility.Awaitility.await;

import dev.millrace.camunda.Millrace;
import dev.millrace.camunda.MillracePlugin;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.DeploymentBuilder;

/** A process engine whose scripts may name the cluster {@code main}. */
final class Engine implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final ProcessEngine engine;

  /** A new, empty database in memory; its address. */
  static String database() {
    return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
  }

  Engine(String database, Map<String, String> cluster, Consumer<MillracePlugin> settings) {
    MillracePlugin plugin = new MillracePlugin();
    plugin.setRetryDelayMillis(20);
    plugin.setPollMillis(100);
    plugin.setNode("one");
    plugin.setEndpoints(Map.of("kafka", Map.of("main", cluster)));
    settings.accept(plugin);
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setProcessEngineName("engine-" + UUID.randomUUID());
    configuration.setJdbcUrl(database);
    configuration.setJdbcUsername("sa");
    configuration.setJdbcPassword("");
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setEnforceHistoryTimeToLive(false);
    configuration.setDbMetricsReporterActivate(false);
    configuration.getProcessEnginePlugins().add(plugin);
    engine = configuration.buildProcessEngine();
  }

  Engine(String database) {
    this(database, Map.of("bootstrap.servers", TestBroker.servers()), plugin -> {});
  }

  Millrace millrace() {
    return Millrace.of(engine).orElseThrow();
  }

  /** Deploys files, given as name and content in turn. */
  void deploy(String... namesAndContents) {
    DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      deployment.addString(namesAndContents[i], namesAndContents[i + 1]);
    }
    deployment.deploy();
  }

  static <T> void until(Callable<T> actual, T expected) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(actual, value -> value.equals(expected));
  }

  @Override
  public void close() {
    engine.close();
  }
}
