// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;

/** The application as a newcomer meets it, over HTTP. */
@RunningSample
class SampleApplicationTest {
  @Autowired private TestRestTemplate anonymous;
  @Autowired private RepositoryService repository;
  @Autowired private IdentityService identities;

  @Test
  void frontPageIsThere() {
    ResponseEntity<String> page = anonymous.getForEntity("/", String.class);
    assertThat(page.getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(page.getBody()).contains("Where to look next");
  }

  @Test
  void figuresOfTheFrontPageShowTheSeededBooks() {
    JsonNode overview = anonymous.getForObject("/overview.json", JsonNode.class);
    assertThat(overview.at("/books/stock").asLong()).isEqualTo(12_000_000);
    assertThat(overview.at("/books/reserved").asLong()).isZero();
    assertThat(overview.get("processes").findValuesAsText("key"))
        .containsExactly("approval", "order", "shipping");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/engine-rest/engine",
        "/engine-rest/engine/default/task",
        "/engine-rest/task",
        "/engine-rest//task",
        "/engine-rest/process-definition",
        "/engine-rest/"
      })
  void restAnswersNobodyWithoutLogin(String path) {
    assertThat(anonymous.getForEntity(path, String.class).getStatusCode())
        .isIn(HttpStatus.UNAUTHORIZED, HttpStatus.BAD_REQUEST);
    assertThat(
            anonymous
                .withBasicAuth("demo", "wrong")
                .getForEntity(path, String.class)
                .getStatusCode())
        .isIn(HttpStatus.UNAUTHORIZED, HttpStatus.BAD_REQUEST);
  }

  @Test
  void restAnswersTheUserOfTheSample() {
    JsonNode definitions =
        user().getForObject("/engine-rest/process-definition?latestVersion=true", JsonNode.class);
    assertThat(definitions.findValuesAsText("key"))
        .containsExactlyInAnyOrder("approval", "order", "shipping");
  }

  /** With a user of its own: wrong passwords lock the sample's out for a while. */
  @Test
  void restOfMillraceIsThereForUsersOnly() {
    String path = "/engine-rest/millrace/";
    assertThat(anonymous.getForEntity(path + "pipeline", String.class).getStatusCode())
        .isEqualTo(HttpStatus.UNAUTHORIZED);
    User operator = identities.newUser("operator");
    operator.setPassword("operator");
    identities.saveUser(operator);
    identities.createMembership("operator", "camunda-admin");
    TestRestTemplate user = anonymous.withBasicAuth("operator", "operator");
    ResponseEntity<JsonNode> pipelines = user.getForEntity(path + "pipeline", JsonNode.class);
    assertThat(pipelines.getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(pipelines.getBody().isArray()).isTrue();
    assertThat(user.getForObject(path + "run/count", JsonNode.class).get("count").isNumber())
        .isTrue();
    ResponseEntity<JsonNode> none = user.getForEntity(path + "run/none", JsonNode.class);
    assertThat(none.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(none.getBody().get("code").asText()).isEqualTo("MR-REST-001");
    identities.deleteUser("operator");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cockpit", "tasklist", "admin"})
  void webApplicationsAreThere(String application) {
    ResponseEntity<String> page =
        anonymous.getForEntity("/camunda/app/" + application + "/default/", String.class);
    assertThat(page.getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(page.getBody()).contains("<base href=\"/camunda/app/" + application + "/default/\"");
  }

  @Test
  void healthIsUpAndTellsNoDetails() {
    ResponseEntity<String> health = anonymous.getForEntity("/actuator/health", String.class);
    assertThat(health.getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(health.getBody()).contains("UP").doesNotContain("h2");
  }

  @Test
  void everyFileOfEveryArchiveIsDeployed() {
    for (String archive : List.of("order", "approval", "shipping")) {
      String deployment =
          repository.createDeploymentQuery().deploymentName(archive).singleResult().getId();
      assertThat(repository.getDeploymentResourceNames(deployment))
          .contains(archive + ".bpmn")
          .hasSizeGreaterThan(2);
    }
  }

  @Test
  void archiveIsDeployedOverRest() throws IOException {
    var files = new LinkedMultiValueMap<String, Object>();
    files.add("deployment-name", "shipping over REST");
    for (String file : List.of("shipping.bpmn", "book-shipment.sql", "hand-to-carrier.sql")) {
      files.add(file, new ClassPathResource(file));
    }
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.MULTIPART_FORM_DATA);
    ResponseEntity<JsonNode> answer =
        user()
            .postForEntity(
                "/engine-rest/deployment/create", new HttpEntity<>(files, headers), JsonNode.class);
    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.OK);
    String deployment = answer.getBody().get("id").asText();
    assertThat(repository.getDeploymentResourceNames(deployment))
        .containsExactlyInAnyOrder("shipping.bpmn", "book-shipment.sql", "hand-to-carrier.sql");
    repository.deleteDeployment(deployment);
  }

  private TestRestTemplate user() {
    return anonymous.withBasicAuth("demo", "demo");
  }
}
