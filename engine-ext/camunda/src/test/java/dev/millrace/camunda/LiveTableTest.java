// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tables that scripts maintain in the engine's database. */
class LiveTableTest {
  private final Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private static final String STOCK =
      """
      CREATE TABLE stock (sku STRING, qty BIGINT, price DECIMAL(10, 2), PRIMARY KEY (sku) NOT ENFORCED)
        WITH ('connector' = 'live-table');
      """;

  /** Three skus, each written again and again; the last is deleted in the end. */
  private static String pipeline(String name) {
    return """
        SET 'pipeline.name' = '%s';
        SET 'millrace.start' = 'on-deployment';
        CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '99');
        %s
        INSERT INTO stock SELECT 's' || CAST(MOD(n, 3) AS STRING), n, CAST(n AS DECIMAL(10, 2)) / 4 FROM numbers;
        """
        .formatted(name, STOCK);
  }

  private static final String ASK =
      Models.process(
          "ask",
          Models.start("s")
              + """
                <bpmn:serviceTask id="Ask" camunda:resultVariable="qty"
                    camunda:expression="${streams.lookup('stock', sku).qty}"/>
                <bpmn:serviceTask id="Miss" camunda:resultVariable="none"
                    camunda:expression="${streams.lookup('stock', 'nothing') == null}"/>
                """
              + Models.user("Look")
              + Models.line("s Ask Miss Look"));

  private void untilWritten() {
    stage.untilTrue(
        () ->
            stage
                .query("SELECT CONTENT FROM MR_LIVE_ROW ORDER BY ROW_KEY")
                .equals(
                    List.of(
                        "{\"sku\":\"s0\",\"qty\":{\"int64\":\"99\"},\"price\":{\"decimal\":\"24.75\"}}",
                        "{\"sku\":\"s1\",\"qty\":{\"int64\":\"97\"},\"price\":{\"decimal\":\"24.25\"}}",
                        "{\"sku\":\"s2\",\"qty\":{\"int64\":\"98\"},\"price\":{\"decimal\":\"24.50\"}}")));
  }

  @Test
  void aPipelineKeepsItAndExpressionsReadIt() {
    stage.deploy("stock.sql", pipeline("stock"), "ask.bpmn", ASK);
    untilWritten();
    ProcessInstance instance = stage.start("ask", Map.of("sku", "s1"));
    assertThat(stage.engine.getRuntimeService().getVariables(instance.getId()))
        .containsEntry("qty", 97L)
        .containsEntry("none", true);
  }

  @Test
  void scriptsReadItAsASnapshotAndByKey() {
    stage.deploy("stock.sql", pipeline("stock"));
    untilWritten();
    stage.deploy(
        "p.bpmn",
        Models.process(
            "p",
            Models.start("s")
                + Models.task("T", "t.sql")
                + Models.user("Look")
                + Models.line("s T Look")),
        "t.sql",
        STOCK
            + """
              CREATE TABLE input (sku STRING, p AS PROCTIME()) WITH (
                'connector' = 'process-variables', 'variable' = 'lines');
              CREATE TABLE total (qty BIGINT) WITH ('connector' = 'process-variables');
              CREATE TABLE answers (sku STRING, qty BIGINT) WITH (
                'connector' = 'process-variables', 'variable' = 'found');
              INSERT INTO total SELECT SUM(qty) FROM stock;
              INSERT INTO answers SELECT i.sku, s.qty FROM input AS i
                LEFT JOIN stock FOR SYSTEM_TIME AS OF i.p AS s ON s.sku = i.sku;
              """);
    ProcessInstance instance =
        stage.start("p", Map.of("lines", "[{\"sku\": \"s2\"}, {\"sku\": \"gone\"}]"));
    stage.untilAt(instance, "Look");
    assertThat(stage.engine.getRuntimeService().getVariables(instance.getId()))
        .containsEntry("qty", 99L + 97 + 98)
        .containsEntry("found", "[{\"sku\":\"s2\",\"qty\":98},{\"sku\":\"gone\",\"qty\":null}]");
  }

  private static final String WRITE =
      STOCK
          + """
            CREATE TABLE input (sku STRING, qty BIGINT) WITH ('connector' = 'process-variables');
            INSERT INTO stock SELECT sku, qty, CAST(1 AS DECIMAL(10, 2)) FROM input;
            """;

  @Test
  void whatARunWroteIsUndoneUnlessSomebodyChangedIt() throws Exception {
    stage.deploy(
        "p.bpmn",
        Models.process(
            "p",
            Models.start("s")
                + Models.task("T", "t.sql")
                + Models.handler("T")
                + Models.user("Look")
                + Models.compensate("Undo")
                + Models.user("End")
                + Models.line("s T Look Undo End")),
        "t.sql",
        WRITE);
    ProcessInstance one = stage.start("p", Map.of("sku", "a", "qty", 1L));
    stage.untilAt(one, "Look");
    ProcessInstance two = stage.start("p", Map.of("sku", "a", "qty", 2L));
    stage.untilAt(two, "Look");
    stage.completeTask(one);
    stage.until(() -> stage.incidents(one), 1L);
    stage.completeTask(two);
    stage.untilAt(two, "End");
    assertThat(stage.query("SELECT CONTENT FROM MR_LIVE_ROW").get(0)).contains("\"int64\":\"1\"");
    stage.retryIncident(one);
    stage.untilAt(one, "End");
    assertThat(stage.query("SELECT CONTENT FROM MR_LIVE_ROW")).isEmpty();
  }

  @Test
  void tenantsHaveTablesOfTheirOwn() throws Exception {
    for (String tenant : List.of("t1", "t2")) {
      stage
          .engine
          .getRepositoryService()
          .createDeployment()
          .tenantId(tenant)
          .addString("stock-" + tenant + ".sql", pipeline("stock-" + tenant))
          .addString("ask.bpmn", ASK)
          .deploy();
    }
    stage.untilTrue(
        () ->
            stage
                .query("SELECT TENANT_ID FROM MR_LIVE_ROW ORDER BY TENANT_ID, ROW_KEY")
                .equals(List.of("t1", "t1", "t1", "t2", "t2", "t2")));
    stage.sql("DELETE FROM MR_LIVE_ROW WHERE TENANT_ID = 't2' AND ROW_KEY = 's1'");
    ProcessInstance first =
        stage
            .engine
            .getRuntimeService()
            .createProcessInstanceByKey("ask")
            .processDefinitionTenantId("t1")
            .setVariable("sku", "s1")
            .execute();
    assertThat(stage.engine.getRuntimeService().getVariable(first.getId(), "qty")).isEqualTo(97L);
    ProcessInstance second =
        stage
            .engine
            .getRuntimeService()
            .createProcessInstanceByKey("ask")
            .processDefinitionTenantId("t2")
            .setVariable("sku", "s1")
            .execute();
    assertThat(stage.engine.getRuntimeService().getVariable(second.getId(), "qty")).isNull();
  }

  @Test
  void aTableWithoutKeyAndALookupByOtherColumnsAreRefused() {
    assertThatThrownBy(
            () ->
                stage.deploy(
                    "bad.sql", pipeline("bad").replace(", PRIMARY KEY (sku) NOT ENFORCED", "")))
        .hasMessageContaining("needs a PRIMARY KEY");
  }
}
