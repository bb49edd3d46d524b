// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability.simulation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.DeploymentBuilder;

/** What the simulated nodes are given to do. */
final class Scripts {
  static final String[] TABLES = {
    "CREATE TABLE STARTED (BUSINESS_KEY VARCHAR(100) PRIMARY KEY)",
    "CREATE TABLE ITEM (ID BIGINT PRIMARY KEY, QTY BIGINT)",
    "CREATE TABLE STOCK (ID BIGINT PRIMARY KEY, QTY BIGINT NOT NULL)",
    "CREATE TABLE LEDGER (PIPELINE VARCHAR(10), N BIGINT,"
        + " ARRIVAL BIGINT GENERATED ALWAYS AS IDENTITY)",
    "CREATE TABLE SUMS (K BIGINT PRIMARY KEY, C BIGINT, S BIGINT)"
  };

  private Scripts() {}

  static String deploy(ProcessEngine engine) {
    DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
    for (String task : new String[] {"A", "B"}) {
      deployment.addString(task + ".sql", script(task.equals("A") ? 1 : 2));
    }
    deployment.addString("keep.bpmn", process("keep", ""));
    deployment.addString(
        "undo.bpmn",
        process(
            "undo",
            """
            <bpmn:intermediateThrowEvent id="C"><bpmn:compensateEventDefinition/>
            </bpmn:intermediateThrowEvent>
            """));
    for (int i = 0; i < 2; i++) {
      deployment.addString("p" + i + ".sql", pipeline("p" + i));
    }
    deployment.addString("p2.sql", pipelineWithState("p2"));
    return deployment.deploy().getId();
  }

  /** Sets the instance's row to the number of the task, and takes one from the stock of all. */
  private static String script(int step) {
    return """
        CREATE TABLE input (id BIGINT) WITH ('connector' = 'process-variables');
        CREATE TABLE item (id BIGINT, qty BIGINT, PRIMARY KEY (id) NOT ENFORCED) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'item');
        CREATE TABLE stock (id BIGINT, qty BIGINT, PRIMARY KEY (id) NOT ENFORCED) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'stock',
          'sink.additive-columns' = 'qty');
        INSERT INTO item SELECT id, %d FROM input;
        INSERT INTO stock SELECT id - id + 1, -1 FROM input;
        """
        .formatted(step);
  }

  private static String pipeline(String name) {
    return """
        SET 'pipeline.name' = '%1$s';
        SET 'millrace.commit.rows' = '3';
        SET 'millrace.commit.interval' = '1 h';
        SET 'millrace.start' = 'on-deployment';
        CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'simulated');
        CREATE TABLE ledger (pipeline STRING, n BIGINT) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'ledger');
        INSERT INTO ledger SELECT '%1$s', n FROM numbers;
        """
        .formatted(name);
  }

  /** Its sums are right only if each start finds what was remembered, and replays what followed. */
  private static String pipelineWithState(String name) {
    return """
        SET 'pipeline.name' = '%s';
        SET 'millrace.commit.rows' = '3';
        SET 'millrace.commit.interval' = '1 h';
        SET 'millrace.start' = 'on-deployment';
        CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'simulated');
        CREATE TABLE sums (k BIGINT, c BIGINT, s BIGINT, PRIMARY KEY (k) NOT ENFORCED) WITH (
          'connector' = 'jdbc', 'connection' = 'engine', 'table-name' = 'sums');
        INSERT INTO sums SELECT MOD(n, 3), COUNT(*), SUM(n) FROM numbers GROUP BY MOD(n, 3);
        """
        .formatted(name);
  }

  private static String process(String id, String compensation) {
    String last = compensation.isEmpty() ? "e" : "C";
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
        <bpmn:process id="%1$s" isExecutable="true">
        <bpmn:startEvent id="s"/>
        %2$s
        %3$s
        %4$s
        <bpmn:endEvent id="e"/>
        <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="A"/>
        <bpmn:sequenceFlow id="f2" sourceRef="A" targetRef="B"/>
        <bpmn:sequenceFlow id="f3" sourceRef="B" targetRef="%5$s"/>
        %6$s
        %7$s
        </bpmn:process>
        </bpmn:definitions>
        """
        .formatted(
            id,
            task("A"),
            task("B"),
            compensation,
            last,
            compensation.isEmpty()
                ? ""
                : "<bpmn:sequenceFlow id=\"f4\" sourceRef=\"C\" targetRef=\"e\"/>",
            association("A") + association("B"));
  }

  private static String task(String id) {
    return """
        <bpmn:serviceTask id="%1$s" camunda:delegateExpression="${streamTask}">
        <bpmn:extensionElements><camunda:properties>
        <camunda:property name="stream.script" value="%1$s.sql"/>
        </camunda:properties></bpmn:extensionElements></bpmn:serviceTask>
        <bpmn:boundaryEvent id="On%1$s" attachedToRef="%1$s"><bpmn:compensateEventDefinition/>
        </bpmn:boundaryEvent>
        <bpmn:serviceTask id="Undo%1$s" isForCompensation="true"
            camunda:delegateExpression="${streamRollback}"/>
        """
        .formatted(id);
  }

  private static String association(String task) {
    return """
        <bpmn:association id="a%1$s" associationDirection="One" sourceRef="On%1$s"
            targetRef="Undo%1$s"/>
        """
        .formatted(task);
  }

  /** In the transaction of the connection. */
  static void startOnce(ProcessEngine engine, Connection db, String key) throws SQLException {
    try (PreparedStatement known =
        db.prepareStatement("SELECT 1 FROM STARTED WHERE BUSINESS_KEY = ?")) {
      known.setString(1, key);
      try (ResultSet rows = known.executeQuery()) {
        if (rows.next()) {
          return;
        }
      }
    }
    try (PreparedStatement insert = db.prepareStatement("INSERT INTO STARTED VALUES (?)")) {
      insert.setString(1, key);
      insert.executeUpdate();
    }
    engine
        .getRuntimeService()
        .startProcessInstanceByKey(
            key.substring(0, 4), key, Map.of("id", Long.parseLong(key.substring(4))));
  }
}
