// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.camunda.Millrace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A database whose password is wrong, then missing, then right; told nowhere at any time. */
@SpringBootTest(
    classes = TestApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.datasource.generate-unique-name=true",
      "camunda.bpm.generic-properties.properties.enforce-history-time-to-live=false",
      "camunda.bpm.auto-deployment-enabled=false",
      "camunda.bpm.metrics.enabled=false",
      "camunda.bpm.job-execution.max-wait=200",
      "millrace.retry.attempts=1",
      "millrace.secrets.token=value-of-the-token",
      "millrace.connections.vault.url=" + SecretsStoryTest.URL,
      "millrace.connections.vault.username=sa",
      "millrace.connections.vault.password=secret:vault-password",
      "millrace.http.shop.url=https://shop.test/v1",
      "millrace.http.shop.token=secret:token",
      "millrace.http.plain.url=https://plain.test",
      "millrace.http.plain.token=value-in-plain",
      "millrace.kafka.main.sasl.jaas.config=value-in-jaas",
      "spring.application.json={\"millrace\":{\"http\":{\"json\":{\"url\":\"https://json.test\",\"token\":\"value-in-json\"}}}}",
      "management.endpoints.web.exposure.include=*",
      "management.endpoint.env.show-values=always",
      "management.endpoint.configprops.show-values=always",
      "logging.level.com.zaxxer.hikari=debug",
      "server.address=127.0.0.1"
    })
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class SecretsStoryTest {
  static final String URL = "jdbc:h2:mem:vault;DB_CLOSE_DELAY=-1";
  private static final String RIGHT = "value-that-is-right";
  private static final String WRONG = "value-that-is-wrong";
  private static final List<String> VALUES =
      List.of(
          RIGHT, WRONG, "value-of-the-token", "value-in-plain", "value-in-jaas", "value-in-json");

  private static final String MODEL =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
      <bpmn:process id="p" isExecutable="true" camunda:historyTimeToLive="1">
      <bpmn:startEvent id="s"/>
      <bpmn:serviceTask id="T" camunda:delegateExpression="${streamTask}">
      <bpmn:extensionElements><camunda:properties>
      <camunda:property name="stream.script" value="read.sql"/>
      </camunda:properties></bpmn:extensionElements></bpmn:serviceTask>
      <bpmn:userTask id="Look"/>
      <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="T"/>
      <bpmn:sequenceFlow id="f2" sourceRef="T" targetRef="Look"/>
      </bpmn:process></bpmn:definitions>
      """;
  private static final String SCRIPT =
      """
      CREATE TABLE items (n BIGINT) WITH ('connector' = 'jdbc', 'connection' = 'vault', 'table-name' = 'ITEMS');
      CREATE TABLE output (n BIGINT) WITH ('connector' = 'process-variables');
      INSERT INTO output SELECT n FROM items;
      """;

  @TempDir static Path directory;
  @Autowired private ProcessEngine engine;
  @Autowired private Millrace millrace;
  @LocalServerPort private int port;

  @DynamicPropertySource
  static void mounted(DynamicPropertyRegistry registry) throws SQLException {
    registry.add("millrace.secrets-directory", directory::toString);
    try (Connection vault = DriverManager.getConnection(URL, "sa", RIGHT)) {
      vault.createStatement().execute("CREATE TABLE ITEMS (N BIGINT)");
      vault.createStatement().execute("INSERT INTO ITEMS VALUES (7)");
    }
  }

  @Test
  void secretIsAskedForWhenItIsNeededAndToldNowhere(CapturedOutput output) throws Exception {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString("p.bpmn", MODEL)
        .addString("read.sql", SCRIPT)
        .deploy();
    ProcessInstance instance = engine.getRuntimeService().startProcessInstanceByKey("p");
    assertThat(incident(instance, "").getIncidentMessage())
        .contains("millrace.connections.vault.password' names secret 'vault-password'")
        .contains("file " + directory.resolve("vault-password"));

    Files.writeString(directory.resolve("vault-password"), WRONG + "\n");
    String first = incident(instance, "").getId();
    retry(instance);
    assertThat(incident(instance, first).getIncidentMessage()).contains("28000");

    assertNoValueIn("log", output.getAll());
    for (String path :
        List.of(
            "/actuator/env",
            "/actuator/configprops",
            "/actuator/health",
            "/engine-rest/incident",
            "/engine-rest/history/incident",
            "/engine-rest/history/job-log",
            "/engine-rest/job/" + job(instance) + "/stacktrace")) {
      String answer = get(path);
      assertThat(answer).as(path).isNotEmpty();
      assertNoValueIn(path, answer);
    }
    assertNoValueIn("runs", millrace.runs().ofProcessInstance(instance.getId()).toString());
    assertThat(get("/actuator/configprops")).contains("secret:vault-password", "******");

    Files.writeString(directory.resolve("vault-password"), RIGHT);
    retry(instance);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                Long.valueOf(7)
                    .equals(engine.getRuntimeService().getVariable(instance.getId(), "n")));
    assertNoValueIn("log", output.getAll());
  }

  private static void assertNoValueIn(String where, String text) {
    for (String value : VALUES) {
      assertThat(text.contains(value)).as(value + " in " + where).isFalse();
    }
  }

  private Incident incident(ProcessInstance instance, String before) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                engine
                    .getRuntimeService()
                    .createIncidentQuery()
                    .processInstanceId(instance.getId())
                    .list()
                    .stream()
                    .filter(incident -> !incident.getId().equals(before))
                    .findFirst()
                    .orElse(null),
            found -> found != null);
  }

  private String job(ProcessInstance instance) {
    return engine
        .getManagementService()
        .createJobQuery()
        .processInstanceId(instance.getId())
        .singleResult()
        .getId();
  }

  private void retry(ProcessInstance instance) {
    engine.getManagementService().setJobRetries(job(instance), 1);
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response.body();
  }
}
