// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.rest.security.auth.ProcessEngineAuthenticationFilter;
import org.camunda.bpm.engine.rest.security.auth.impl.HttpBasicAuthenticationProvider;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What an operator does over HTTP, and what those must not who may not. */
@SpringBootTest(
    classes = {TestApplication.class, RestTest.Login.class},
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.datasource.generate-unique-name=true",
      "camunda.bpm.process-engine-name=guarded",
      "camunda.bpm.authorization.enabled=true",
      "camunda.bpm.admin-user.id=demo",
      "camunda.bpm.admin-user.password=demo",
      "camunda.bpm.auto-deployment-enabled=false",
      "camunda.bpm.metrics.enabled=false",
      "millrace.retry.delay=20ms",
      "management.endpoints.web.exposure.include=health,metrics,millracepipelines",
      "management.endpoint.health.show-details=always",
      "server.address=127.0.0.1"
    })
@DirtiesContext
class RestTest {
  /** For machines with much to do. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String BASE = "/engine-rest/engine/guarded/millrace";

  static class Login {
    @Bean
    FilterRegistrationBean<ProcessEngineAuthenticationFilter> login() {
      var filter = new FilterRegistrationBean<>(new ProcessEngineAuthenticationFilter());
      filter.addInitParameter(
          ProcessEngineAuthenticationFilter.AUTHENTICATION_PROVIDER_PARAM,
          HttpBasicAuthenticationProvider.class.getName());
      filter.addUrlPatterns("/engine-rest/*");
      filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
      filter.setAsyncSupported(true);
      return filter;
    }
  }

  private static final String MODEL =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
      <bpmn:process id="reserve" isExecutable="true" camunda:historyTimeToLive="1">
      <bpmn:startEvent id="s"/>
      <bpmn:serviceTask id="T" camunda:delegateExpression="${streamTask}">
      <bpmn:extensionElements><camunda:properties>
      <camunda:property name="stream.script" value="reserve.sql"/>
      </camunda:properties></bpmn:extensionElements></bpmn:serviceTask>
      <bpmn:userTask id="Look"/>
      <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="T"/>
      <bpmn:sequenceFlow id="f2" sourceRef="T" targetRef="Look"/>
      </bpmn:process></bpmn:definitions>
      """;
  private static final String SCRIPT =
      """
      CREATE TABLE input (id BIGINT) WITH ('connector' = 'process-variables');
      CREATE TABLE item (id BIGINT, qty BIGINT, PRIMARY KEY (id) NOT ENFORCED) WITH (
        'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'item');
      INSERT INTO item SELECT i.id, t.qty + 1 FROM input AS i JOIN item AS t ON t.id = i.id;
      """;
  private static final String PIPELINE =
      """
      SET 'pipeline.name' = '%s';
      SET 'millrace.start' = 'on-deployment';
      CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '10');
      CREATE TABLE item (id BIGINT, qty BIGINT, PRIMARY KEY (id) NOT ENFORCED) WITH (
        'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'seen');
      INSERT INTO item SELECT 1, n FROM numbers;
      """;

  @Autowired private ProcessEngine engine;
  @Autowired private JdbcTemplate database;
  @LocalServerPort private int port;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  @BeforeEach
  void prepare() {
    database.execute("CREATE TABLE IF NOT EXISTS ITEM (ID BIGINT PRIMARY KEY, QTY BIGINT)");
    database.execute("CREATE TABLE IF NOT EXISTS SEEN (ID BIGINT PRIMARY KEY, QTY BIGINT)");
    database.execute("DELETE FROM ITEM");
    if (engine.getIdentityService().createUserQuery().userId("eve").count() == 0) {
      for (String id : new String[] {"eve", "anna", "ben"}) {
        User user = engine.getIdentityService().newUser(id);
        user.setPassword(id);
        engine.getIdentityService().saveUser(user);
      }
      for (String tenant : new String[] {"a", "b"}) {
        engine.getIdentityService().saveTenant(engine.getIdentityService().newTenant(tenant));
      }
      engine.getIdentityService().createTenantUserMembership("a", "anna");
      engine.getIdentityService().createTenantUserMembership("b", "ben");
      for (String id : new String[] {"anna", "ben"}) {
        grant(id, Resources.PROCESS_DEFINITION, "*", Permissions.ALL);
        grant(id, Resources.PROCESS_INSTANCE, "*", Permissions.ALL);
        grant(id, Resources.DEPLOYMENT, "*", Permissions.ALL);
      }
    }
  }

  private void grant(String user, Resource resource, String id, Permission... permissions) {
    Authorization grant =
        engine.getAuthorizationService().createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    grant.setUserId(user);
    grant.setResource(resource);
    grant.setResourceId(id);
    grant.setPermissions(permissions);
    engine.getAuthorizationService().saveAuthorization(grant);
  }

  private ProcessInstance reserved(String tenant) {
    var deployment =
        engine
            .getRepositoryService()
            .createDeployment()
            .addString("reserve.bpmn", MODEL)
            .addString("reserve.sql", SCRIPT);
    if (tenant != null) {
      deployment.tenantId(tenant);
    }
    String definition =
        deployment.deployWithResult().getDeployedProcessDefinitions().get(0).getId();
    database.update("INSERT INTO ITEM VALUES (1, 10)");
    ProcessInstance instance =
        engine.getRuntimeService().startProcessInstanceById(definition, Map.of("id", 1L));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                engine
                        .getTaskService()
                        .createTaskQuery()
                        .processInstanceId(instance.getId())
                        .count()
                    == 1);
    return instance;
  }

  private HttpResponse<String> call(String user, String method, String path, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + BASE + path))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (user != null) {
      String login = user + ":" + user;
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode get(String user, String path) throws Exception {
    HttpResponse<String> answer = call(user, "GET", path, null);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private JsonNode post(String user, String path, String body) throws Exception {
    HttpResponse<String> answer = call(user, "POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private static String ofInstance(ProcessInstance instance) {
    return "{\"processInstanceId\": \"" + instance.getId() + "\", \"calledInstances\": true}";
  }

  @Test
  void anOperatorSeesARunPreviewsAndRollsItBack() throws Exception {
    ProcessInstance instance = reserved(null);
    JsonNode run = get("demo", "/run?processInstanceId=" + instance.getId()).get(0);
    assertThat(run.get("state").asText()).isEqualTo("COMPLETED");
    assertThat(run.get("activityId").asText()).isEqualTo("T");
    String id = run.get("id").asText();
    assertThat(get("demo", "/run/" + id).get("rowsOut").asLong()).isEqualTo(1);
    assertThat(get("demo", "/run/count?processInstanceId=" + instance.getId()).get("count").asInt())
        .isEqualTo(1);
    JsonNode effect = get("demo", "/run/" + id + "/effects").get(0);
    assertThat(effect.at("/key/ID").asLong()).isEqualTo(1);
    assertThat(effect.at("/after/QTY").asLong()).isEqualTo(11);

    JsonNode preview = post("demo", "/rollback/preview", ofInstance(instance));
    assertThat(preview.get("clean").asBoolean()).isTrue();
    assertThat(preview.at("/runs/0/changes/0/from/QTY").asLong()).isEqualTo(11);
    assertThat(preview.at("/runs/0/changes/0/to/QTY").asLong()).isEqualTo(10);
    assertThat(get("demo", "/rollback/preview?runId=" + id))
        .isEqualTo(post("demo", "/rollback/preview", "{\"runId\": \"" + id + "\"}"));

    database.update("UPDATE ITEM SET QTY = 99");
    String order = post("demo", "/rollback", ofInstance(instance)).get("id").asText();
    JsonNode stopped = untilStill(order);
    assertThat(stopped.get("state").asText()).isEqualTo("CONFLICT");
    assertThat(stopped.get("message").asText()).contains("expected QTY = 11, found 99");
    assertThat(stopped.get("requestedBy").asText()).isEqualTo("demo");
    post("demo", "/rollback/" + order + "/resume", "{\"onConflict\": \"force\"}");
    assertThat(untilStill(order).get("state").asText()).isEqualTo("DONE");
    assertThat(database.queryForObject("SELECT QTY FROM ITEM", Long.class)).isEqualTo(10);

    HttpResponse<String> again = call("demo", "POST", "/rollback/" + order + "/resume", "{}");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(json.readTree(again.body()).get("code").asText()).isEqualTo("MR-REST-003");
    assertThat(get("demo", "/rollback?processInstanceId=" + instance.getId())).hasSize(1);
    JsonNode lineage = get("demo", "/process-instance/" + instance.getId() + "/lineage");
    assertThat(lineage.at("/runs/0/written/0/table").asText()).containsIgnoringCase("item");
    JsonNode writers =
        get("demo", "/lineage/row?table=" + effect.get("table").asText() + "&key=ID=1");
    assertThat(writers.findValuesAsText("runId")).contains(id);
  }

  private JsonNode untilStill(String order) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> get("demo", "/rollback/" + order),
            each -> !each.get("state").asText().equals("QUEUED"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/run", "/pipeline", "/rollback", "/run/count", "/process-instance/x/lineage"})
  void nobodyIsAnsweredWithoutLogin(String path) throws Exception {
    assertThat(call(null, "GET", path, null).statusCode()).isEqualTo(401);
  }

  @Test
  void whoHasNoAuthorizationSeesAndTouchesNothing() throws Exception {
    ProcessInstance instance = reserved(null);
    String run =
        get("demo", "/run?processInstanceId=" + instance.getId()).get(0).get("id").asText();
    assertThat(get("eve", "/run")).isEmpty();
    assertThat(get("eve", "/run/count").get("count").asLong()).isZero();
    for (String path :
        new String[] {
          "/run/" + run,
          "/run/" + run + "/effects",
          "/rollback/preview?runId=" + run,
          "/process-instance/" + instance.getId() + "/lineage",
          "/process-instance/" + instance.getId() + "/rollback-handler"
        }) {
      assertThat(call("eve", "GET", path, null).statusCode()).as(path).isEqualTo(403);
    }
    assertThat(call("eve", "POST", "/rollback", ofInstance(instance)).statusCode()).isEqualTo(403);

    // who may read may preview, and no more
    grant("eve", Resources.PROCESS_DEFINITION, "reserve", Permissions.READ_INSTANCE);
    assertThat(get("eve", "/run/" + run).get("id").asText()).isEqualTo(run);
    assertThat(get("eve", "/rollback/preview?runId=" + run).get("clean").asBoolean()).isTrue();
    HttpResponse<String> refused = call("eve", "POST", "/rollback", ofInstance(instance));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("UPDATE_INSTANCE");
    assertThat(database.queryForObject("SELECT QTY FROM ITEM", Long.class)).isEqualTo(11);
  }

  @Test
  void aTenantNeitherSeesNorTouchesWhatIsAnothers() throws Exception {
    ProcessInstance instance = reserved("a");
    String run =
        get("anna", "/run?processInstanceId=" + instance.getId()).get(0).get("id").asText();
    assertThat(get("ben", "/run?processInstanceId=" + instance.getId())).isEmpty();
    assertThat(call("ben", "GET", "/run/" + run, null).statusCode()).isEqualTo(404);
    assertThat(call("ben", "POST", "/rollback", ofInstance(instance)).statusCode()).isEqualTo(404);
    assertThat(
            call("ben", "GET", "/process-instance/" + instance.getId() + "/lineage", null)
                .statusCode())
        .isEqualTo(404);
    String order = post("anna", "/rollback", ofInstance(instance)).get("id").asText();
    assertThat(call("ben", "GET", "/rollback/" + order, null).statusCode()).isEqualTo(404);
    assertThat(get("ben", "/rollback?processInstanceId=" + instance.getId())).isEmpty();
    assertThat(untilStill(order).get("state").asText()).isEqualTo("DONE");
  }

  @Test
  void aPipelineIsSteeredByThoseWhoMayDeployIt() throws Exception {
    engine
        .getRepositoryService()
        .createDeployment()
        .tenantId("a")
        .addString("numbers.sql", PIPELINE.formatted("numbers"))
        .deploy();
    await()
        .atMost(PATIENCE)
        .until(() -> get("anna", "/pipeline/numbers").get("rowsIn").asLong() > 0);
    assertThat(get("anna", "/pipeline").findValuesAsText("name")).contains("numbers");
    assertThat(call("anna", "POST", "/pipeline/numbers/pause", null).statusCode()).isEqualTo(204);
    assertThat(get("anna", "/pipeline/numbers").get("state").asText()).isEqualTo("PAUSED");
    HttpResponse<String> again = call("anna", "POST", "/pipeline/numbers/pause", null);
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("MR-BPMN-046");
    assertThat(call("ben", "POST", "/pipeline/numbers/resume", null).statusCode()).isEqualTo(404);
    assertThat(call("eve", "POST", "/pipeline/numbers/resume", null).statusCode()).isIn(403, 404);
    assertThat(get("ben", "/pipeline").findValuesAsText("name")).doesNotContain("numbers", "fruit");
    assertThat(call("anna", "POST", "/pipeline/numbers/resume", null).statusCode()).isEqualTo(204);
    assertThat(call("anna", "POST", "/pipeline/numbers/checkpoint", null).statusCode())
        .isEqualTo(204);
    await()
        .atMost(PATIENCE)
        .until(() -> get("anna", "/pipeline/numbers").path("progress").has("sources"));
    assertThat(get("anna", "/pipeline/numbers").at("/progress/sources/0/table").asText())
        .isNotEmpty();
    assertThat(call("anna", "POST", "/pipeline/numbers/drain", null).statusCode()).isEqualTo(204);
    await()
        .atMost(PATIENCE)
        .until(() -> get("anna", "/pipeline/numbers").get("state").asText().equals("STOPPED"));
    assertThat(call("anna", "POST", "/pipeline/numbers/start", null).statusCode()).isEqualTo(204);
    assertThat(call("anna", "POST", "/pipeline/numbers/stop", null).statusCode()).isEqualTo(204);
    assertThat(get("anna", "/pipeline/numbers").get("state").asText()).isEqualTo("STOPPED");
  }

  @Test
  void whatIsWrongWithARequestIsSaid() throws Exception {
    assertThat(call("demo", "POST", "/rollback", "{}").body()).contains("MR-REST-002");
    assertThat(call("demo", "POST", "/rollback", "{\"runId\": \"none\"}").statusCode())
        .isEqualTo(404);
    assertThat(
            call(
                    "demo",
                    "POST",
                    "/rollback",
                    "{\"processInstanceId\": \"none\", \"onConflict\": \"maybe\"}")
                .body())
        .contains("fail, skip, force");
    assertThat(call("demo", "GET", "/run?state=lost", null).statusCode()).isEqualTo(400);
    assertThat(call("demo", "GET", "/run?maxResults=-1", null).statusCode()).isEqualTo(400);
    assertThat(call("demo", "GET", "/pipeline/none", null).statusCode()).isEqualTo(404);
  }

  private static final String FRUIT =
      """
      SET 'pipeline.name' = 'fruit';
      SET 'millrace.start' = 'on-deployment';
      SET 'millrace.on-data-error' = 'dead-letter';
      CREATE TABLE fruit (id BIGINT, qty BIGINT) WITH (
        'connector' = 'filesystem', 'path' = 'in/fruit.csv', 'format' = 'csv');
      CREATE TABLE item (id BIGINT, qty BIGINT, PRIMARY KEY (id) NOT ENFORCED) WITH (
        'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'item');
      INSERT INTO item SELECT id, qty FROM fruit;
      """;

  private static final String SUMS =
      FRUIT
          .replace("fruit", "sums")
          .replace("SELECT id, qty FROM sums", "SELECT id, SUM(qty) FROM sums GROUP BY id");

  @TempDir static Path folder;

  @DynamicPropertySource
  static void folders(DynamicPropertyRegistry properties) {
    properties.add("millrace.files.in", () -> folder.toString());
  }

  @Test
  void aDeadLetterIsReplayedOnceByThoseWhoMaySteerItsPipeline() throws Exception {
    Files.writeString(folder.resolve("fruit.csv"), "501,3\nx,5\n");
    engine
        .getRepositoryService()
        .createDeployment()
        .tenantId("a")
        .addString("fruit.sql", FRUIT)
        .deploy();
    await().atMost(PATIENCE).until(() -> get("anna", "/dead-letter?pipeline=fruit").size() == 1);
    JsonNode letter = get("anna", "/dead-letter?pipeline=fruit&state=open").get(0);
    String path = "/dead-letter/" + letter.get("id").asLong();
    assertThat(letter.get("record").asText()).isEqualTo("x,5");
    assertThat(letter.get("table").asText()).isEqualTo("fruit");
    assertThat(letter.get("replayable").asBoolean()).isTrue();
    assertThat(call("anna", "GET", path + "/bytes", null).body()).isEqualTo("x,5");
    assertThat(get("ben", "/dead-letter")).isEmpty();
    assertThat(get("ben", "/dead-letter/count").get("count").asLong()).isZero();
    assertThat(call("ben", "GET", path, null).statusCode()).isEqualTo(404);
    assertThat(call("ben", "POST", path + "/replay", "{}").statusCode()).isEqualTo(404);

    assertThat(call("anna", "POST", path + "/replay", "{}").statusCode()).isEqualTo(400);
    JsonNode replayed = post("anna", path + "/replay", "{\"rows\": [{\"id\": 502, \"qty\": 5}]}");
    assertThat(replayed.get("rowsOut").asLong()).isEqualTo(1);
    HttpResponse<String> again = call("anna", "POST", path + "/replay", "{\"record\": \"503,5\"}");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(get("anna", path).get("endedBy").asText()).isEqualTo("anna");
    assertThat(
            database.queryForObject("SELECT COUNT(*) FROM ITEM WHERE ID IN (502, 503)", Long.class))
        .isEqualTo(1);
  }

  private static final String TELL =
      """
      CREATE TABLE input (id BIGINT) WITH ('connector' = 'process-variables');
      CREATE TABLE paid (id STRING, secret STRING) WITH ('connector' = 'process-message',
        'message-name' = 'Paid', 'business-key-column' = 'id', 'ttl' = '1 h');
      INSERT INTO paid SELECT CAST(id AS STRING), 'hush' FROM input;
      """;

  @Test
  void aMessageIsSeenByThoseWhoSeeItsTaskAlsoWhenItsRunIsForgotten() throws Exception {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString("tell.bpmn", MODEL.replace("reserve", "tell").replace("userTask", "manualTask"))
        .addString("tell.sql", TELL)
        .deploy();
    String instance =
        engine.getRuntimeService().startProcessInstanceByKey("tell", Map.of("id", 77L)).getId();
    await()
        .atMost(PATIENCE)
        .until(() -> get("demo", "/inbox?messageName=Paid&businessKey=77").size() == 1);
    String id = get("demo", "/inbox?messageName=Paid&businessKey=77").get(0).get("id").asText();
    hasNoAccessTo(id);

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                engine
                        .getHistoryService()
                        .createHistoricProcessInstanceQuery()
                        .processInstanceId(instance)
                        .finished()
                        .count()
                    == 1);
    database.update("DELETE FROM MR_RUN WHERE PROC_INST_ID = ?", instance);
    engine.getHistoryService().deleteHistoricProcessInstance(instance);
    hasNoAccessTo(id);

    grant("eve", Resources.PROCESS_INSTANCE, instance, Permissions.READ);
    assertThat(get("eve", "/inbox/count?businessKey=77").get("count").asLong()).isEqualTo(1);
    assertThat(get("eve", "/inbox/" + id).at("/variables/secret").asText()).isEqualTo("hush");
    assertThat(call("eve", "POST", "/inbox/" + id + "/expire", null).statusCode()).isEqualTo(403);
    grant("eve", Resources.PROCESS_DEFINITION, "tell", Permissions.UPDATE_INSTANCE);
    assertThat(call("eve", "POST", "/inbox/" + id + "/expire", null).statusCode()).isEqualTo(204);
    assertThat(get("demo", "/inbox/" + id).get("state").asText()).isEqualTo("EXPIRED");
  }

  /** Eve, who may do nothing. */
  private void hasNoAccessTo(String message) throws Exception {
    assertThat(get("eve", "/inbox")).isEmpty();
    assertThat(get("eve", "/inbox/count").get("count").asLong()).isZero();
    assertThat(call("eve", "GET", "/inbox/" + message, null).statusCode()).isEqualTo(404);
    for (String action : List.of("retry", "expire")) {
      assertThat(call("eve", "POST", "/inbox/" + message + "/" + action, null).statusCode())
          .as(action)
          .isEqualTo(404);
    }
  }

  @Test
  void aMessageOfAPipelineThatIsGoneIsForThoseWhoSeeAllDeployments() throws Exception {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString(
            "messages.sql",
            """
            SET 'pipeline.name' = 'messages';
            SET 'millrace.start' = 'on-deployment';
            CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen',
              'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '3');
            CREATE TABLE paid (id STRING) WITH ('connector' = 'process-message',
              'message-name' = 'Sent', 'business-key-column' = 'id', 'ttl' = '1 h');
            INSERT INTO paid SELECT 'p' || CAST(n AS STRING) FROM numbers;
            """)
        .deploy();
    await()
        .atMost(PATIENCE)
        .until(
            () -> get("demo", "/inbox/count?messageName=Sent").get("count").asLong(),
            count -> count == 3);
    assertThat(get("anna", "/inbox/count?pipeline=messages").get("count").asLong()).isEqualTo(3);
    assertThat(get("eve", "/inbox/count?messageName=Sent").get("count").asLong()).isZero();
    database.update("UPDATE MR_INBOX SET PIPELINE = 'gone' WHERE PIPELINE = 'messages'");
    assertThat(get("eve", "/inbox?messageName=Sent")).isEmpty();
    assertThat(get("eve", "/inbox/count?messageName=Sent").get("count").asLong()).isZero();
    assertThat(get("anna", "/inbox?messageName=Sent")).hasSize(3);
  }

  @Test
  void aPipelineWithStateReplaysALetterWhenItRunsAgain() throws Exception {
    Files.writeString(folder.resolve("sums.csv"), "601,3\n601,x\n");
    engine
        .getRepositoryService()
        .createDeployment()
        .tenantId("a")
        .addString("sums.sql", SUMS)
        .deploy();
    await()
        .atMost(PATIENCE)
        .until(() -> get("anna", "/pipeline/sums").get("state").asText().equals("STOPPED"));
    JsonNode letter = get("anna", "/dead-letter?pipeline=sums").get(0);
    String path = "/dead-letter/" + letter.get("id").asLong();
    assertThat(call("anna", "POST", path + "/replay", "{}").statusCode()).isEqualTo(400);
    JsonNode requested = post("anna", path + "/replay", "{\"record\": \"601,5\"}");
    assertThat(requested.get("state").asText()).isEqualTo("REQUESTED");
    assertThat(requested.get("pipelineState").asText()).isEqualTo("STOPPED");
    assertThat(call("anna", "POST", path + "/replay", "{}").statusCode()).isEqualTo(409);
    assertThat(call("anna", "POST", "/pipeline/sums/start", "").statusCode()).isEqualTo(204);
    await()
        .atMost(PATIENCE)
        .until(() -> get("anna", path).get("state").asText().equals("REPLAYED"));
    assertThat(get("anna", path).get("attempts").asInt()).isEqualTo(1);
    assertThat(get("anna", path).get("lateRows").asInt()).isZero();
    assertThat(database.queryForObject("SELECT QTY FROM ITEM WHERE ID = 601", Long.class))
        .isEqualTo(8);
  }

  @Test
  void theActuatorShowsPipelinesAndDoesNotSteerThem() throws Exception {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString("watched.sql", PIPELINE.formatted("watched"))
        .deploy();
    String url = "http://127.0.0.1:" + port + "/actuator/";
    HttpResponse<String> seen = actuator("GET", url + "millracepipelines/watched");
    assertThat(seen.statusCode()).isEqualTo(200);
    assertThat(json.readTree(seen.body()).get("state").asText()).isEqualTo("RUNNING");
    assertThat(actuator("GET", url + "millracepipelines/none").statusCode()).isEqualTo(404);
    assertThat(actuator("POST", url + "millracepipelines/watched").statusCode()).isEqualTo(405);
    assertThat(json.readTree(actuator("GET", url + "health").body()).at("/components/millrace"))
        .isNotEmpty();
    for (String meter :
        List.of("dead.letters", "inbox.waiting", "outbox.waiting", "history.waiting")) {
      JsonNode read = json.readTree(actuator("GET", url + "metrics/millrace." + meter).body());
      assertThat(read.at("/measurements/0/value").asDouble(-1)).as(meter).isNotNegative();
    }
  }

  private HttpResponse<String> actuator(String method, String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .method(
                method,
                method.equals("GET")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString("{\"action\": \"STOP\"}"))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
