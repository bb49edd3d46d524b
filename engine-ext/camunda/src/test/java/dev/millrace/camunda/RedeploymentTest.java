// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What may replace a pipeline, and where its sources go on then. */
class RedeploymentTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private Pipeline stored(String name) throws Exception {
    return stage.millrace().pipelines().find(name).orElseThrow();
  }

  private void seen() throws Exception {
    stage.sql("CREATE TABLE SEEN (ID BIGINT, MARK VARCHAR(50))");
  }

  private void untilCommitted(String name) {
    stage.untilTrue(() -> stored(name).totals().commits() > 0);
  }

  private static String numbers(String mark) {
    return """
        SET 'pipeline.name' = 'numbers';
        SET 'millrace.start' = 'on-deployment';
        CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '100',
          'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '1000000');
        CREATE TABLE log (id BIGINT, mark STRING) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'seen');
        INSERT INTO log SELECT n, '%s' FROM numbers;
        """
        .formatted(mark);
  }

  /** A pipeline's name is its first tenant's. */
  @Nested
  class OfOthers {
    private static final String TAKEN = "belongs to others; choose another 'pipeline.name'";

    private void deploy(String tenant, String script) {
      stage
          .engine
          .getRepositoryService()
          .createDeployment()
          .tenantId(tenant)
          .addString("numbers.sql", script)
          .deploy();
    }

    private void assertUntouched() throws Exception {
      assertThat(stored("numbers").tenantId()).contains("a");
      stage.sql("DELETE FROM SEEN");
      stage.untilTrue(() -> !stage.query("SELECT ID FROM SEEN").isEmpty());
      assertThat(stage.query("SELECT DISTINCT MARK FROM SEEN")).containsExactly("a");
    }

    @Test
    void aTenantCannotReplaceThePipelineOfAnother() throws Exception {
      seen();
      deploy("a", numbers("a"));
      untilCommitted("numbers");
      for (String policy : List.of("replace", "drain", "discard-state")) {
        String script = "SET 'millrace.on-redeploy' = '" + policy + "';\n" + numbers("b");
        assertThatThrownBy(() -> deploy("b", script)).hasMessageContaining(TAKEN);
        assertThatThrownBy(() -> deploy(null, script)).hasMessageContaining(TAKEN);
      }
      assertUntouched();
    }

    @Test
    void whatThePipelineOfAnotherTenantRemembersIsNotTold() throws Exception {
      seen();
      deploy(
          "a",
          numbers("a")
              .replace("'jdbc', 'connection' = 'engine', 'table-name' = 'seen'", "'blackhole'")
              .replace("SELECT n, 'a' FROM", "SELECT DISTINCT MOD(n, 2), 'a' FROM"));
      untilCommitted("numbers");
      assertThatThrownBy(() -> deploy("b", numbers("b")))
          .isInstanceOf(ProcessEngineException.class)
          .hasMessageContaining(TAKEN)
          .hasMessageNotContaining("GroupAggregate")
          .hasMessageNotContaining("MR-BPMN-020");
    }

    @Test
    void aStoppedPipelineIsStillItsTenants() throws Exception {
      seen();
      deploy("a", numbers("a"));
      untilCommitted("numbers");
      stage.millrace().pipelineService().stop("numbers");
      assertThatThrownBy(() -> deploy("b", numbers("b"))).hasMessageContaining(TAKEN);
      assertThat(stored("numbers").state()).isEqualTo(PipelineState.STOPPED);
      deploy("a", numbers("a"));
      assertUntouched();
    }

    @Test
    void ofTwoTenantsThatDeployAtOnceOneGetsTheName() throws Exception {
      seen();
      List<String> tenants = List.of("a", "b", "c", "d");
      CyclicBarrier start = new CyclicBarrier(tenants.size());
      ExecutorService threads = Executors.newFixedThreadPool(tenants.size());
      List<Future<?>> deployments = new ArrayList<>();
      for (String tenant : tenants) {
        deployments.add(
            threads.submit(
                () -> {
                  start.await();
                  deploy(tenant, numbers(tenant));
                  return null;
                }));
      }
      List<String> winners = new ArrayList<>();
      for (int i = 0; i < tenants.size(); i++) {
        try {
          deployments.get(i).get();
          winners.add(tenants.get(i));
        } catch (ExecutionException e) {
          assertThat(e).hasMessageContaining("choose another 'pipeline.name'");
        }
      }
      threads.shutdown();
      assertThat(winners).hasSize(1);
      assertThat(stored("numbers").tenantId()).isEqualTo(Optional.of(winners.get(0)));
      untilCommitted("numbers");
      assertThat(stage.query("SELECT DISTINCT MARK FROM SEEN")).isEqualTo(winners);
    }
  }
}
