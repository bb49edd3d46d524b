// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

/** The actuator where it may steer. */
@SpringBootTest(
    classes = TestApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.datasource.generate-unique-name=true",
      "camunda.bpm.process-engine-name=steered",
      "camunda.bpm.auto-deployment-enabled=false",
      "camunda.bpm.metrics.enabled=false",
      "management.endpoints.web.exposure.include=millracepipelines",
      "management.endpoint.millracepipelines.access=unrestricted",
      "server.address=127.0.0.1"
    })
@DirtiesContext
class ActuatorSteeringTest {
  private static final String PIPELINE =
      """
      SET 'pipeline.name' = 'numbers';
      SET 'millrace.start' = 'on-deployment';
      CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
      CREATE TABLE last (id INT, n BIGINT, PRIMARY KEY (id) NOT ENFORCED) WITH (
        'connector' = 'live-table', 'table-name' = 'last');
      INSERT INTO last SELECT 1, n FROM numbers;
      """;

  @Autowired private ProcessEngine engine;
  @LocalServerPort private int port;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  private HttpResponse<String> steer(String pipeline, String action) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/actuator/millracepipelines/" + pipeline))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"action\": \"" + action + "\"}"))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatCannotBeDoneIsAnsweredWithItsReason() throws Exception {
    engine.getRepositoryService().createDeployment().addString("n.sql", PIPELINE).deploy();
    HttpResponse<String> unknown = steer("none", "PAUSE");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(json.readTree(unknown.body()).get("code").asText()).isEqualTo("MR-BPMN-045");

    HttpResponse<String> paused = steer("numbers", "PAUSE");
    assertThat(paused.statusCode()).isEqualTo(200);
    assertThat(json.readTree(paused.body()).get("state").asText()).isEqualTo("PAUSED");

    HttpResponse<String> again = steer("numbers", "PAUSE");
    assertThat(again.statusCode()).isEqualTo(409);
    JsonNode refused = json.readTree(again.body());
    assertThat(refused.get("code").asText()).isEqualTo("MR-BPMN-046");
    assertThat(refused.get("message").asText())
        .contains("pipeline 'numbers' is PAUSED", "INCIDENT or RUNNING");
    assertThat(steer("numbers", "STOP").statusCode()).isEqualTo(200);
  }
}
