// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application is stopped and started again on the same file. */
class RestartTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @Test
  void secondStartDeploysNothingAndOrdersGoOnArriving() {
    List<String> deployed;
    try (ConfigurableApplicationContext first = start()) {
      await().atMost(PATIENCE).until(() -> arrived(first) >= 3);
      deployed = deployed(first);
    }
    try (ConfigurableApplicationContext second = start()) {
      long arrived = arrived(second);
      assertThat(deployed(second)).isEqualTo(deployed);
      await().atMost(PATIENCE).until(() -> arrived(second) >= arrived + 3);
      assertThat(businessKeys(second)).doesNotHaveDuplicates().contains("1", "2", "3");
    }
  }

  private ConfigurableApplicationContext start() {
    return SpringApplication.run(
        SampleApplication.class,
        "--server.port=0",
        "--sample.data-directory=" + folder,
        "--sample.orders-per-second=5");
  }

  private static long arrived(ConfigurableApplicationContext application) {
    return businessKeys(application).size();
  }

  private static List<String> businessKeys(ConfigurableApplicationContext application) {
    return application
        .getBean(HistoryService.class)
        .createHistoricProcessInstanceQuery()
        .processDefinitionKey("order")
        .list()
        .stream()
        .map(HistoricProcessInstance::getBusinessKey)
        .toList();
  }

  /** Ids hold the versions of process definitions. */
  private static List<String> deployed(ConfigurableApplicationContext application) {
    RepositoryService repository = application.getBean(RepositoryService.class);
    List<String> deployments =
        repository.createDeploymentQuery().list().stream().map(Deployment::getId).toList();
    List<String> definitions =
        repository.createProcessDefinitionQuery().list().stream()
            .map(ProcessDefinition::getId)
            .toList();
    return Stream.concat(deployments.stream(), definitions.stream()).sorted().toList();
  }
}
