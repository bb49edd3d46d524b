// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.camunda.Millrace;
import dev.millrace.store.InboxState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Starts, messages, live tables and history in the transactions of Spring. */
@TestApplication.Served
class ReachingProcessesTest {
  /** For machines with much to do. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String MODEL =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
      <bpmn:message id="Paid" name="Paid"/>
      <bpmn:process id="parcel" isExecutable="true" camunda:historyTimeToLive="1">
      <bpmn:startEvent id="s"/>
      <bpmn:serviceTask id="Check" camunda:expression="${n % 5 == 0 ? missing.bean : 1}"/>
      <bpmn:serviceTask id="Ask" camunda:resultVariable="row" camunda:expression="${streams.lookup('shelf', n)}"/>
      <bpmn:receiveTask id="Wait" messageRef="Paid"/>
      <bpmn:userTask id="Look"/>
      <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="Check"/>
      <bpmn:sequenceFlow id="f2" sourceRef="Check" targetRef="Ask"/>
      <bpmn:sequenceFlow id="f3" sourceRef="Ask" targetRef="Wait"/>
      <bpmn:sequenceFlow id="f4" sourceRef="Wait" targetRef="Look"/>
      </bpmn:process></bpmn:definitions>
      """;

  private static String pipeline(String name, String sink, String query) {
    return """
        SET 'pipeline.name' = '%s';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.on-data-error' = 'dead-letter';
        CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '20');
        CREATE TABLE sink %s;
        INSERT INTO sink SELECT %s FROM numbers;
        """
        .formatted(name, sink, query);
  }

  @Autowired private ProcessEngine engine;
  @Autowired private Millrace millrace;
  @Autowired private JdbcTemplate database;
  @LocalServerPort private int port;

  private void deploy(String name, String content) {
    engine.getRepositoryService().createDeployment().addString(name, content).deploy();
  }

  private JsonNode rest(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/engine-rest/millrace" + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    return answer.body().isEmpty() ? null : new ObjectMapper().readTree(answer.body());
  }

  @Test
  void earlyMessagesPoisonedStartsLookupsAndHistoryWorkTogether() throws Exception {
    database.execute("CREATE TABLE TOLD (INSTANCE VARCHAR(64), WHAT VARCHAR(50))");
    deploy(
        "watch.sql",
        """
        SET 'pipeline.name' = 'watch';
        SET 'millrace.start' = 'on-deployment';
        CREATE TABLE history (event_type STRING, process_instance_id STRING) WITH (
          'connector' = 'process-history', 'entities' = 'process-instance', 'process-definition-keys' = 'parcel');
        CREATE TABLE told (instance STRING, what STRING) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'told');
        INSERT INTO told SELECT process_instance_id, event_type FROM history;
        """);
    deploy("parcel.bpmn", MODEL);
    deploy(
        "shelf.sql",
        pipeline(
            "shelf",
            "(n BIGINT, place STRING, PRIMARY KEY (n) NOT ENFORCED) WITH ('connector' = 'live-table',"
                + " 'table-name' = 'shelf')",
            "n, 'p' || CAST(n AS STRING)"));
    deploy(
        "messages.sql",
        pipeline(
            "messages",
            "(id STRING, paid BOOLEAN) WITH ('connector' = 'process-message', 'message-name' = 'Paid',"
                + " 'business-key-column' = 'id', 'ttl' = '1 h')",
            "'k' || CAST(n AS STRING), TRUE"));
    await()
        .atMost(PATIENCE)
        .until(() -> millrace.inbox().counts(), Map.of(InboxState.BUFFERED, 20L)::equals);
    assertThat(rest("GET", "/inbox/count?state=buffered").get("count").asLong()).isEqualTo(20);
    deploy(
        "starts.sql",
        pipeline(
            "starts",
            "(id STRING, n BIGINT) WITH ('connector' = 'process-start',"
                + " 'process-definition-key' = 'parcel', 'business-key-column' = 'id')",
            "'k' || CAST(n AS STRING), n"));
    await()
        .atMost(PATIENCE)
        .until(
            () -> millrace.inbox().counts(),
            Map.of(InboxState.BUFFERED, 4L, InboxState.DELIVERED, 16L)::equals);
    assertThat(engine.getTaskService().createTaskQuery().processDefinitionKey("parcel").count())
        .isEqualTo(16);
    await()
        .atMost(PATIENCE)
        .until(() -> millrace.store().deadLetters().countOfPipeline("starts") == 4);
    ProcessInstance seventh =
        engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceBusinessKey("k7")
            .singleResult();
    assertThat(engine.getRuntimeService().getVariable(seventh.getId(), "row"))
        .isEqualTo(Map.of("n", 7L, "place", "p7"));
    await().atMost(PATIENCE).until(() -> database.queryForList("SELECT * FROM TOLD").size() == 16);
    JsonNode waiting = rest("GET", "/inbox?businessKey=k5");
    assertThat(waiting).hasSize(1);
    String id = waiting.get(0).get("id").asText();
    assertThat(rest("GET", "/inbox/" + id).at("/variables/paid").asBoolean()).isTrue();
    rest("POST", "/inbox/" + id + "/expire");
    assertThat(rest("GET", "/inbox/" + id).get("state").asText()).isEqualTo("EXPIRED");
    rest("POST", "/inbox/" + id + "/retry");
    assertThat(rest("GET", "/inbox/" + id).get("state").asText()).isEqualTo("BUFFERED");
    List.of("watch").forEach(name -> millrace.pipelineService().stop(name));
  }
}
