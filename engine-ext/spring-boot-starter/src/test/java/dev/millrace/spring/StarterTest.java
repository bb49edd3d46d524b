// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.camunda.Millrace;
import dev.millrace.store.RunState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A Spring Boot application with engine, REST and webapps: a task runs, and attacks fail. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.datasource.url=jdbc:h2:mem:starter;DB_CLOSE_ON_EXIT=FALSE",
      "camunda.bpm.generic-properties.properties.enforce-history-time-to-live=false",
      "camunda.bpm.auto-deployment-enabled=false",
      "millrace.retry.delay=20ms",
      "server.address=127.0.0.1"
    })
class StarterTest {
  @SpringBootApplication
  static class Application {}

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
  @LocalServerPort private int port;

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

  @Test
  void anExpressionInsideAnOrQueryIsNotEvaluated() {
    TaskQuery query =
        engine
            .getTaskService()
            .createTaskQuery()
            .or()
            .taskAssigneeExpression("${''.getClass().forName('java.lang.System').exit(1)}")
            .endOr();
    assertThatThrownBy(query::list).isInstanceOf(BadUserRequestException.class);
    assertThatThrownBy(query::count).isInstanceOf(BadUserRequestException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/engine-rest/task", "/engine-rest/task/count"})
  void anExpressionInsideAnOrQueryIsRefusedOverRest(String path) throws Exception {
    HttpResponse<String> answer =
        post(path, "{\"orQueries\":[{\"assigneeExpression\":\"${1 + 1}\"}]}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("also inside orQueries");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/camunda/api/admin/setup/default/user/create",
        "/camunda//api/admin/setup/default/user/create",
        "/camunda/api/admin;x=y/setup/default/user/create",
        "/camunda/api/%61dmin/setup/default/user/create",
        "/camunda/app/../api/admin/setup/default/user/create"
      })
  void nobodyMakesHimselfAdministrator(String path) throws Exception {
    HttpResponse<String> answer =
        post(
            path,
            """
            {"profile": {"id": "mallory", "firstName": "M", "lastName": "M", "email": "m@m"},
             "credentials": {"password": "mallory"}}
            """);
    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(engine.getIdentityService().createUserQuery().userId("mallory").count()).isZero();
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
