// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.RunState;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamTaskTest {
  private static final String DOUBLE =
      """
      CREATE TABLE input (amount BIGINT) WITH ('connector' = 'process-variables');
      CREATE TABLE output (doubled BIGINT) WITH ('connector' = 'process-variables');
      INSERT INTO output SELECT amount * 2 FROM input;
      """;

  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aTaskReadsAndSetsVariables() throws Exception {
    stage.deploy(
        "p.bpmn",
        Models.process(
            "p",
            Models.start("s")
                + Models.task("Double", "double.sql")
                + Models.user("Look")
                + Models.line("s Double Look")),
        "double.sql",
        DOUBLE);
    ProcessInstance instance = stage.start("p", Map.of("amount", 21L));
    stage.untilAt(instance, "Look");
    assertThat(stage.engine.getRuntimeService().getVariable(instance.getId(), "doubled"))
        .isEqualTo(42L);
    assertThat(stage.runStates(instance)).isEqualTo(List.of(RunState.COMPLETED));
  }
}
