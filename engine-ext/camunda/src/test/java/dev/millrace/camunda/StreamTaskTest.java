// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.camunda.rollback.RollbackPreview;
import dev.millrace.camunda.rollback.RollbackScope;
import dev.millrace.camunda.rollback.RollbackService;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.ErrorCode;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.store.RollbackOrder;
import dev.millrace.store.RunState;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamTaskTest {
  private static final String DOUBLE =
      """
      CREATE TABLE input (id BIGINT, amount BIGINT) WITH ('connector' = 'process-variables');
      CREATE TABLE output (doubled BIGINT) WITH ('connector' = 'process-variables');
      CREATE TABLE item (id BIGINT, qty BIGINT, PRIMARY KEY (id) NOT ENFORCED) WITH (
        'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'item');
      INSERT INTO output SELECT amount * 2 FROM input;
      INSERT INTO item SELECT id, amount * 2 FROM input;
      """;

  private static GatedEngine gate;
  private static Stage stage;

  @BeforeAll
  static void open() throws Exception {
    gate = new GatedEngine();
    stage = new Stage(plugin -> plugin.setStreamEngine(gate::over));
    stage.sql(Scripts.TABLES);
  }

  @BeforeEach
  void begin() throws Exception {
    stage.sql("DELETE FROM ITEM");
    gate.open();
  }

  @AfterAll
  static void close() {
    gate.open();
    stage.close();
  }

  private ProcessInstance started(String content, Map<String, Object> variables) {
    stage.deploy("p.bpmn", Models.process("p", content), "double.sql", DOUBLE);
    return stage.start("p", variables);
  }

  private static String simple(String boundary) {
    return Models.start("s")
        + Models.task("Double", "double.sql")
        + boundary
        + Models.user("Look")
        + Models.line("s Double Look");
  }

  @Test
  void variablesAndRowsAreVisibleTogetherWithTheCompletionOfTheTask() throws Exception {
    gate.close();
    ProcessInstance instance = started(simple(""), Map.of("id", 1L, "amount", 21L));
    stage.until(gate::waiting, 1);
    assertThat(stage.at(instance)).containsExactly("Double");
    assertThat(stage.query("SELECT QTY FROM ITEM")).isEmpty();
    gate.open();
    stage.untilAt(instance, "Look");
    assertThat(stage.engine.getRuntimeService().getVariable(instance.getId(), "doubled"))
        .isEqualTo(42L);
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("42");
    assertThat(stage.runStates(instance)).isEqualTo(List.of(RunState.COMPLETED));
  }

  @Test
  void aSuspendedInstanceStaysWhereItIsUntilItIsActivated() throws Exception {
    gate.close();
    ProcessInstance instance = started(simple(""), Map.of("id", 1L, "amount", 21L));
    stage.until(gate::waiting, 1);
    stage.engine.getRuntimeService().suspendProcessInstanceById(instance.getId());
    gate.open();
    // computed before: waits at its commit; then claimed again: waits before it computes
    stage.untilTrue(() -> epoch(instance) > 1);
    int computed = gate.runs();
    long claimed = epoch(instance);
    stage.untilTrue(() -> epoch(instance) > claimed + 1);
    assertThat(gate.runs()).isEqualTo(computed);
    assertThat(stage.at(instance)).containsExactly("Double");
    assertThat(stage.query("SELECT QTY FROM ITEM")).isEmpty();
    assertThat(stage.millrace().runs().ofProcessInstance(instance.getId()).get(0).attempts())
        .isZero();
    stage.engine.getRuntimeService().activateProcessInstanceById(instance.getId());
    stage.untilAt(instance, "Look");
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("42");
  }

  @Test
  void aRunAtWorkStandsInTheWayOfARollbackUntilAnOperatorSaysToLeaveIt() throws Exception {
    gate.close();
    ProcessInstance instance = started(simple(""), Map.of("id", 1L, "amount", 21L));
    stage.until(gate::waiting, 1);
    RollbackService rollbacks = stage.millrace().rollbacks();
    RollbackScope scope = RollbackScope.instance(instance.getId());
    RollbackPreview preview = rollbacks.preview(instance.getId());
    assertThat(preview.isClean()).isFalse();
    assertThat(preview.text()).contains("'Double' is still at work (RUNNING)");
    String order = rollbacks.order(scope, ConflictPolicy.FAIL, false, "demo");
    stage.until(() -> rollbacks.find(order).orElseThrow().state(), RollbackOrder.State.CONFLICT);
    assertThat(rollbacks.find(order).orElseThrow().error().orElseThrow())
        .contains("'Double' is still at work");
    assertThat(rollbacks.rollBack(scope, ConflictPolicy.SKIP, false))
        .singleElement()
        .satisfies(report -> assertThat(report.skipped()).hasSize(1));

    gate.open();
    stage.untilAt(instance, "Look");
    assertThat(rollbacks.resumeOrder(order, ConflictPolicy.FAIL)).isTrue();
    stage.until(() -> rollbacks.find(order).orElseThrow().state(), RollbackOrder.State.DONE);
    assertThat(stage.query("SELECT QTY FROM ITEM")).isEmpty();
  }

  private long epoch(ProcessInstance instance) throws Exception {
    return stage.millrace().runs().ofProcessInstance(instance.getId()).get(0).epoch();
  }

  @Test
  void anErrorOfASuspendedInstanceIsNotThrownUntilItIsActivated() throws Exception {
    gate.close();
    ProcessInstance instance =
        started(
            simple(
                """
                <bpmn:boundaryEvent id="Bad" attachedToRef="Double"><bpmn:errorEventDefinition errorRef="DataError"/>
                </bpmn:boundaryEvent><bpmn:userTask id="Repair"/>
                <bpmn:sequenceFlow id="fb" sourceRef="Bad" targetRef="Repair"/>
                """),
            Map.of("id", 1L, "amount", 21L));
    stage.until(gate::waiting, 1);
    stage.engine.getRuntimeService().suspendProcessInstanceById(instance.getId());
    gate.failNext(
        new MillraceException(ErrorCode.of("TEST", ErrorCategory.DATA, 1), "a broken record"));
    gate.open();
    stage.untilTrue(() -> epoch(instance) > 1);
    assertThat(stage.at(instance)).containsExactly("Double");
    stage.engine.getRuntimeService().activateProcessInstanceById(instance.getId());
    stage.untilAt(instance, "Look");
  }

  @Test
  void aSignalFromElsewhereIsRefusedWhileTheTaskWaits() throws Exception {
    gate.close();
    ProcessInstance instance = started(simple(""), Map.of("id", 1L, "amount", 1L));
    stage.until(gate::waiting, 1);
    String execution = execution(instance, "Double");
    assertThatThrownBy(() -> stage.engine.getRuntimeService().signal(execution))
        .hasStackTraceContaining("a signal from elsewhere is refused");
    assertThat(stage.at(instance)).containsExactly("Double");
    gate.open();
    stage.untilAt(instance, "Look");
  }

  @Test
  void aLateSignalCompletesNoOtherActivity() throws Exception {
    gate.close();
    ProcessInstance instance = started(simple(""), Map.of("id", 1L, "amount", 1L));
    stage.until(gate::waiting, 1);
    String execution = execution(instance, "Double");
    assertThat(execution).isNotEqualTo(instance.getId());
    gate.open();
    stage.untilAt(instance, "Look");
    assertThatThrownBy(() -> stage.engine.getRuntimeService().signal(execution))
        .isInstanceOf(ProcessEngineException.class);
    assertThat(stage.at(instance)).containsExactly("Look");
  }

  private String execution(ProcessInstance instance, String activity) {
    return stage
        .engine
        .getRuntimeService()
        .createExecutionQuery()
        .processInstanceId(instance.getId())
        .activityId(activity)
        .singleResult()
        .getId();
  }

  @Test
  void aDeletedInstanceStopsItsRunAndLeavesNothing() throws Exception {
    gate.close();
    ProcessInstance instance = started(simple(""), Map.of("id", 1L, "amount", 21L));
    stage.until(gate::waiting, 1);
    stage.engine.getRuntimeService().deleteProcessInstance(instance.getId(), "test", true, true);
    stage.until(gate::waiting, 0);
    gate.open();
    assertThat(stage.runStates(instance)).isEqualTo(List.of(RunState.CANCELLED));
    assertThat(stage.query("SELECT QTY FROM ITEM")).isEmpty();
  }

  @Test
  void aBoundaryEventInterruptsTheRun() throws Exception {
    gate.close();
    ProcessInstance instance =
        started(
            simple(
                """
                <bpmn:boundaryEvent id="Stop" attachedToRef="Double"><bpmn:conditionalEventDefinition>
                <bpmn:condition xsi:type="bpmn:tFormalExpression">${stop}</bpmn:condition>
                </bpmn:conditionalEventDefinition></bpmn:boundaryEvent>
                """
                    + Models.user("Stopped")
                    + Models.line("Stop Stopped")),
            Map.of("id", 1L, "amount", 21L, "stop", false));
    stage.until(gate::waiting, 1);
    stage.engine.getRuntimeService().setVariable(instance.getId(), "stop", true);
    stage.untilAt(instance, "Stopped");
    stage.until(gate::waiting, 0);
    assertThat(stage.runStates(instance)).isEqualTo(List.of(RunState.CANCELLED));
    assertThat(stage.query("SELECT QTY FROM ITEM")).isEmpty();
  }

  @Test
  void aDataErrorIsCaughtByABoundaryEvent() throws Exception {
    ProcessInstance instance =
        started(
            simple(
                """
                <bpmn:boundaryEvent id="Bad" attachedToRef="Double">
                <bpmn:errorEventDefinition errorRef="DataError" camunda:errorMessageVariable="why"/>
                </bpmn:boundaryEvent>
                """
                    + Models.user("Repair")
                    + Models.line("Bad Repair")),
            Map.of("id", 1L, "amount", "many"));
    stage.untilAt(instance, "Repair");
    assertThat(stage.engine.getRuntimeService().getVariable(instance.getId(), "why"))
        .asString()
        .contains("variable 'amount' is 'many' (String), which is not BIGINT");
    assertThat(stage.runStates(instance)).isEqualTo(List.of(RunState.FAILED));
    assertThat(stage.query("SELECT QTY FROM ITEM")).isEmpty();
  }

  @Test
  void anUncaughtDataErrorIsAnIncidentThatCockpitRetries() throws Exception {
    ProcessInstance instance = started(simple(""), Map.of("id", 1L, "amount", "many"));
    stage.until(() -> stage.incidents(instance), 1L);
    assertThat(
            stage
                .engine
                .getRuntimeService()
                .createIncidentQuery()
                .processInstanceId(instance.getId())
                .singleResult()
                .getIncidentMessage())
        .contains("'many'");
    assertThat(stage.runStates(instance)).isEqualTo(List.of(RunState.INCIDENT));
    stage.engine.getRuntimeService().setVariable(instance.getId(), "amount", 4L);
    stage.retryIncident(instance);
    stage.untilAt(instance, "Look");
    assertThat(stage.incidents(instance)).isZero();
    assertThat(stage.query("SELECT QTY FROM ITEM")).containsExactly("8");
  }

  @Test
  void aConnectorErrorIsRetriedAndThenAnIncident() throws Exception {
    int before = gate.runs();
    for (int i = 0; i < 3; i++) {
      gate.failNext(connectorError());
    }
    ProcessInstance instance = started(simple(""), Map.of("id", 1L, "amount", 1L));
    stage.until(() -> stage.incidents(instance), 1L);
    assertThat(gate.runs() - before).isEqualTo(3);
    gate.failNext(connectorError());
    stage.retryIncident(instance);
    stage.untilAt(instance, "Look");
    assertThat(gate.runs() - before).isEqualTo(5);
    assertThat(stage.incidents(instance)).isZero();
  }

  private static MillraceException connectorError() {
    return new MillraceException(
        ErrorCode.of("TEST", ErrorCategory.CONNECTOR, 1), "the other side does not answer");
  }

  @Test
  void aFailureWhoseTextNoDatabaseHoldsIsAnIncidentAllTheSame() throws Exception {
    gate.failNext(
        new MillraceException(
            ErrorCode.of("TEST", ErrorCategory.DATA, 2), "cannot process 1,\u0000"));
    ProcessInstance instance = started(simple(""), Map.of("id", 1L, "amount", 1L));
    stage.until(() -> stage.incidents(instance), 1L);
    assertThat(
            stage
                .engine
                .getRuntimeService()
                .createIncidentQuery()
                .processInstanceId(instance.getId())
                .singleResult()
                .getIncidentMessage())
        .isEqualTo("cannot process 1,\uFFFD");
  }

  @Test
  void anErrorOfTheVirtualMachineIsAnIncidentToo() throws Exception {
    gate.failNext(new StackOverflowError());
    ProcessInstance instance = started(simple(""), Map.of("id", 1L, "amount", 1L));
    stage.until(() -> stage.incidents(instance), 1L);
    stage.retryIncident(instance);
    stage.untilAt(instance, "Look");
  }

  @Test
  void anIncidentGoesWithItsInstance() throws Exception {
    ProcessInstance instance = started(simple(""), Map.of("id", 1L, "amount", "many"));
    stage.until(() -> stage.incidents(instance), 1L);
    stage.engine.getRuntimeService().deleteProcessInstance(instance.getId(), "test");
    assertThat(
            stage
                .engine
                .getRuntimeService()
                .createIncidentQuery()
                .processInstanceId(instance.getId())
                .count())
        .isZero();
    assertThat(
            stage
                .engine
                .getManagementService()
                .createJobQuery()
                .processInstanceId(instance.getId())
                .count())
        .isZero();
    assertThat(stage.runStates(instance)).isEqualTo(List.of(RunState.CANCELLED));
  }

  @Test
  void aTaskWithMappingsAndAsyncBeforeKeepsThem() throws Exception {
    String task =
        """
        <bpmn:serviceTask id="Double" camunda:asyncBefore="true"
            camunda:delegateExpression="${streamTask}">
        <bpmn:extensionElements>
        <camunda:inputOutput>
          <camunda:inputParameter name="amount">${base + 1}</camunda:inputParameter>
          <camunda:outputParameter name="result">${doubled}</camunda:outputParameter>
        </camunda:inputOutput>
        <camunda:properties>
        <camunda:property name="stream.script" value="double.sql"/>
        </camunda:properties></bpmn:extensionElements></bpmn:serviceTask>
        """;
    ProcessInstance instance =
        started(
            Models.start("s") + task + Models.user("Look") + Models.line("s Double Look"),
            Map.of("id", 1L, "base", 10L));
    stage.executeJob(instance);
    stage.untilAt(instance, "Look");
    assertThat(stage.engine.getRuntimeService().getVariable(instance.getId(), "result"))
        .isEqualTo(22L);
  }

  @Test
  void aFailureAfterTheTaskTakesItsEffectsBack() throws Exception {
    String failing = "<bpmn:serviceTask id=\"Fail\" camunda:expression=\"${missing.bean}\"/>\n";
    ProcessInstance instance =
        started(
            Models.start("s")
                + Models.task("Double", "double.sql")
                + failing
                + Models.line("s Double Fail"),
            Map.of("id", 1L, "amount", 21L));
    stage.until(() -> stage.incidents(instance), 1L);
    assertThat(stage.at(instance)).containsExactly("Double");
    assertThat(stage.query("SELECT QTY FROM ITEM")).isEmpty();
    assertThat(stage.engine.getRuntimeService().getVariable(instance.getId(), "doubled")).isNull();
  }

  @Test
  void aThousandWaitingTasksHoldNoThread() throws Exception {
    gate.close();
    stage.deploy("p.bpmn", Models.process("p", simple("")), "double.sql", DOUBLE);
    String definition = stage.start("p", Map.of("id", 0L, "amount", 0L)).getProcessDefinitionId();
    stage.start("p", Map.of("id", 1L, "amount", 1L));
    stage.until(gate::waiting, 2);
    long before = Thread.getAllStackTraces().keySet().stream().filter(this::isOurs).count();
    for (long id = 2; id < 1000; id++) {
      stage.start("p", Map.of("id", id, "amount", id));
    }
    assertThat(stage.millrace().runs().countByState())
        .containsEntry(RunState.QUEUED, 998L)
        .containsEntry(RunState.RUNNING, 2L);
    assertThat(Thread.getAllStackTraces().keySet().stream().filter(this::isOurs).count())
        .isEqualTo(before);
    gate.open();
    stage.until(
        () ->
            stage.engine.getTaskService().createTaskQuery().processDefinitionId(definition).count(),
        1000L);
    assertThat(stage.query("SELECT COUNT(*) FROM ITEM WHERE QTY = 2 * ID")).containsExactly("1000");
  }

  private boolean isOurs(Thread thread) {
    return thread.getName().startsWith("millrace");
  }
}
