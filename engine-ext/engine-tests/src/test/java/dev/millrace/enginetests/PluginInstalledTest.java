// SPDX-License-Identifier: Apache-2.0
package dev.millrace.enginetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.camunda.Millrace;
import dev.millrace.store.Run;
import dev.millrace.store.RunState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.test.TestHelper;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;

/** The very engine that the engine's own tests are given has Millrace. */
class PluginInstalledTest {
  private static final String MODEL =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
      <bpmn:process id="double" isExecutable="true" camunda:historyTimeToLive="1">
      <bpmn:startEvent id="s"/>
      <bpmn:serviceTask id="Double" camunda:delegateExpression="${streamTask}">
      <bpmn:extensionElements><camunda:properties>
      <camunda:property name="stream.script" value="double.sql"/>
      </camunda:properties></bpmn:extensionElements></bpmn:serviceTask>
      <bpmn:userTask id="Look"/>
      <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="Double"/>
      <bpmn:sequenceFlow id="f2" sourceRef="Double" targetRef="Look"/>
      </bpmn:process></bpmn:definitions>
      """;
  private static final String SCRIPT =
      """
      CREATE TABLE input (n BIGINT) WITH ('connector' = 'process-variables');
      CREATE TABLE output (m BIGINT) WITH ('connector' = 'process-variables');
      INSERT INTO output SELECT n * 2 FROM input;
      """;

  private final ProcessEngine engine = TestHelper.getProcessEngine("camunda.cfg.xml");

  @Test
  void itsDatabaseHoldsOurTables() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection db = engine.getProcessEngineConfiguration().getDataSource().getConnection();
        ResultSet found = db.getMetaData().getTables(null, null, "MR\\_%", null)) {
      while (found.next()) {
        tables.add(found.getString("TABLE_NAME"));
      }
    }
    assertThat(tables).contains("MR_RUN", "MR_EFFECT");
  }

  @Test
  void itParsesAndRunsAStreamTask() throws SQLException {
    Deployment deployment = deploy(SCRIPT);
    try {
      ProcessInstance instance =
          engine.getRuntimeService().startProcessInstanceByKey("double", Map.of("n", 21L));
      await()
          .until(
              () ->
                  engine
                      .getRuntimeService()
                      .getActiveActivityIds(instance.getId())
                      .contains("Look"));
      assertThat(engine.getRuntimeService().getVariable(instance.getId(), "m")).isEqualTo(42L);
      assertThat(Millrace.of(engine).orElseThrow().runs().ofProcessInstance(instance.getId()))
          .extracting(Run::state)
          .containsExactly(RunState.COMPLETED);
    } finally {
      engine.getRepositoryService().deleteDeployment(deployment.getId(), true);
    }
  }

  @Test
  void itRefusesAWrongScript() {
    assertThatThrownBy(() -> deploy("SELEKT 1;"))
        .isInstanceOf(ParseException.class)
        .hasMessageContaining("double.sql");
  }

  private Deployment deploy(String script) {
    return engine
        .getRepositoryService()
        .createDeployment()
        .addString("double.bpmn", MODEL)
        .addString("double.sql", script)
        .deploy();
  }
}
