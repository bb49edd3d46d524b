// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.Problem;
import org.camunda.bpm.engine.ResourceReport;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeploymentTest {
  private static final String GOOD =
      """
      CREATE TABLE input (n BIGINT) WITH ('connector' = 'process-variables');
      CREATE TABLE output (m BIGINT) WITH ('connector' = 'process-variables');
      INSERT INTO output SELECT n + 1 FROM input;
      """;
  private static final String BAD = GOOD.replace("n + 1", "nope + 1");

  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = new Stage();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  private static String model(String tasks, String line) {
    return Models.process("p", Models.start("s") + tasks + Models.end("e") + Models.line(line));
  }

  private static ParseException refused(Object... files) {
    long before = stage.engine.getRepositoryService().createDeploymentQuery().count();
    ParseException refusal = catchThrowableOfType(ParseException.class, () -> stage.deploy(files));
    assertThat(refusal).isNotNull();
    assertThat(stage.engine.getRepositoryService().createDeploymentQuery().count())
        .isEqualTo(before);
    return refusal;
  }

  private static Problem only(ParseException refusal) {
    assertThat(refusal.getResorceReports()).hasSize(1);
    List<Problem> errors = refusal.getResorceReports().get(0).getErrors();
    assertThat(errors).hasSize(1);
    return errors.get(0);
  }

  @Test
  void aWrongScriptFailsTheDeploymentWithItsLineAndColumn() {
    ParseException refusal =
        refused("p.bpmn", model(Models.task("T", "bad.sql"), "s T e"), "bad.sql", BAD);
    Problem problem = only(refusal);
    assertThat(refusal.getResorceReports().get(0).getResourceName()).isEqualTo("bad.sql");
    assertThat(problem.getLine()).isEqualTo(3);
    assertThat(problem.getColumn()).isEqualTo(27);
    assertThat(problem.getMainElementId()).isEqualTo("T");
    assertThat(refusal).hasMessageContaining("bad.sql | line 3 | column 27 | element T | MR-SQL-");
  }

  @Test
  void allErrorsOfAllTasksAreToldAtOnce() {
    ParseException refusal =
        refused(
            "p.bpmn",
            model(
                Models.task("One", "bad.sql")
                    + Models.task("Two", "absent.sql")
                    + Models.task("Three", "other.sql"),
                "s One Two Three e"),
            "bad.sql",
            BAD,
            "other.sql",
            "INSERT INTO nowhere VALUES (1);\nINSERT INTO elsewhere VALUES (1);");
    assertThat(refusal.getResorceReports())
        .extracting(ResourceReport::getResourceName)
        .containsExactlyInAnyOrder("bad.sql", "p.bpmn", "other.sql");
    assertThat(refusal)
        .hasMessageContaining("other.sql | line 1")
        .hasMessageContaining("other.sql | line 2")
        .hasMessageContaining(
            "script 'absent.sql' is not in this deployment, which holds bad.sql, other.sql");
  }

  @Test
  void anUnknownPropertyFailsTheDeployment() {
    String model =
        model(Models.task("T", "good.sql"), "s T e")
            .replace(
                "</camunda:properties>",
                "<camunda:property name=\"stream.skript\" value=\"x\"/></camunda:properties>");
    Problem problem = only(refused("p.bpmn", model, "good.sql", GOOD));
    assertThat(problem.getMessage())
        .contains(
            "property 'stream.skript' is unknown here; known are stream.onInterrupt, stream.script,"
                + " stream.sql");
    assertThat(problem.getMainElementId()).isEqualTo("T");
  }

  @Test
  void aValueThatIsNotAllowedFailsTheDeployment() {
    String model =
        model(Models.task("T", "good.sql"), "s T e")
            .replace(
                "</camunda:properties>",
                "<camunda:property name=\"stream.onInterrupt\" value=\"stop\"/></camunda:properties>");
    assertThat(only(refused("p.bpmn", model, "good.sql", GOOD)).getMessage())
        .contains("property 'stream.onInterrupt' is 'stop'; allowed are undo, keep");
  }

  @Test
  void aTaskWithoutScriptFailsTheDeployment() {
    String model =
        model("<bpmn:serviceTask id=\"T\" camunda:delegateExpression=\"${streamTask}\"/>", "s T e");
    assertThat(only(refused("p.bpmn", model)).getMessage()).contains("needs its script");
  }

  @Test
  void aScriptThatNeverEndsIsNoTask() {
    String script =
        """
        CREATE TABLE input (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '1');
        CREATE TABLE output (m BIGINT) WITH ('connector' = 'process-variables');
        INSERT INTO output SELECT n FROM input;
        """;
    assertThat(
            only(refused("p.bpmn", model(Models.task("T", "x.sql"), "s T e"), "x.sql", script))
                .getMessage())
        .contains("would never end");
  }

  @Test
  void aFinalEffectUnderCompensationFailsTheDeployment() {
    String script =
        """
        CREATE TABLE input (n BIGINT) WITH ('connector' = 'process-variables');
        CREATE TABLE started (n BIGINT) WITH (
          'connector' = 'process-start', 'process-definition-key' = 'other');
        INSERT INTO started SELECT n FROM input;
        """;
    String task = Models.task("T", "x.sql");
    assertThat(
            only(refused("p.bpmn", model(task + Models.handler("T"), "s T e"), "x.sql", script))
                .getMessage())
        .contains("table 'started', whose effect is final");
    stage.deploy("p.bpmn", model(task, "s T e"), "x.sql", script);
  }

  @Test
  void aHandlerOfAnotherTaskFailsTheDeployment() {
    String model =
        model(
            "<bpmn:serviceTask id=\"T\" camunda:expression=\"${1}\"/>" + Models.handler("T"),
            "s T e");
    assertThat(only(refused("p.bpmn", model)).getMessage())
        .contains("attached to 'T', which is no stream task");
  }

  @Test
  void aHandlerInTheFlowFailsTheDeployment() {
    String model =
        model(
            "<bpmn:serviceTask id=\"T\" camunda:delegateExpression=\"${streamRollback}\"/>",
            "s T e");
    assertThat(only(refused("p.bpmn", model)).getMessage()).contains("set isForCompensation");
  }

  @Test
  void aWrongPipelineFailsTheDeployment() {
    String script = "SET 'millrace.start' = 'on-deployment';\n" + GOOD;
    assertThat(only(refused("nameless.sql", script)).getMessage()).contains("SET 'pipeline.name'");
    assertThat(
            only(refused("bad.sql", "SET 'millrace.start' = 'on-deployment';\n" + BAD)).getLine())
        .isEqualTo(4);
  }

  @Test
  void aScriptInAFolderIsFoundByTheEndOfItsName() {
    stage.deploy(
        "archive/p.bpmn",
        model(Models.task("T", "good.sql"), "s T e"),
        "BOOT-INF/classes/archive/good.sql",
        GOOD);
    stage.untilEnded(stage.start("p", Map.of("n", 1L)));
  }

  @Test
  void textInTheModelIsAScript() {
    String model =
        model(Models.task("T", ""), "s T e")
            .replace(
                "<camunda:property name=\"stream.script\" value=\"\"/>",
                "<camunda:property name=\"stream.sql\" value=\""
                    + GOOD.replace("\n", " ").replace("<", "&lt;")
                    + "\"/>");
    stage.deploy("p.bpmn", model);
    stage.untilEnded(stage.start("p", Map.of("n", 1L)));
  }

  @Test
  void aModelReadAgainFromTheDatabaseIsNotJudgedAgain() {
    stage.deploy("p.bpmn", model(Models.task("T", "good.sql"), "s T e"), "good.sql", GOOD);
    ((ProcessEngineConfigurationImpl) stage.engine.getProcessEngineConfiguration())
        .getDeploymentCache()
        .discardProcessDefinitionCache();
    ProcessInstance instance = stage.start("p", Map.of("n", 1L));
    stage.untilEnded(instance);
  }
}
