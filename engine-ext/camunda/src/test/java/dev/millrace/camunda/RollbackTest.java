// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.camunda.rollback.RollbackPreview;
import dev.millrace.camunda.rollback.RollbackScope;
import dev.millrace.camunda.rollback.RollbackService;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.store.RollbackOrder;
import dev.millrace.store.Run;
import dev.millrace.store.RunState;
import dev.millrace.store.UndoReport;
import java.sql.Connection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollbackTest {
  private static Stage stage;

  @BeforeAll
  static void open() throws Exception {
    stage = new Stage();
    stage.sql(Scripts.TABLES);
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @BeforeEach
  void empty() throws Exception {
    stage.sql("DELETE FROM ITEM", "DELETE FROM LOG");
  }

  @AfterEach
  void clock() {
    ClockUtil.reset();
  }

  private static void deploy(String content) {
    stage.deploy(
        "p.bpmn",
        Models.process("p", content),
        "increment.sql",
        Scripts.INCREMENT,
        "a.sql",
        Scripts.log("a"),
        "b.sql",
        Scripts.log("b"),
        "iteration.sql",
        Scripts.LOG_ITERATION);
  }

  private static ProcessInstance start(long id) {
    return stage.start("p", Map.of("id", id));
  }

  private static String withHandler(String task, String script) {
    return Models.task(task, script) + Models.handler(task);
  }

  private static List<String> log() throws Exception {
    return stage.query("SELECT MARK FROM LOG ORDER BY MARK");
  }

  private static final String TWO_INCREMENTS =
      Models.start("s")
          + withHandler("First", "increment.sql")
          + withHandler("Second", "increment.sql")
          + Models.user("Wait")
          + Models.compensate("Undo")
          + Models.user("Look")
          + Models.line("s First Second Wait Undo Look");

  @Test
  void compensationPutsBackWhatEachTaskChanged() throws Exception {
    deploy(TWO_INCREMENTS);
    stage.sql("INSERT INTO ITEM VALUES (1, 10)");
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Wait");
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("12");
    stage.completeTask(instance);
    stage.untilAt(instance, "Look");
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("10");
    assertThat(stage.runStates(instance)).isEqualTo(List.of(RunState.UNDONE, RunState.UNDONE));
  }

  /**
   * The engine calls the handlers of activities that ended in the same millisecond in any order;
   * the wrong one would find a row that is not as it left it.
   */
  @Test
  void handlersOfTheSameMillisecondUndoTheNewestFirst() throws Exception {
    deploy(TWO_INCREMENTS);
    ClockUtil.setCurrentTime(new Date());
    String numbers =
        LongStream.rangeClosed(1, 200)
            .mapToObj(id -> "(" + id + ")")
            .collect(Collectors.joining(", "));
    stage.sql("INSERT INTO ITEM SELECT ID, 10 FROM (VALUES " + numbers + ") AS N (ID)");
    String definition = start(1).getProcessDefinitionId();
    for (long id = 2; id <= 200; id++) {
      start(id);
    }
    stage.until(() -> tasks(definition, "Wait").count(), 200L);
    tasks(definition, "Wait")
        .list()
        .forEach(task -> stage.engine.getTaskService().complete(task.getId()));
    stage.until(() -> tasks(definition, "Look").count(), 200L);
    assertThat(stage.query("SELECT COUNT(*) FROM ITEM WHERE QTY = 10")).containsExactly("200");
  }

  private static TaskQuery tasks(String definition, String key) {
    return stage
        .engine
        .getTaskService()
        .createTaskQuery()
        .processDefinitionId(definition)
        .taskDefinitionKey(key);
  }

  @Test
  void aConflictIsAnIncidentThatListsTheRowAndChangesNothing() throws Exception {
    deploy(TWO_INCREMENTS);
    stage.sql("INSERT INTO ITEM VALUES (1, 10)");
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Wait");
    stage.sql("UPDATE ITEM SET QTY = 99");
    stage.completeTask(instance);
    stage.until(() -> stage.incidents(instance), 1L);
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("99");
    String job =
        stage
            .engine
            .getManagementService()
            .createJobQuery()
            .processInstanceId(instance.getId())
            .singleResult()
            .getId();
    assertThat(stage.engine.getManagementService().getJobExceptionStacktrace(job))
        .contains("rollback of 'Second' found rows")
        .containsIgnoringCase("item")
        .contains("99");

    // retried while the row stands in the way: an incident again
    stage.retryIncident(instance);
    stage.until(() -> stage.incidents(instance), 1L);
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("99");

    // repaired and retried
    stage.sql("UPDATE ITEM SET QTY = 12");
    stage.retryIncident(instance);
    stage.untilAt(instance, "Look");
    assertThat(stage.incidents(instance)).isZero();
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("10");
  }

  @Test
  void anOperatorSkipsOrForcesAConflict() throws Exception {
    deploy(TWO_INCREMENTS);
    stage.sql("INSERT INTO ITEM VALUES (1, 10), (2, 20)");
    ProcessInstance skipped = start(1);
    ProcessInstance forced = start(2);
    stage.untilAt(skipped, "Wait");
    stage.untilAt(forced, "Wait");
    stage.sql("UPDATE ITEM SET QTY = 99");
    stage.completeTask(skipped);
    stage.completeTask(forced);
    stage.until(() -> stage.incidents(skipped), 1L);
    stage.until(() -> stage.incidents(forced), 1L);
    assertThat(stage.resume(skipped, ConflictPolicy.SKIP)).isEqualTo(1);
    assertThat(stage.resume(forced, ConflictPolicy.FORCE)).isEqualTo(1);
    // Second of the skipped instance is over; First meets the same row
    stage.until(() -> stage.incidents(skipped), 1L);
    stage.untilTrue(
        () -> {
          stage.resume(skipped, ConflictPolicy.SKIP);
          return stage.at(skipped).equals(List.of("Look"));
        });
    stage.untilAt(forced, "Look");
    assertThat(stage.query("SELECT QTY FROM ITEM ORDER BY ID")).containsExactly("99", "20");
  }

  @Test
  void aTaskInALoopIsUndoneAsOftenAsItRan() throws Exception {
    deploy(
        Models.start("s")
            + withHandler("Again", "increment.sql")
            + """
              <bpmn:exclusiveGateway id="more" default="enough"/>
              <bpmn:sequenceFlow id="loop" sourceRef="more" targetRef="Count">
              <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${n &lt; 3}</bpmn:conditionExpression>
              </bpmn:sequenceFlow>
              <bpmn:serviceTask id="Count" camunda:expression="${n + 1}" camunda:resultVariable="n"/>
              <bpmn:sequenceFlow id="enough" sourceRef="more" targetRef="Wait"/>
              """
            + Models.user("Wait")
            + Models.compensate("Undo")
            + Models.user("Look")
            + Models.line("s Again more")
            + Models.line("Count Again")
            + Models.line("Wait Undo Look"));
    stage.sql("INSERT INTO ITEM VALUES (1, 10)");
    ProcessInstance instance = stage.start("p", Map.of("id", 1L, "n", 1));
    stage.untilAt(instance, "Wait");
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("13");
    stage.completeTask(instance);
    stage.untilAt(instance, "Look");
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("10");
  }

  private static String multiInstance(boolean sequential) {
    return Models.start("s")
        + Models.task(
            "Each",
            "iteration.sql",
            """
            <bpmn:multiInstanceLoopCharacteristics isSequential="%s">
            <bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>
            """
                .formatted(sequential))
        + Models.handler("Each")
        + Models.user("Wait")
        + Models.compensate("Undo")
        + Models.user("Look")
        + Models.line("s Each Wait Undo Look");
  }

  @Test
  void eachIterationOfASequentialMultiInstanceTaskIsUndone() throws Exception {
    undoneIterations(true);
  }

  @Test
  void eachIterationOfAParallelMultiInstanceTaskIsUndone() throws Exception {
    undoneIterations(false);
  }

  private static void undoneIterations(boolean sequential) throws Exception {
    deploy(multiInstance(sequential));
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Wait");
    assertThat(log()).containsExactly("n0", "n1", "n2");
    stage.completeTask(instance);
    stage.untilAt(instance, "Look");
    assertThat(log()).isEmpty();
  }

  @Test
  void aCompletedSubProcessIsUndoneWithWhatIsAroundIt() throws Exception {
    deploy(
        Models.start("s")
            + withHandler("Outer", "a.sql")
            + Models.scope(
                "subProcess",
                "Sub",
                Models.start("is")
                    + withHandler("Inner", "b.sql")
                    + Models.end("ie")
                    + Models.line("is Inner ie"))
            + Models.user("Wait")
            + Models.compensate("Undo")
            + Models.user("Look")
            + Models.line("s Outer Sub Wait Undo Look"));
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Wait");
    assertThat(log()).containsExactly("a", "b");
    stage.completeTask(instance);
    stage.untilAt(instance, "Look");
    assertThat(log()).isEmpty();
  }

  /** Each iteration of the sub-process compensates for itself if it is told to. */
  @Test
  void anIterationThatCompensatesUndoesItsOwnRunOnly() throws Exception {
    deploy(
        Models.start("s")
            + Models.scope(
                "subProcess",
                "Sub",
                """
              <bpmn:multiInstanceLoopCharacteristics>
              <bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>
              """
                    + Models.start("is")
                    + withHandler("Inner", "iteration.sql")
                    + "<bpmn:userTask id=\"Decide\"/>"
                    + """
              <bpmn:exclusiveGateway id="x" default="keep"/>
              <bpmn:sequenceFlow id="undo" sourceRef="x" targetRef="Undo">
              <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${loopCounter == 1}</bpmn:conditionExpression>
              </bpmn:sequenceFlow>
              <bpmn:sequenceFlow id="keep" sourceRef="x" targetRef="ie"/>
              """
                    + Models.compensate("Undo")
                    + Models.end("ie")
                    + Models.line("is Inner Decide x")
                    + Models.line("Undo ie"))
            + Models.user("Look")
            + Models.line("s Sub Look"));
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Decide", "Decide", "Decide");
    assertThat(log()).containsExactly("n0", "n1", "n2");
    for (int i = 0; i < 3; i++) {
      stage.completeOneOf(instance, "Decide");
    }
    stage.untilAt(instance, "Look");
    assertThat(log()).containsExactly("n0", "n2");
  }

  @Test
  void aCancelledTransactionIsUndone() throws Exception {
    deploy(
        Models.start("s")
            + Models.scope(
                "transaction",
                "Tx",
                Models.start("is")
                    + withHandler("Inner", "a.sql")
                    + Models.user("Wait")
                    + "<bpmn:endEvent id=\"ie\"><bpmn:cancelEventDefinition/></bpmn:endEvent>"
                    + Models.line("is Inner Wait ie"))
            + "<bpmn:boundaryEvent id=\"Cancelled\" attachedToRef=\"Tx\"><bpmn:cancelEventDefinition/></bpmn:boundaryEvent>"
            + Models.user("Look")
            + Models.end("e")
            + Models.line("s Tx e")
            + Models.line("Cancelled Look"));
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Wait");
    assertThat(log()).containsExactly("a");
    stage.completeTask(instance);
    stage.untilAt(instance, "Look");
    assertThat(log()).isEmpty();
  }

  @Test
  void aDeletedInstanceFreesTheRunItsHandlerHadClaimed() throws Exception {
    deploy(TWO_INCREMENTS);
    stage.sql("INSERT INTO ITEM VALUES (1, 10)");
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Wait");
    stage.sql("UPDATE ITEM SET QTY = 99");
    stage.completeTask(instance);
    stage.until(() -> stage.incidents(instance), 1L);
    stage.engine.getRuntimeService().deleteProcessInstance(instance.getId(), "test");
    assertThat(stage.runStates(instance))
        .isEqualTo(List.of(RunState.COMPLETED, RunState.COMPLETED));
  }

  @Test
  void anOperatorPreviewsAndRollsBackAnInstance() throws Exception {
    deploy(TWO_INCREMENTS);
    stage.sql("INSERT INTO ITEM VALUES (1, 10)");
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Wait");
    RollbackPreview preview = stage.millrace().rollbacks().preview(instance.getId());
    assertThat(preview.isClean()).isTrue();
    assertThat(preview.text().toLowerCase(Locale.ROOT))
        .containsSubsequence("'second'", "qty 12 → 11", "'first'", "qty 11 → 10");
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("12");
    stage.sql("UPDATE ITEM SET QTY = 99");
    assertThat(
            stage
                .millrace()
                .rollbacks()
                .rollBackInstance(instance.getId(), false, ConflictPolicy.FAIL))
        .noneMatch(UndoReport::isClean);
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("99");
    stage.sql("UPDATE ITEM SET QTY = 12");
    stage.millrace().rollbacks().rollBackInstance(instance.getId(), true, ConflictPolicy.FAIL);
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("10");

    // what is undone is not undone again by the process
    stage.completeTask(instance);
    stage.untilAt(instance, "Look");
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("10");
  }

  @Test
  void anOperatorRollsBackOneRun() throws Exception {
    deploy(TWO_INCREMENTS);
    stage.sql("INSERT INTO ITEM VALUES (1, 10)");
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Wait");
    List<Run> runs = stage.millrace().runs().ofProcessInstance(instance.getId());
    String second = runs.get(1).id();
    assertThat(stage.millrace().rollbacks().previewRun(second).runs().get(0).report().undone())
        .isEqualTo(1);
    stage.millrace().rollbacks().rollBackRun(second, ConflictPolicy.FAIL);
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("11");
  }

  private static RollbackOrder untilStill(String order) {
    stage.untilTrue(
        () ->
            stage.millrace().rollbacks().find(order).orElseThrow().state()
                != RollbackOrder.State.QUEUED);
    return stage.millrace().rollbacks().find(order).orElseThrow();
  }

  @Test
  void anOrderedRollbackStopsAtAConflictAndIsResumed() throws Exception {
    deploy(TWO_INCREMENTS);
    stage.sql("INSERT INTO ITEM VALUES (1, 10)");
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Wait");
    stage.sql("UPDATE ITEM SET QTY = 99");
    RollbackService rollbacks = stage.millrace().rollbacks();
    String order =
        rollbacks.order(
            RollbackScope.withCalled(instance.getId()), ConflictPolicy.FAIL, false, "demo");
    RollbackOrder stopped = untilStill(order);
    assertThat(stopped.state()).isEqualTo(RollbackOrder.State.CONFLICT);
    assertThat(stopped.error().orElseThrow()).containsIgnoringCase("expected QTY = 12, found 99");
    assertThat(stopped.wanted().requestedBy()).isEqualTo("demo");
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("99");

    stage.sql("UPDATE ITEM SET QTY = 12");
    assertThat(rollbacks.resumeOrder(order, ConflictPolicy.FAIL)).isTrue();
    RollbackOrder done = untilStill(order);
    assertThat(done.state()).isEqualTo(RollbackOrder.State.DONE);
    assertThat(done.done()).isEqualTo(new RollbackOrder.Done(2, 2, 0, 0));
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("10");

    // ordered again, there is nothing left to undo
    RollbackOrder again =
        untilStill(
            rollbacks.order(
                RollbackScope.instance(instance.getId()), ConflictPolicy.FORCE, false, null));
    assertThat(again.done().runs()).isZero();
    assertThat(rollbacks.cancelOrder(order)).isFalse();
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("10");
  }

  @Test
  void anOrderWithCalledInstancesUndoesThemTooNewestFirst() throws Exception {
    stage.deploy(
        "called.bpmn",
        Models.process(
            "called",
            Models.start("s")
                + withHandler("Inner", "increment.sql")
                + Models.end("e")
                + Models.line("s Inner e")),
        "increment.sql",
        Scripts.INCREMENT);
    deploy(
        Models.start("s")
            + withHandler("First", "increment.sql")
            + """
              <bpmn:callActivity id="Call" calledElement="called">
              <bpmn:extensionElements><camunda:in source="id" target="id"/></bpmn:extensionElements>
              </bpmn:callActivity>
              """
            + withHandler("Last", "increment.sql")
            + Models.user("Wait")
            + Models.line("s First Call Last Wait"));
    stage.sql("INSERT INTO ITEM VALUES (1, 10)");
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Wait");
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("13");
    RollbackService rollbacks = stage.millrace().rollbacks();
    assertThat(rollbacks.preview(instance.getId()).isClean()).isFalse();
    RollbackPreview all = rollbacks.preview(RollbackScope.withCalled(instance.getId()), false, 10);
    assertThat(all.isClean()).isTrue();
    assertThat(all.text())
        .containsSubsequence("'Last'", "13 → 12", "'Inner'", "12 → 11", "'First'", "11 → 10");
    RollbackOrder done =
        untilStill(
            rollbacks.order(
                RollbackScope.withCalled(instance.getId()), ConflictPolicy.FAIL, false, null));
    assertThat(done.state()).isEqualTo(RollbackOrder.State.DONE);
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("10");
  }

  @Test
  void anOrderRefusesARunThatAHandlerIsAboutToUndo() throws Exception {
    deploy(TWO_INCREMENTS);
    stage.sql("INSERT INTO ITEM VALUES (1, 10)");
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Wait");
    stage.sql("UPDATE ITEM SET QTY = 99");
    stage.completeTask(instance);
    stage.until(() -> stage.incidents(instance), 1L);
    RollbackService rollbacks = stage.millrace().rollbacks();
    RollbackOrder refused =
        untilStill(
            rollbacks.order(
                RollbackScope.instance(instance.getId()), ConflictPolicy.FORCE, false, null));
    assertThat(refused.state()).isEqualTo(RollbackOrder.State.FAILED);
    assertThat(refused.error().orElseThrow()).contains("compensation handler");
    assertThat(rollbacks.cancelOrder(refused.id())).isTrue();
    assertThat(rollbacks.preview(instance.getId()).isClean()).isFalse();
  }

  @Test
  void theHandlersOfASuspendedInstanceWaitUntilItIsActivated() throws Exception {
    deploy(TWO_INCREMENTS);
    stage.sql("INSERT INTO ITEM VALUES (1, 10)");
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Wait");
    stage.sql("UPDATE ITEM SET QTY = 99");
    stage.completeTask(instance);
    stage.until(() -> stage.incidents(instance), 1L);
    stage.engine.getRuntimeService().suspendProcessInstanceById(instance.getId());
    stage.sql("UPDATE ITEM SET QTY = 12");
    assertThat(stage.resume(instance, ConflictPolicy.FAIL)).isEqualTo(1);
    stage.untilTrue(
        () ->
            stage.millrace().rollbacks().handlers(instance.getId()).stream()
                .anyMatch(handler -> handler.dueAt().isPresent()));
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("12");
    assertThat(stage.incidents(instance)).isZero();
    stage.engine.getRuntimeService().activateProcessInstanceById(instance.getId());
    stage.untilAt(instance, "Look");
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("10");
  }

  @Test
  void whatWasForgottenIsNotCompensatableAndSaysSinceWhen() throws Exception {
    deploy(TWO_INCREMENTS);
    stage.sql("INSERT INTO ITEM VALUES (1, 10)");
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Wait");
    try (Connection connection = stage.connection()) {
      stage.millrace().store().retention().forget(connection, instance.getId());
    }
    assertThatThrownBy(() -> stage.millrace().rollbacks().preview(instance.getId()))
        .hasMessageContaining("not compensatable since 20");
    assertThatThrownBy(
            () ->
                stage
                    .millrace()
                    .rollbacks()
                    .order(
                        RollbackScope.instance(instance.getId()), ConflictPolicy.FAIL, false, null))
        .hasMessageContaining("not compensatable since 20");

    // a handler does not pass over it in silence
    stage.completeTask(instance);
    stage.until(() -> stage.incidents(instance) > 0, true);
    stage.untilTrue(
        () -> {
          stage.resume(instance, ConflictPolicy.SKIP);
          return stage.at(instance).equals(List.of("Look"));
        });
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("12");
  }

  @Test
  void aStartedInstanceIsToldOfAndCancelledIfThatIsAskedFor() throws Exception {
    String start =
        """
        CREATE TABLE input (id BIGINT) WITH ('connector' = 'process-variables');
        CREATE TABLE started (id STRING) WITH (
          'connector' = 'process-start', 'process-definition-key' = 'other',
          'business-key-column' = 'id', 'unique' = 'false');
        INSERT INTO started SELECT CAST(id AS STRING) FROM input;
        """;
    stage.deploy(
        "other.bpmn",
        Models.process("other", Models.start("s") + Models.user("Work") + Models.line("s Work")));
    stage.deploy(
        "p.bpmn",
        Models.process(
            "p",
            Models.start("s")
                + Models.task("Start", "start.sql")
                + Models.user("Wait")
                + Models.line("s Start Wait")),
        "start.sql",
        start);
    ProcessInstance instance = start(77);
    stage.untilAt(instance, "Wait");
    RollbackService rollbacks = stage.millrace().rollbacks();
    RollbackScope scope = RollbackScope.instance(instance.getId());
    assertThat(others()).isEqualTo(1);
    assertThat(rollbacks.preview(instance.getId()).text()).contains("final", "process-start");
    assertThat(rollbacks.started(scope)).hasSize(1);

    // without asking, it is a conflict
    RollbackOrder refused = untilStill(rollbacks.order(scope, ConflictPolicy.FAIL, false, null));
    assertThat(refused.state()).isEqualTo(RollbackOrder.State.CONFLICT);
    assertThat(others()).isEqualTo(1);
    assertThat(rollbacks.preview(scope, true, 10).isClean()).isTrue();
    assertThat(others()).isEqualTo(1);

    RollbackOrder done = untilStill(rollbacks.order(scope, ConflictPolicy.FAIL, true, null));
    assertThat(done.done().cancelled()).isEqualTo(1);
    assertThat(others()).isZero();
  }

  private static long others() {
    return stage
        .engine
        .getRuntimeService()
        .createProcessInstanceQuery()
        .processDefinitionKey("other")
        .count();
  }

  @Test
  void nothingBeforeAFinalEffectIsUndoneWithoutAsking() throws Exception {
    stage.sql("INSERT INTO ITEM VALUES (1, 10)");
    stage.deploy(
        "mail.bpmn",
        Models.process("mail", Models.start("s") + Models.user("Work") + Models.line("s Work")));
    stage.deploy(
        "increment.sql",
        Scripts.INCREMENT,
        "start.sql",
        """
        CREATE TABLE input (id BIGINT) WITH ('connector' = 'process-variables');
        CREATE TABLE started (id STRING) WITH (
          'connector' = 'process-start', 'process-definition-key' = 'mail',
          'business-key-column' = 'id', 'unique' = 'false');
        INSERT INTO started SELECT CAST(id AS STRING) FROM input;
        """,
        "p.bpmn",
        Models.process(
            "p",
            Models.start("s")
                + withHandler("First", "increment.sql")
                + Models.task("Start", "start.sql")
                + Models.user("Wait")
                + Models.compensate("Undo")
                + Models.user("Look")
                + Models.line("s First Start Wait Undo Look")));
    ProcessInstance instance = start(1);
    stage.untilAt(instance, "Wait");
    stage.completeTask(instance);
    stage.until(() -> stage.incidents(instance), 1L);
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("11");
    assertThat(stage.engine.getRuntimeService().createIncidentQuery().singleResult())
        .extracting(Incident::getIncidentMessage)
        .asString()
        .contains("'started'", "'Start' wrote after it is final");
    stage.resume(instance, ConflictPolicy.SKIP);
    stage.untilAt(instance, "Look");
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("10");
  }

  @Test
  void aHandlerSaysWhatBecomesOfFinalEffects() throws Exception {
    String start =
        """
        CREATE TABLE input (id BIGINT) WITH ('connector' = 'process-variables');
        CREATE TABLE started (id STRING) WITH (
          'connector' = 'process-start', 'process-definition-key' = 'other',
          'business-key-column' = 'id', 'unique' = 'false');
        INSERT INTO started SELECT CAST(id AS STRING) FROM input;
        """;
    String handler =
        Models.handler("Start")
            .replace(
                "camunda:delegateExpression=\"${streamRollback}\"/>",
                """
                camunda:delegateExpression="${streamRollback}">
                <bpmn:extensionElements><camunda:properties>
                <camunda:property name="stream.onFinal" value="%s"/>
                </camunda:properties></bpmn:extensionElements></bpmn:serviceTask>
                """);
    String content =
        Models.start("s")
            + Models.task("Start", "start.sql")
            + handler
            + Models.user("Wait")
            + Models.compensate("Undo")
            + Models.user("Look")
            + Models.line("s Start Wait Undo Look");
    stage.deploy(
        "other.bpmn",
        Models.process("other", Models.start("s") + Models.user("Work") + Models.line("s Work")));
    assertThatThrownBy(
            () ->
                stage.deploy(
                    "p.bpmn", Models.process("p", content.formatted("refuse")), "start.sql", start))
        .hasMessageContaining("MR-BPMN-013");

    stage.deploy("p.bpmn", Models.process("p", content.formatted("ask")), "start.sql", start);
    ProcessInstance asked = start(1);
    stage.untilAt(asked, "Wait");
    stage.completeTask(asked);
    stage.until(() -> stage.incidents(asked), 1L);
    stage.resume(asked, ConflictPolicy.SKIP);
    stage.untilAt(asked, "Look");
    assertThat(others()).isEqualTo(1);

    stage.deploy("p.bpmn", Models.process("p", content.formatted("cancel")), "start.sql", start);
    ProcessInstance cancelled = start(2);
    stage.untilAt(cancelled, "Wait");
    assertThat(others()).isEqualTo(2);
    stage.completeTask(cancelled);
    stage.untilAt(cancelled, "Look");
    assertThat(others()).isEqualTo(1);
  }
}
