// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs that queue for a worker are done in the order of their tasks' job priorities. */
class JobPriorityTest {
  private static final String JOIN = "<bpmn:serviceTask id=\"A\" camunda:delegateExpression";

  private final GatedEngine gate = new GatedEngine();

  private static String process(String id, String ofProcess, String ofTask) {
    return Models.process(
            id,
            Models.start("s")
                + Models.task("A", "log.sql")
                + Models.end("e")
                + Models.line("s A e"))
        .replace("isExecutable=\"true\"", "isExecutable=\"true\"" + ofProcess)
        .replace(JOIN, JOIN.replace(" camunda", ofTask + " camunda"));
  }

  @Test
  void theTasksPriorityThenTheProcessesDecides() throws Exception {
    try (Stage stage =
        new Stage(
            plugin -> {
              plugin.setStreamEngine(gate::over);
              plugin.setWorkers(1);
            })) {
      stage.sql(Scripts.TABLES);
      stage.deploy(
          "low.bpmn",
          process("low", " camunda:jobPriority=\"1\"", ""),
          "high.bpmn",
          process("high", " camunda:jobPriority=\"1\"", " camunda:jobPriority=\"50\""),
          "asked.bpmn",
          process("asked", "", " camunda:jobPriority=\"${rank}\""),
          "log.sql",
          Scripts.log("x"));
      gate.close();
      stage.start("low", Map.of("id", 0L));
      stage.until(gate::waiting, 1);
      stage.start("low", Map.of("id", 1L));
      stage.start("asked", Map.of("id", 2L, "rank", 7));
      stage.start("high", Map.of("id", 3L));
      stage.start("asked", Map.of("id", 4L, "rank", 60));
      gate.open();
      stage.until(() -> stage.query("SELECT ID FROM LOG").size(), 5);
      assertThat(stage.query("SELECT PRIORITY FROM MR_RUN ORDER BY COMMIT_SEQ OFFSET 1 ROWS"))
          .containsExactly("60", "50", "7", "1");
    }
  }
}
