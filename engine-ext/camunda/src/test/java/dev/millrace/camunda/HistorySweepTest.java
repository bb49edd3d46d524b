// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.RunState;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistorySweepTest {
  private Stage stage;

  @BeforeEach
  void open() throws Exception {
    stage = new Stage(plugin -> plugin.setSweepSeconds(1));
    stage.sql(Scripts.TABLES);
    stage.deploy(
        "p.bpmn",
        Models.process(
            "p",
            Models.start("s")
                + Models.task("Log", "log.sql")
                + Models.user("Look")
                + Models.line("s Log Look")),
        "log.sql",
        Scripts.log("a"));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private ProcessInstance looking(long id) {
    ProcessInstance instance = stage.start("p", Map.of("id", id));
    stage.untilAt(instance, "Look");
    return instance;
  }

  private List<String> effects() throws Exception {
    return stage.query("SELECT RUN_ID FROM MR_EFFECT");
  }

  @Test
  void runsGoWithTheHistoryOfTheirInstanceAndNotBefore() throws Exception {
    ProcessInstance removed = looking(1);
    ProcessInstance ended = looking(2);
    ProcessInstance running = looking(3);
    stage.completeTask(ended);
    stage.completeTask(removed);
    assertThat(effects()).hasSize(3);
    stage.engine.getHistoryService().deleteHistoricProcessInstance(removed.getId());
    stage.until(() -> stage.runStates(removed), List.of());
    assertThat(effects()).hasSize(2);
    assertThat(stage.runStates(ended)).containsExactly(RunState.COMPLETED);
    assertThat(stage.runStates(running)).containsExactly(RunState.COMPLETED);
  }

  @Test
  void aRunningInstanceWithoutHistoryKeepsItsRunsUntilItEnds() throws Exception {
    ProcessInstance running = looking(1);
    ProcessInstance ended = looking(2);
    stage.completeTask(ended);
    stage.sql("DELETE FROM ACT_HI_PROCINST");
    stage.until(() -> stage.runStates(ended), List.of());
    assertThat(stage.runStates(running)).containsExactly(RunState.COMPLETED);
    stage.engine.getRuntimeService().deleteProcessInstance(running.getId(), "test");
    stage.until(() -> stage.runStates(running), List.of());
    assertThat(effects()).isEmpty();
  }
}
