// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Variables, starts and messages as tables. */
class ProcessTablesTest {
  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = new Stage();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  private static ProcessInstance run(String script, Map<String, Object> variables) {
    stage.deploy(
        "p.bpmn",
        Models.process(
            "p",
            Models.start("s")
                + Models.task("T", "script.sql")
                + Models.user("Look")
                + Models.line("s T Look")),
        "script.sql",
        script);
    return stage.start("p", variables);
  }

  private static Object variable(ProcessInstance instance, String name) {
    return stage.engine.getRuntimeService().getVariable(instance.getId(), name);
  }

  private static String incident(ProcessInstance instance) {
    stage.until(() -> stage.incidents(instance), 1L);
    return stage
        .engine
        .getRuntimeService()
        .createIncidentQuery()
        .processInstanceId(instance.getId())
        .singleResult()
        .getIncidentMessage();
  }

  private static final String LINES =
      """
      CREATE TABLE lines (sku STRING, qty INT, price DECIMAL(10, 2)) WITH (
        'connector' = 'process-variables', 'variable' = 'lines');
      CREATE TABLE totals (items INT, total DECIMAL(12, 2)) WITH (
        'connector' = 'process-variables');
      CREATE TABLE big (sku STRING, cost DECIMAL(12, 2)) WITH (
        'connector' = 'process-variables', 'variable' = 'big');
      INSERT INTO totals SELECT CAST(SUM(qty) AS INT), CAST(SUM(qty * price) AS DECIMAL(12, 2)) FROM lines;
      INSERT INTO big SELECT sku, CAST(qty * price AS DECIMAL(12, 2)) FROM lines WHERE qty > 1;
      """;

  @Test
  void aJsonVariableIsReadRowByRowAndRowsBecomeAJsonVariable() {
    ProcessInstance instance =
        run(
            LINES,
            Map.of(
                "lines",
                """
                [{"sku": "a", "qty": 2, "price": 1.25}, {"sku": "b", "qty": 1, "price": "3.00"},
                 {"sku": "c", "qty": 3, "price": null, "more": true}]
                """));
    stage.untilAt(instance, "Look");
    assertThat(variable(instance, "items")).isEqualTo(6);
    assertThat(variable(instance, "total")).isEqualTo(5.5);
    assertThat(variable(instance, "big"))
        .isEqualTo("[{\"sku\":\"a\",\"cost\":2.5},{\"sku\":\"c\",\"cost\":null}]");
  }

  @Test
  void aMapIsReadFromAnObjectKeptInAChannelAndItsValuesAreVariables() {
    ProcessInstance instance =
        run(
            """
            CREATE TABLE lines (sku STRING, labels MAP<STRING, STRING>, counts MAP<STRING, INT>) WITH (
              'connector' = 'process-variables', 'variable' = 'lines');
            CREATE TABLE kept (sku STRING, labels MAP<STRING, STRING>, binaries MAP<STRING, BYTES>) WITH (
              'connector' = 'channel', 'channel-name' = 'kept');
            CREATE TABLE found (sku STRING, colour STRING, two INT, labels INT) WITH (
              'connector' = 'process-variables', 'variable' = 'found');
            INSERT INTO kept SELECT sku, labels, MAP[sku, X'0102'] FROM lines;
            INSERT INTO found SELECT sku, labels['colour'], counts['two'], CARDINALITY(labels) FROM lines;
            """,
            Map.of(
                "lines",
                """
                [{"sku": "a", "labels": {"colour": "red", "n": 7}, "counts": {"two": 2}},
                 {"sku": "b", "labels": {}, "counts": null}]
                """));
    stage.untilAt(instance, "Look");
    assertThat(variable(instance, "found"))
        .isEqualTo(
            "[{\"sku\":\"a\",\"colour\":\"red\",\"two\":2,\"labels\":2},"
                + "{\"sku\":\"b\",\"colour\":null,\"two\":null,\"labels\":0}]");
    ProcessInstance reader =
        run(
            """
            CREATE TABLE kept (sku STRING, labels MAP<STRING, STRING>, binaries MAP<STRING, BYTES>) WITH (
              'connector' = 'channel', 'channel-name' = 'kept', 'scan.bounded.mode' = 'latest-offset');
            CREATE TABLE again (sku STRING, labels STRING, n INT, same BOOLEAN) WITH (
              'connector' = 'process-variables', 'variable' = 'again');
            INSERT INTO again SELECT sku, labels['n'], CARDINALITY(labels), binaries[sku] = X'0102' FROM kept;
            """,
            Map.of());
    stage.untilAt(reader, "Look");
    assertThat(variable(reader, "again"))
        .isEqualTo(
            "[{\"sku\":\"a\",\"labels\":\"7\",\"n\":2,\"same\":true},"
                + "{\"sku\":\"b\",\"labels\":null,\"n\":0,\"same\":true}]");
  }

  @Test
  void noVariableIsAMap() {
    assertThatThrownBy(
            () ->
                run(
                    """
                    CREATE TABLE o (m MAP<STRING, INT>) WITH ('connector' = 'process-variables');
                    INSERT INTO o VALUES (MAP['a', 1]);
                    """,
                    Map.of()))
        .hasMessageContaining("no variable is a MAP")
        .hasMessageContaining("m['…']");
  }

  @Test
  void aBadElementNamesItsVariableAndItsColumn() {
    ProcessInstance instance =
        run(LINES, Map.of("lines", "[{\"sku\": \"a\", \"qty\": 2.5, \"price\": 1}]"));
    assertThat(incident(instance)).contains("'qty'").contains("2.5").contains("INT");
  }

  @Test
  void aNumberOfAbsurdSizeIsNotWrittenOut() {
    ProcessInstance instance =
        run(LINES, Map.of("lines", "[{\"sku\": 1e999999999, \"qty\": 2, \"price\": 1}]"));
    stage.untilAt(instance, "Look");
    assertThat(variable(instance, "big")).isEqualTo("[{\"sku\":\"1E+999999999\",\"cost\":2.0}]");
  }

  @Test
  void aVariableThatIsNoListIsRefused() {
    assertThat(incident(run(LINES, Map.of("lines", "sku=a"))))
        .contains("expected a list, or JSON text of a list, of objects");
  }

  @Test
  void aSerialisedJavaObjectIsNotRead() {
    assertThat(incident(run(LINES, Map.of("lines", new ArrayList<>(List.of(Map.of("qty", 1)))))))
        .contains("application/x-java-serialized-object, which is not read here");
  }

  @Test
  void aMissingVariableIsNullAndANotNullColumnRefusesIt() {
    String script =
        """
        CREATE TABLE input (a BIGINT, b BIGINT NOT NULL) WITH ('connector' = 'process-variables');
        CREATE TABLE output (c BIGINT) WITH ('connector' = 'process-variables');
        INSERT INTO output SELECT COALESCE(a, 0) + b FROM input;
        """;
    ProcessInstance instance = run(script, Map.of("b", 1));
    stage.untilAt(instance, "Look");
    assertThat(variable(instance, "c")).isEqualTo(1L);
    assertThat(incident(run(script, Map.of("a", 1)))).contains("'b' is null or missing");
  }

  private static final String MESSAGE =
      """
      CREATE TABLE input (target STRING, amount BIGINT) WITH ('connector' = 'process-variables');
      CREATE TABLE paid (order_id STRING, amount BIGINT) WITH (
        'connector' = 'process-message', 'message-name' = 'Paid',
        'business-key-column' = 'order_id');
      INSERT INTO paid SELECT target, amount FROM input;
      """;

  @Test
  void aMessageReachesTheInstanceOfItsBusinessKeyOnly() {
    stage.deploy(
        "waiting.bpmn",
        Models.process(
                "waiting",
                Models.start("s")
                    + """
                      <bpmn:intermediateCatchEvent id="Wait"><bpmn:messageEventDefinition messageRef="Paid"/>
                      </bpmn:intermediateCatchEvent>
                      """
                    + Models.user("Look")
                    + Models.line("s Wait Look"))
            .replace("<bpmn:error ", "<bpmn:message id=\"Paid\" name=\"Paid\"/><bpmn:error "));
    ProcessInstance one =
        stage.engine.getRuntimeService().startProcessInstanceByKey("waiting", "k1");
    ProcessInstance two =
        stage.engine.getRuntimeService().startProcessInstanceByKey("waiting", "k2");
    ProcessInstance sender = run(MESSAGE, Map.of("target", "k2", "amount", 7L));
    stage.untilAt(sender, "Look");
    assertThat(stage.at(one)).containsExactly("Wait");
    assertThat(stage.at(two)).containsExactly("Look");
    assertThat(variable(two, "amount")).isEqualTo(7L);
  }

  @Test
  void aMessageWithoutSubscriberIsAnError() {
    assertThat(incident(run(MESSAGE, Map.of("target", "nobody", "amount", 7L))))
        .contains("message 'Paid' found no subscriber with business key 'nobody'");
  }
}
