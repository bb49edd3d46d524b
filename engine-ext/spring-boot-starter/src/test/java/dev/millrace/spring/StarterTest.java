// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.camunda.Millrace;
import dev.millrace.store.RunState;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A stream task in a Spring Boot application. */
@TestApplication.Served
class StarterTest {
  private static final String MODEL =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
      <bpmn:process id="p" isExecutable="true" camunda:historyTimeToLive="1">
      <bpmn:startEvent id="s"/>
      <bpmn:serviceTask id="T" camunda:delegateExpression="${streamTask}">
      <bpmn:extensionElements><camunda:properties>
      <camunda:property name="stream.script" value="double.sql"/>
      </camunda:properties></bpmn:extensionElements></bpmn:serviceTask>
      <bpmn:userTask id="Look"/>
      <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="T"/>
      <bpmn:sequenceFlow id="f2" sourceRef="T" targetRef="Look"/>
      </bpmn:process></bpmn:definitions>
      """;
  private static final String SCRIPT =
      """
      CREATE TABLE input (n BIGINT) WITH ('connector' = 'process-variables');
      CREATE TABLE output (m BIGINT) WITH ('connector' = 'process-variables');
      INSERT INTO output SELECT n * 2 FROM input;
      """;

  @Autowired private ProcessEngine engine;
  @Autowired private Millrace millrace;

  @Test
  void aStreamTaskRunsInSpringsTransactions() throws Exception {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString("p.bpmn", MODEL)
        .addString("double.sql", SCRIPT)
        .deploy();
    ProcessInstance instance =
        engine.getRuntimeService().startProcessInstanceByKey("p", Map.of("n", 21L));
    await()
        .until(
            () ->
                engine
                        .getTaskService()
                        .createTaskQuery()
                        .processInstanceId(instance.getId())
                        .count()
                    == 1);
    assertThat(engine.getRuntimeService().getVariable(instance.getId(), "m")).isEqualTo(42L);
    assertThat(millrace.runs().ofProcessInstance(instance.getId()))
        .extracting(run -> run.state())
        .containsExactly(RunState.COMPLETED);
  }
}
