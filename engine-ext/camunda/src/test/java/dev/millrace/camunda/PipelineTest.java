// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineState;
import dev.millrace.store.StoredProgress;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PipelineTest {
  private static final String ORDERS =
      Models.process("order", Models.start("s") + Models.user("Look") + Models.line("s Look"));

  /** Starts {@code order} for the numbers from 1 on. */
  private static String pipeline(String source) {
    return """
    SET 'pipeline.name' = 'orders';
    SET 'millrace.start' = 'on-deployment';
    SET 'millrace.on-data-error' = 'dead-letter';
    CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', %s);
    CREATE TABLE started (id STRING, amount BIGINT) WITH (
      'connector' = 'process-start', 'process-definition-key' = 'order',
      'business-key-column' = 'id');
    INSERT INTO started SELECT 'o' || CAST(n AS STRING), n FROM numbers;
    """
        .formatted(source);
  }

  private static final String ENDLESS =
      "'rows-per-second' = '200', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1',"
          + " 'fields.n.end' = '1000000'";

  private Stage stage = new Stage();

  @AfterEach
  void close() {
    stage.close();
  }

  private long started() {
    return stage.engine.getHistoryService().createHistoricProcessInstanceQuery().count();
  }

  private Pipeline stored() throws Exception {
    return stage.millrace().pipelines().find("orders").orElseThrow();
  }

  @Test
  void aPipelineStartsAnInstancePerRowOnceItsDeploymentCommits() throws Exception {
    stage.deploy("order.bpmn", ORDERS, "orders.sql", pipeline(ENDLESS));
    stage.untilTrue(() -> started() >= 50);
    assertThat(
            stage
                .engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey("o7")
                .variableValueEquals("amount", 7L)
                .count())
        .isEqualTo(1);
    stage.untilTrue(() -> stored().totals().rowsIn() >= 50);
    stage.untilTrue(() -> stage.millrace().flowing().containsKey("orders"));
  }

  @Test
  void aPipelineWhoseDeploymentIsDeletedStops() throws Exception {
    stage.deploy("order.bpmn", ORDERS);
    String deployment = stage.deploy("orders.sql", pipeline(ENDLESS));
    stage.untilTrue(() -> started() >= 5);
    stage.engine.getRepositoryService().deleteDeployment(deployment, true);
    stage.until(() -> stored().state(), PipelineState.STOPPED);
    stage.until(() -> stage.millrace().flowing().size(), 0);
  }

  @Test
  void aRowWhoseProcessCannotStartTakesNoOtherAlong() throws Exception {
    String picky =
        Models.process(
            "order",
            Models.start("s")
                + "<bpmn:serviceTask id=\"Check\" camunda:expression=\"${amount == 13 ?"
                + " missing.bean : 1}\"/>"
                + Models.user("Look")
                + Models.line("s Check Look"));
    stage.deploy("order.bpmn", picky, "orders.sql", pipeline(ENDLESS));
    stage.untilTrue(() -> started() >= 30);
    assertThat(
            stage
                .engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey("o13")
                .count())
        .isZero();
    stage.until(() -> stage.millrace().store().deadLetters().countOfPipeline("orders"), 1L);
    assertThat(
            stage
                .millrace()
                .store()
                .deadLetters()
                .ofPipeline("orders", 0, 10)
                .get(0)
                .letter()
                .error())
        .contains("process 'order' could not be started");
  }

  @Test
  void totalsThatAnEarlierReleaseDidNotKeepAreAnIncidentInsteadOfWrong() throws Exception {
    stage.close();
    TestDatabase database = TestDatabase.create();
    stage = new Stage(plugin -> plugin.setNode("one"), database);
    stage.sql("CREATE TABLE TOTAL (PARITY BIGINT PRIMARY KEY, N BIGINT)");
    stage.deploy(
        "totals.sql",
        """
        SET 'pipeline.name' = 'orders';
        SET 'millrace.start' = 'on-deployment';
        CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', %s);
        CREATE TABLE total (parity BIGINT, n BIGINT, PRIMARY KEY (parity) NOT ENFORCED) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'total');
        INSERT INTO total SELECT MOD(n, 2), COUNT(*) FROM numbers GROUP BY MOD(n, 2);
        """
            .formatted(ENDLESS));
    stage.untilTrue(() -> !stage.millrace().store().positions().of("orders").isEmpty());
    stage.close();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE MR_PIPELINE SET REMEMBERS = NULL");
      statement.execute("DELETE FROM MR_SNAPSHOT");
    }
    stage = new Stage(plugin -> plugin.setNode("one"), database);
    stage.until(() -> stored().state(), PipelineState.INCIDENT);
    assertThat(stored().failure().orElseThrow().text())
        .contains("pipeline 'orders'", "is lost", "another 'pipeline.name'");
    long read = stored().totals().rowsIn();
    assertThat(stage.query("SELECT SUM(N) FROM TOTAL")).containsExactly(Long.toString(read));
  }

  @Test
  void aPipelineThatKilledItsNodesAgainAndAgainIsAnIncident() throws Exception {
    stage.deploy("order.bpmn", ORDERS, "orders.sql", pipeline(ENDLESS));
    stage.untilTrue(() -> started() >= 5);
    stage.sql(
        """
        UPDATE MR_PIPELINE SET OWNER = 'dead', LEASE_UNTIL = TIMESTAMP '2020-01-01 00:00:00',
          EPOCH = EPOCH + 1, TAKEOVERS = 100
        """);
    stage.until(() -> stored().state(), PipelineState.INCIDENT);
    assertThat(stored().failure().orElseThrow().text())
        .contains("MR-BPMN-033", "died 101 times", "millrace.max-takeovers");
  }

  @Test
  void howFarAPipelineIsIsSeenOnEveryNodeWithItsTime() throws Exception {
    stage.close();
    TestDatabase database = TestDatabase.create();
    Instant before = Instant.now();
    stage = new Stage(plugin -> node(plugin, "one"), database);
    stage.deploy("order.bpmn", ORDERS, "orders.sql", pipeline(ENDLESS));
    try (Stage other = new Stage(plugin -> node(plugin, "two"), database)) {
      for (Stage each : List.of(stage, other)) {
        stage.untilTrue(
            () -> {
              Optional<StoredProgress> told =
                  each.millrace().pipelineService().find("orders").orElseThrow().progress();
              return told.isPresent()
                  && told.get().at().isAfter(before)
                  && told.get().progress().sources().get(0).rowsIn() > 0;
            });
      }
      stage.millrace().pipelineService().stop("orders");
      assertThat(other.millrace().store().progress().of("orders")).isEmpty();
    }
  }

  private static void node(MillracePlugin plugin, String name) {
    plugin.setNode(name);
    plugin.setLeaseSeconds(1);
  }

  @Test
  void leasesAreKeptAndLostWorkStopsAlsoWhenNothingCanBeTold() throws Exception {
    stage.close();
    stage = new Stage(plugin -> node(plugin, "one"));
    for (String name : List.of("orders", "others")) {
      stage.deploy(
          name + ".sql",
          """
          SET 'pipeline.name' = '%1$s';
          SET 'millrace.start' = 'on-deployment';
          CREATE TABLE silent (n BIGINT) WITH ('connector' = 'channel', 'channel-name' = 'silent');
          CREATE TABLE heard (n BIGINT) WITH ('connector' = 'channel', 'channel-name' = '%1$s');
          INSERT INTO heard SELECT n FROM silent;
          """
              .formatted(name));
      stage.untilTrue(() -> stage.millrace().store().progress().of(name).isPresent());
    }
    Pipeline before = stage.millrace().pipelines().find("others").orElseThrow();
    stage.sql(
        "ALTER TABLE MR_PIPELINE DROP COLUMN PROGRESS",
        """
        UPDATE MR_PIPELINE SET STATE = 'STOPPED', OWNER = NULL, EPOCH = EPOCH + 1
        WHERE NAME = 'orders'
        """);
    Instant later = before.leaseUntil().orElseThrow().plusSeconds(2);
    stage.untilTrue(
        () ->
            stage
                .millrace()
                .pipelines()
                .find("others")
                .flatMap(Pipeline::leaseUntil)
                .filter(later::isBefore)
                .isPresent());
    assertThat(stage.millrace().pipelines().find("others").orElseThrow().epoch())
        .isEqualTo(before.epoch());
    assertThat(stage.millrace().progress()).containsOnlyKeys("others");
  }

  @Test
  void aPipelineGoesOnWhereItWasAfterARestart() throws Exception {
    stage.close();
    TestDatabase database = TestDatabase.create();
    stage = new Stage(plugin -> plugin.setNode("one"), database);
    stage.deploy("order.bpmn", ORDERS, "orders.sql", pipeline(ENDLESS));
    stage.untilTrue(() -> started() >= 30);
    stage.close();
    stage = new Stage(plugin -> plugin.setNode("one"), database);
    long before = started();
    stage.untilTrue(() -> started() >= before + 30);
    // each once, and none left out
    assertThat(stage.millrace().store().deadLetters().countOfPipeline("orders")).isZero();
    long now =
        stage
            .engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .variableValueLessThanOrEqual("amount", before + 30)
            .count();
    assertThat(now).isEqualTo(before + 30);
  }
}
