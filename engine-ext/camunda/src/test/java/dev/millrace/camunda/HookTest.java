// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.camunda.hook.HookAnswer;
import dev.millrace.camunda.hook.HookRequest;
import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineState;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookTest {
  private static final String SECRET = "a-secret-of-twenty-nine-chars";
  private static final Map<String, Map<String, String>> HOOKS =
      Map.of(
          "orders", Map.of("secret", SECRET, "max-bytes", "40", "max-unread", "3"),
          "private", Map.of(),
          "shop", Map.of("secret", SECRET, "tenants", "a, c"));
  private static final String READ_ORDERS =
      """
      SET 'pipeline.name' = 'orders';
      SET 'millrace.start' = 'on-deployment';
      SET 'millrace.on-data-error' = 'dead-letter';
      CREATE TABLE posted (id STRING, amount INT) WITH (
        'connector' = 'webhook', 'hook' = 'orders', 'format' = 'json');
      CREATE TABLE started (id STRING, amount INT) WITH (
        'connector' = 'process-start', 'process-definition-key' = 'order',
        'business-key-column' = 'id');
      INSERT INTO started SELECT id, amount FROM posted;
      """;

  private final TestDatabase database = TestDatabase.create();
  private Stage stage = open();

  private Stage open() {
    return new Stage(
        plugin -> {
          plugin.setNode("one");
          plugin.setEndpoints(Map.of("hooks", HOOKS));
        },
        database);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private HookAnswer send(String hook, String method, Map<String, String> headers, String body)
      throws Exception {
    return send(hook, method, headers, new ByteArrayInputStream(body.getBytes(UTF_8)));
  }

  private HookAnswer send(String hook, String method, Map<String, String> headers, InputStream body)
      throws Exception {
    return stage
        .millrace()
        .hookReceiver()
        .orElseThrow()
        .receive(new HookRequest(hook, method, headers::get, body));
  }

  private static String signature(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
  }

  private HookAnswer post(String key, String body) throws Exception {
    Map<String, String> headers = new HashMap<>();
    headers.put("X-Hub-Signature-256", "sha256=" + signature(body));
    if (key != null) {
      headers.put("Idempotency-Key", key);
    }
    return send("orders", "POST", headers, body);
  }

  private long started(String businessKey) {
    return stage
        .engine
        .getHistoryService()
        .createHistoricProcessInstanceQuery()
        .processInstanceBusinessKey(businessKey)
        .count();
  }

  @Test
  void whatIsPostedStartsAProcessOnceAlsoIfItIsPostedTwiceAndTheEngineRestarts() throws Exception {
    stage.deploy(
        "order.bpmn",
        Models.process("order", Models.start("s") + Models.user("Look") + Models.line("s Look")),
        "orders.sql",
        READ_ORDERS);
    HookAnswer first = post("k1", "{\"id\":\"a\",\"amount\":1}");
    assertThat(first.status()).isEqualTo(202);
    assertThat(first.body()).isEqualTo("{\"sequence\":1,\"repeated\":false}");
    assertThat(post("k1", "{\"id\":\"a\",\"amount\":1}").body()).contains("\"repeated\":true");
    assertThat(post("k1", "{\"id\":\"b\"}").status()).isEqualTo(422);
    stage.until(() -> started("a"), 1L);
    stage.close();
    stage = open();
    assertThat(post("k1", "{\"id\":\"a\",\"amount\":1}").body()).contains("\"repeated\":true");
    assertThat(post("k2", "oops").status()).isEqualTo(202);
    assertThat(post("k3", "[{\"id\":\"b\"},{\"id\":\"c\"}]").status()).isEqualTo(202);
    stage.until(() -> started("c"), 1L);
    assertThat(started("a")).isEqualTo(1);
    assertThat(started("b")).isEqualTo(1);
    stage.until(() -> stage.millrace().store().deadLetters().countOfPipeline("orders"), 1L);
    assertThat(
            stage
                .millrace()
                .store()
                .deadLetters()
                .ofPipeline("orders", 0, 10)
                .get(0)
                .letter()
                .position())
        .startsWith("webhook orders/2");
  }

  @Test
  void onlyASignedPostIsTaken() throws Exception {
    String body = "{\"id\":\"a\"}";
    String right = signature(body);
    assertThat(send("orders", "POST", Map.of(), body).status()).isEqualTo(401);
    for (String wrong :
        new String[] {"", "sha256=", "zz", right.substring(2), right + "00", signature("other")}) {
      Map<String, String> headers = Map.of("X-Hub-Signature-256", wrong);
      assertThat(send("orders", "POST", headers, body).status()).as(wrong).isEqualTo(401);
    }
    Map<String, String> bare = Map.of("X-Hub-Signature-256", right);
    assertThat(send("orders", "POST", bare, body).status()).isEqualTo(202);
    assertThat(send("orders", "POST", bare, body + " ").status()).isEqualTo(401);
    assertThat(stage.millrace().store().hookBodies().unread("orders")).isEqualTo(1);
  }

  @Test
  void unknownHooksOtherMethodsAndLargeBodiesAreRefused() throws Exception {
    assertThat(send("nosuch", "POST", Map.of(), "x").status()).isEqualTo(404);
    assertThat(send("", "POST", Map.of(), "x").status()).isEqualTo(404);
    HookAnswer get = send("orders", "GET", Map.of(), "");
    assertThat(get.status()).isEqualTo(405);
    assertThat(get.headers()).containsEntry("Allow", "POST");
    assertThat(post(null, "x".repeat(40)).status()).isEqualTo(202);
    assertThat(post(null, "x".repeat(41)).status()).isEqualTo(413);
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    assertThat(send("orders", "POST", Map.of(), endless).status()).isEqualTo(413);
    assertThat(post("x".repeat(256), "x").status()).isEqualTo(400);
    assertThat(post("x\u0000", "x").status()).isEqualTo(400);
  }

  private void deployShop(String tenant) {
    stage
        .engine
        .getRepositoryService()
        .createDeployment()
        .tenantId(tenant)
        .addString(
            "shop.sql",
            """
            SET 'pipeline.name' = 'shop-%1$s';
            SET 'millrace.start' = 'on-deployment';
            CREATE TABLE posted (id STRING) WITH (
              'connector' = 'webhook', 'hook' = 'shop', 'format' = 'json');
            CREATE TABLE log (id STRING, mark STRING) WITH (
              'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'seen');
            INSERT INTO log SELECT id, '%1$s' FROM posted;
            """
                .formatted(tenant))
        .deploy();
  }

  @Test
  void onlyTheTenantsOfAHookDeployWhatReadsIt() throws Exception {
    stage.sql("CREATE TABLE SEEN (ID VARCHAR(50), MARK VARCHAR(50))");
    deployShop("a");
    for (String other : new String[] {"b", null}) {
      assertThatThrownBy(() -> deployShop(other))
          .hasMessageContaining("MR-HTTP-034")
          .hasMessageContaining("webhook 'shop' is not for this tenant");
      assertThat(stage.millrace().pipelines().find("shop-" + other)).isEmpty();
    }
    String body = "{\"id\":\"x\"}";
    Map<String, String> headers = Map.of("X-Hub-Signature-256", signature(body));
    assertThat(send("shop", "POST", headers, body).status()).isEqualTo(202);
    stage.until(() -> stage.query("SELECT MARK FROM SEEN"), List.of("a"));
  }

  @Test
  void aTenantFromWhichAHookIsTakenReadsItNoMore() throws Exception {
    stage.sql("CREATE TABLE SEEN (ID VARCHAR(50), MARK VARCHAR(50))");
    deployShop("a");
    stage.close();
    Map<String, String> ofOthers = Map.of("secret", SECRET, "tenants", "c");
    stage =
        new Stage(
            plugin -> {
              plugin.setNode("one");
              plugin.setEndpoints(Map.of("hooks", Map.of("shop", ofOthers)));
            },
            database);
    stage.until(
        () -> stage.millrace().pipelines().find("shop-a").orElseThrow().state(),
        PipelineState.INCIDENT);
    Pipeline refused = stage.millrace().pipelines().find("shop-a").orElseThrow();
    assertThat(refused.failure().orElseThrow().text()).contains("MR-HTTP-034", "not for this");
  }

  @Test
  void aHookNobodyReadsFillsUpAndSaysSo() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(post("k" + i, "x").status()).isEqualTo(202);
    }
    HookAnswer full = post("k3", "x");
    assertThat(full.status()).isEqualTo(429);
    assertThat(full.headers()).containsEntry("Retry-After", "5");
    assertThat(post("k2", "x").body()).contains("\"repeated\":true");
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
  }

  private int asUser(String authorization) throws Exception {
    Map<String, String> headers =
        authorization == null ? Map.of() : Map.of("Authorization", authorization);
    return send("private", "POST", headers, "{}").status();
  }

  @Test
  void withoutASecretAUserOfTheEngineMustBeAllowed() throws Exception {
    // After a wrong password the engine refuses a user's right one for a while.
    for (String name : List.of("shop", "other")) {
      User user = stage.engine.getIdentityService().newUser(name);
      user.setPassword("pass:word");
      stage.engine.getIdentityService().saveUser(user);
    }
    assertThat(asUser(null)).isEqualTo(401);
    for (String wrong :
        new String[] {"Bearer x", "Basic !", basic("other"), basic("other:no"), basic(":x")}) {
      assertThat(asUser(wrong)).as(wrong).isEqualTo(401);
    }
    assertThat(asUser(basic("shop:pass:word"))).isEqualTo(202);
    stage.engine.getProcessEngineConfiguration().setAuthorizationEnabled(true);
    assertThat(asUser(basic("shop:pass:word"))).isEqualTo(403);
    Authorization grant =
        stage
            .engine
            .getAuthorizationService()
            .createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    grant.setUserId("shop");
    grant.setResource(Resources.APPLICATION);
    grant.setResourceId("millrace-hook-private");
    grant.addPermission(Permissions.ACCESS);
    stage.engine.getAuthorizationService().saveAuthorization(grant);
    assertThat(asUser(basic("shop:pass:word"))).isEqualTo(202);
  }

  @Test
  void aWrongHookFailsTheDeploymentAndAWrongSettingTheStart() {
    assertThatThrownBy(
            () -> stage.deploy("orders.sql", READ_ORDERS.replace("'orders', 'f", "'nosuch', 'f")))
        .hasMessageContaining("there is no webhook 'nosuch'; configured are orders, private");
    for (Map<String, String> wrong :
        List.of(
            Map.of("secret", "short"),
            Map.of("max-bytes", "0"),
            Map.of("keep", "x"),
            Map.of("x", "y"))) {
      assertThatThrownBy(
              () ->
                  new Stage(plugin -> plugin.setEndpoints(Map.of("hooks", Map.of("orders", wrong))))
                      .close())
          .hasMessageContaining("millrace.hooks.orders");
    }
  }

  @Test
  void secretOfAFileIsLookedUpForEachBody(@TempDir Path directory) throws Exception {
    stage.close();
    stage =
        new Stage(
            plugin -> {
              plugin.setEndpoints(
                  Map.of("hooks", Map.of("orders", Map.of("secret", "secret:orders-hook"))));
              plugin.setSecretsDirectory(directory.toString());
            },
            database);
    HookAnswer missing = post("k1", "{}");
    assertThat(missing.status()).isEqualTo(503);
    assertThat(missing.body()).doesNotContain("orders-hook", directory.toString());
    Files.writeString(directory.resolve("orders-hook"), "another-secret-of-many-chars");
    assertThat(post("k1", "{}").status()).isEqualTo(401);
    Files.writeString(directory.resolve("orders-hook"), SECRET + "\n");
    assertThat(post("k1", "{}").status()).isEqualTo(202);
  }
}
