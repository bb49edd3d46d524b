// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A process application that leaves takes its definitions out of the engine's cache. */
class ParsedAgainTest {
  private static final int TIMES = 200;
  private static final int THREADS = 3;

  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void processesStartedMeanwhileFindTheDefinitionWhole() throws Exception {
    stage.deploy(
        "later.bpmn",
        Models.process(
            "later",
            "<bpmn:startEvent id=\"s\" camunda:asyncBefore=\"true\"/>"
                + Models.user("Look")
                + Models.line("s Look")));
    var cache =
        ((ProcessEngineConfigurationImpl) stage.engine.getProcessEngineConfiguration())
            .getDeploymentCache()
            .getProcessDefinitionCache();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int time = 0; time < TIMES; time++) {
        cache.clear();
        startAtOnce(threads);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(stage.engine.getManagementService().createJobQuery().list())
        .hasSize(TIMES * THREADS)
        .extracting(Job::getJobDefinitionId, Job::getProcessDefinitionKey)
        .doesNotContainNull();
  }

  private void startAtOnce(ExecutorService threads) throws Exception {
    CyclicBarrier together = new CyclicBarrier(THREADS);
    List<Future<?>> started = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      started.add(
          threads.submit(
              () -> {
                together.await();
                return stage.engine.getRuntimeService().startProcessInstanceByKey("later");
              }));
    }
    for (Future<?> start : started) {
      start.get();
    }
  }
}
