// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.camunda.deadletter.Correction;
import dev.millrace.store.Lineage;
import dev.millrace.store.PipelineState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many starts in one commit. */
class StartsTest {
  private final FarDatabase far = new FarDatabase();
  private final Stage stage =
      new Stage(
          plugin -> {},
          TestDatabase.create(),
          configuration -> configuration.setBeans(Map.of("far", far)));

  @AfterEach
  void close() {
    stage.close();
  }

  private static String order(String check) {
    return Models.process(
        "order",
        Models.start("s")
            + "<bpmn:serviceTask id=\"Check\" camunda:expression=\""
            + check
            + "\"/>"
            + Models.user("Look")
            + Models.line("s Check Look"));
  }

  private static String pipeline(String name, int to, String key, String options) {
    return """
        SET 'pipeline.name' = '%s';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.on-data-error' = 'dead-letter';
        CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '%d');
        CREATE TABLE started (id STRING, n BIGINT) WITH ('connector' = 'process-start',
          'process-definition-key' = 'order' %s);
        INSERT INTO started SELECT %s, n FROM numbers;
        """
        .formatted(name, to, options, key);
  }

  private void untilStopped(String pipeline) {
    stage.until(
        () -> stage.millrace().pipelines().find(pipeline).orElseThrow().state(),
        PipelineState.STOPPED);
  }

  private long count() {
    return stage.engine.getRuntimeService().createProcessInstanceQuery().count();
  }

  private List<String> errors(String pipeline) throws Exception {
    return stage.millrace().store().deadLetters().ofPipeline(pipeline, 0, 1000).stream()
        .map(stored -> stored.letter().error())
        .toList();
  }

  @Test
  void everyRowThatCannotStartIsADeadLetterAndAllOthersStart() throws Exception {
    stage.deploy(
        "order.bpmn", order("${n % 3 == 0 ? missing.bean : 1}"),
        "p.sql", pipeline("p", 300, "'o' || CAST(n AS STRING)", ", 'business-key-column' = 'id'"));
    untilStopped("p");
    assertThat(count()).isEqualTo(200);
    assertThat(errors("p")).hasSize(100).allMatch(error -> error.contains("could not be started"));
    assertThat(
            stage.query(
                "SELECT COUNT(*) FROM ACT_RU_TASK T JOIN ACT_RU_EXECUTION E ON E.ID_ = T.EXECUTION_ID_"))
        .containsExactly("200");
  }

  @Test
  void aRowWhoseProcessCallsADatabaseThatIsAwayIsADeadLetterThatCanBeReplayed() throws Exception {
    far.awayFor(n -> n == 7);
    stage.deploy(
        "order.bpmn", order("${far.call(n)}"),
        "p.sql", pipeline("p", 20, "'o' || CAST(n AS STRING)", ", 'business-key-column' = 'id'"));
    untilStopped("p");
    assertThat(count()).isEqualTo(19);
    assertThat(errors("p")).singleElement().asString().contains("did not answer", "no route to it");
    assertThat(far.refused()).isBetween(2, 10);
    far.awayFor(n -> false);
    stage
        .millrace()
        .deadLetters()
        .replay(
            stage.millrace().store().deadLetters().ofPipeline("p", 0, 9).get(0).id(),
            Correction.NONE,
            "operator");
    assertThat(count()).isEqualTo(20);
  }

  @Test
  void aRowWaitsAWhileForADatabaseThatItsProcessCalls() throws Exception {
    far.awayFor(n -> n == 7 && far.refused() < 2);
    stage.deploy(
        "order.bpmn", order("${far.call(n)}"),
        "p.sql", pipeline("p", 20, "'o' || CAST(n AS STRING)", ", 'business-key-column' = 'id'"));
    untilStopped("p");
    assertThat(count()).isEqualTo(20);
    assertThat(errors("p")).isEmpty();
  }

  @Test
  void whereRowsShallFailThePipelineWaitsForADatabaseThatItsProcessesCall() throws Exception {
    far.awayFor(n -> n == 7 && far.refused() < 6);
    stage.deploy(
        "order.bpmn", order("${far.call(n)}"),
        "p.sql",
            pipeline("p", 20, "'o' || CAST(n AS STRING)", ", 'business-key-column' = 'id'")
                .replace("dead-letter", "fail"));
    untilStopped("p");
    assertThat(count()).isEqualTo(20);
  }

  @Test
  void whatTheDatabaseRefusesAtTheEndTakesNoOtherAlong() throws Exception {
    stage.deploy(
        "order.bpmn", order("${1}"),
        "p.sql",
            pipeline(
                "p",
                20,
                "CASE WHEN n = 7 THEN REPEAT('x', 300) ELSE CAST(n AS STRING) END",
                ", 'business-key-column' = 'id', 'unique' = 'none'"));
    untilStopped("p");
    assertThat(count()).isEqualTo(19);
    assertThat(errors("p")).hasSize(1);
  }

  @Test
  void aBusinessKeyStartsOnce() throws Exception {
    stage.deploy(
        "order.bpmn", order("${1}"),
        "p.sql", pipeline("p", 10, "CAST(n / 2 AS STRING)", ", 'business-key-column' = 'id'"));
    untilStopped("p");
    assertThat(count()).isEqualTo(6);
    assertThat(errors("p")).hasSize(4).allMatch(error -> error.contains("for business key"));
  }

  @Test
  void aPositionStartsOnceAlsoWhenTheEventsAreReadAgain() throws Exception {
    String options =
        ", 'unique' = 'position', 'position-source' = 'numbers', 'position-columns' = 'id;n',"
            + " 'on-duplicate' = 'ignore'";
    stage.deploy(
        "order.bpmn", order("${1}"),
        "p.sql", pipeline("p", 10, "'partition'", options));
    untilStopped("p");
    stage.deploy("again.sql", pipeline("again", 15, "'partition'", options));
    untilStopped("again");
    assertThat(count()).isEqualTo(15);
    assertThat(errors("again")).isEmpty();
  }

  @Test
  void aPositionOfOneSourceIsNotThatOfAnother() throws Exception {
    String options = ", 'unique' = 'position', 'position-columns' = 'id;n'";
    String one = pipeline("one", 10, "'partition'", options);
    String more =
        """
        CREATE TABLE also (id STRING, n BIGINT) WITH ('connector' = 'process-start',
          'process-definition-key' = 'order' %s);
        INSERT INTO also SELECT 'partition', n FROM numbers;
        """
            .formatted(options);
    stage.deploy("order.bpmn", order("${1}"));
    stage.deploy("one.sql", one + more, "two.sql", pipeline("two", 10, "'partition'", options));
    untilStopped("one");
    untilStopped("two");
    assertThat(count()).isEqualTo(30);
    assertThat(errors("one")).isEmpty();
    assertThat(errors("two")).isEmpty();
    // all is read again
    stage.sql("DELETE FROM MR_POSITION");
    stage.millrace().pipelineService().start("one");
    stage.until(() -> errors("one").size(), 20);
    assertThat(errors("one")).allMatch(error -> error.contains("was started before for position"));
    assertThat(count()).isEqualTo(30);
  }

  @Test
  void twoPipelinesWithTheSameKeysStartEachOnce() throws Exception {
    stage.deploy("order.bpmn", order("${1}"));
    String options = ", 'business-key-column' = 'id', 'on-duplicate' = 'ignore'";
    stage.deploy(
        "one.sql", pipeline("one", 500, "CAST(n AS STRING)", options),
        "two.sql", pipeline("two", 500, "CAST(n AS STRING)", options));
    untilStopped("one");
    untilStopped("two");
    assertThat(count()).isEqualTo(500);
  }

  @Test
  void lineageTellsWhichInputStartedAnInstance() throws Exception {
    stage.deploy(
        "order.bpmn", order("${1}"),
        "p.sql", pipeline("p", 3, "CAST(n AS STRING)", ", 'business-key-column' = 'id'"));
    untilStopped("p");
    String instance =
        stage
            .engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceBusinessKey("2")
            .singleResult()
            .getId();
    assertThat(stage.millrace().store().lineage().ofProcessInstance(instance))
        .singleElement()
        .satisfies(
            trace -> {
              assertThat(trace.kind()).isEqualTo(Lineage.Kind.STARTED);
              assertThat(trace.input().pipeline()).isEqualTo("p");
              assertThat(trace.input().table()).isEqualTo("numbers");
            });
  }
}
