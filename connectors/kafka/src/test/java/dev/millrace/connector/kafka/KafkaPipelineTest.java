// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.kafka;

import static dev.millrace.connector.kafka.Engine.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.camunda.deadletter.Correction;
import dev.millrace.camunda.deadletter.DeadLetterService;
import dev.millrace.store.DeadLetters;
import dev.millrace.store.PipelineState;
import dev.millrace.store.StoredDeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

/** Topics in and out of pipelines and stream tasks of a process engine. */
class KafkaPipelineTest {
  static String pipeline(String in, String out) {
    return """
    SET 'pipeline.name' = 'p';
    SET 'millrace.start' = 'on-deployment';
    SET 'millrace.commit.interval' = '50 ms';
    SET 'millrace.on-data-error' = 'dead-letter';
    CREATE TABLE i (`value` STRING) WITH ('connector' = 'kafka', 'connection' = 'main',
      'topic' = '%s', 'format' = 'raw', 'scan.startup.mode' = 'earliest-offset',
      'scan.topic-partition-discovery.interval' = '200 ms');
    CREATE TABLE o (`value` STRING) WITH ('connector' = 'kafka', 'connection' = 'main',
      'topic' = '%s', 'format' = 'raw');
    INSERT INTO o SELECT `value` || ' processed' FROM i;
    """
        .formatted(in, out);
  }

  private static String[] numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toArray(String[]::new);
  }

  private static List<String> processed(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(i -> i + " processed").toList();
  }

  @Test
  void theSeedsJobGoesOnBehindARestartLosingAndDoublingNothing() throws Exception {
    String in = TestBroker.topic(1);
    String out = TestBroker.topic(1);
    String database = Engine.database();
    TestBroker.send(in, numbers(1, 500));
    try (Engine engine = new Engine(database)) {
      engine.deploy("p.sql", pipeline(in, out));
      until(() -> TestBroker.values(out).size(), 500);
    }
    TestBroker.send(in, numbers(501, 900));
    try (Engine engine = new Engine(database)) {
      until(() -> TestBroker.values(out).size(), 900);
      TestBroker.send(in, numbers(901, 1000));
      until(() -> TestBroker.values(out).size(), 1000);
      until(() -> engine.millrace().store().outboxes().targets().get(0).pending(), 0L);
    }
    assertThat(TestBroker.values(out)).isEqualTo(processed(1, 1000));
  }

  @Test
  void partitionsAddedLaterAreReadFromTheirStart() throws Exception {
    String in = TestBroker.topic(1);
    String out = TestBroker.topic(1);
    TestBroker.send(in, "1");
    try (Engine engine = new Engine(Engine.database())) {
      engine.deploy("p.sql", pipeline(in, out));
      until(() -> TestBroker.values(out).size(), 1);
      TestBroker.grow(in, 3);
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (int p = 0; p < 3; p++) {
        records.add(new ProducerRecord<>(in, p, null, TestBroker.utf8("new " + p)));
      }
      TestBroker.send(records);
      until(() -> TestBroker.values(out).size(), 4);
      assertThat(engine.millrace().store().positions().of("p").get("i"))
          .isEqualTo(in + "/0=2," + in + "/1=1," + in + "/2=1");
    }
  }

  @Test
  void aRecordThatCannotBeReadIsReplayedOnceCorrected() throws Exception {
    String in = TestBroker.topic(1);
    String out = TestBroker.topic(1);
    TestBroker.send(in, "{\"n\":1}", "{\"n\":\"x\"}");
    String script =
        pipeline(in, out)
            .replace("(`value` STRING)", "(n INT)")
            .replace("'raw'", "'json'")
            .replace("`value` || ' processed'", "n + 100");
    try (Engine engine = new Engine(Engine.database())) {
      engine.deploy("p.sql", script);
      DeadLetterService letters = engine.millrace().deadLetters();
      DeadLetters.Filter all = new DeadLetters.Filter("p", null, null, null);
      until(() -> letters.list(all, 0, 10).size(), 1);
      StoredDeadLetter letter = letters.list(all, 0, 10).get(0);
      assertThat(letter.letter().bytes()).isEqualTo(TestBroker.utf8("{\"n\":\"x\"}"));
      letters.replay(
          letter.id(),
          new Correction(Optional.empty(), Optional.of(TestBroker.utf8("{\"n\":2}")), List.of()),
          null);
      until(() -> TestBroker.values(out).size(), 2);
      assertThat(TestBroker.values(out)).containsExactlyInAnyOrder("{\"n\":101}", "{\"n\":102}");
    }
  }

  @Test
  void aRecordTheBrokerRefusesIsADeadLetterAndStopsNoOther() throws Exception {
    String in = TestBroker.topic(1);
    String out = TestBroker.topic(1);
    String large = "x".repeat(600_000);
    TestBroker.send(in, "1", large, "3");
    try (Engine engine =
        new Engine(
            Engine.database(),
            Map.of("bootstrap.servers", TestBroker.servers(), "max.request.size", "500000"),
            plugin -> {})) {
      engine.deploy("p.sql", pipeline(in, out));
      until(() -> TestBroker.values(out), List.of("1 processed", "3 processed"));
      until(() -> engine.millrace().store().deadLetters().countOfPipeline("p"), 1L);
    }
  }

  @Test
  void aBrokerThatDoesNotAnswerHoldsUpThePipelineWithinTheOutboxsBound() throws Exception {
    String in = TestBroker.topic(1);
    String out = TestBroker.topic(1);
    TestBroker.send(in, numbers(1, 200));
    String database = Engine.database();
    Map<String, String> deaf = Map.of("bootstrap.servers", "localhost:1", "max.block.ms", "200");
    try (Engine engine =
        new Engine(
            database,
            Map.of("bootstrap.servers", TestBroker.servers()),
            plugin -> {
              plugin.setOutboxLimit(100);
              plugin.setEndpoints(
                  Map.of(
                      "kafka",
                      Map.of(
                          "main",
                          Map.of("bootstrap.servers", TestBroker.servers()),
                          "deaf",
                          deaf)));
            })) {
      engine.deploy(
          "p.sql",
          pipeline(in, out)
              .replace("'main',\n  'topic' = '" + out, "'deaf',\n  'topic' = '" + out)
              .replace("'millrace.commit.interval' = '50 ms'", "'millrace.commit.rows' = '150'"));
      until(
          () ->
              engine
                  .millrace()
                  .pipelines()
                  .find("p")
                  .orElseThrow()
                  .failure()
                  .map(failure -> failure.code())
                  .orElse(""),
          "MR-STORE-020");
      assertThat(engine.millrace().pipelines().find("p").orElseThrow().state())
          .isEqualTo(PipelineState.RUNNING);
    }
  }

  private static final String ORDER =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
      <bpmn:process id="order" isExecutable="true" camunda:historyTimeToLive="1">
        <bpmn:startEvent id="s"/>
        <bpmn:serviceTask id="Tell" camunda:delegateExpression="${streamTask}">
          <bpmn:extensionElements><camunda:properties>
            <camunda:property name="stream.script" value="tell.sql"/>
          </camunda:properties></bpmn:extensionElements>
        </bpmn:serviceTask>
        <bpmn:boundaryEvent id="CompensateTell" attachedToRef="Tell">
          <bpmn:compensateEventDefinition/></bpmn:boundaryEvent>
        <bpmn:serviceTask id="UndoTell" isForCompensation="true"
            camunda:delegateExpression="${streamRollback}"/>
        <bpmn:userTask id="Wait"/>
        <bpmn:endEvent id="e"><bpmn:compensateEventDefinition/></bpmn:endEvent>
        <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="Tell"/>
        <bpmn:sequenceFlow id="f2" sourceRef="Tell" targetRef="Wait"/>
        <bpmn:sequenceFlow id="f3" sourceRef="Wait" targetRef="e"/>
        <bpmn:association id="a" associationDirection="One" sourceRef="CompensateTell"
            targetRef="UndoTell"/>
      </bpmn:process>
      </bpmn:definitions>
      """;

  private static void tellAndTakeBack(Engine engine, String script, String topic, int records)
      throws Exception {
    engine.deploy("order.bpmn", ORDER, "tell.sql", script);
    engine.engine.getRuntimeService().startProcessInstanceByKey("order");
    until(() -> engine.engine.getTaskService().createTaskQuery().count(), 1L);
    until(() -> TestBroker.records(topic).size(), records);
    String task = engine.engine.getTaskService().createTaskQuery().singleResult().getId();
    engine.engine.getTaskService().complete(task);
    until(() -> TestBroker.records(topic).size(), 2 * records);
    until(() -> engine.engine.getRuntimeService().createProcessInstanceQuery().count(), 0L);
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return record.headers().lastHeader(name) == null
        ? null
        : TestBroker.text(record.headers().lastHeader(name).value());
  }

  @Test
  void aRunIsTakenBackByACompensatingRecordEachNewestFirst() throws Exception {
    String topic = TestBroker.topic(1);
    try (Engine engine = new Engine(Engine.database())) {
      tellAndTakeBack(
          engine,
          "CREATE TABLE o (a INT, headers MAP<STRING, BYTES> METADATA) WITH ('connector' = 'kafka',"
              + " 'connection' = 'main', 'topic' = '"
              + topic
              + "', 'format' = 'json'); INSERT INTO o VALUES (1, MAP['trace', X'7431']), (2,"
              + " CAST(NULL AS MAP<STRING, BYTES>))",
          topic,
          2);
    }
    List<ConsumerRecord<byte[], byte[]>> records = TestBroker.records(topic);
    assertThat(records.stream().map(record -> TestBroker.text(record.value())))
        .containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":2}", "{\"a\":1}");
    assertThat(header(records.get(0), "millrace-compensates")).isNull();
    assertThat(header(records.get(2), "millrace-compensates"))
        .isNotNull()
        .isEqualTo(header(records.get(1), "millrace-record"));
    assertThat(header(records.get(3), "millrace-compensates"))
        .isEqualTo(header(records.get(0), "millrace-record"));
    assertThat(records.stream().map(record -> header(record, "trace")))
        .as("a compensating record has the headers of the one it takes back")
        .containsExactly("t1", null, null, "t1");
  }

  @Test
  void headersGoFromTopicToTopicByWayOfTheOutbox() throws Exception {
    String in = TestBroker.topic(1);
    String out = TestBroker.topic(1);
    TestBroker.send(
        List.of(
            new ProducerRecord<>(
                in,
                0,
                null,
                (byte[]) null,
                TestBroker.utf8("1"),
                List.of(
                    new RecordHeader("trace", TestBroker.utf8("old")),
                    new RecordHeader("trace", TestBroker.utf8("new")),
                    new RecordHeader("none", null))),
            new ProducerRecord<>(in, 0, null, TestBroker.utf8("2"))));
    String script =
        pipeline(in, out)
            .replace("(`value` STRING)", "(`value` STRING, headers MAP<STRING, BYTES> METADATA)")
            .replace("' processed' FROM", "' processed', headers FROM");
    try (Engine engine = new Engine(Engine.database())) {
      engine.deploy("p.sql", script);
      until(() -> TestBroker.values(out).size(), 2);
    }
    assertThat(TestBroker.records(out).get(0).headers())
        .singleElement()
        .isEqualTo(new RecordHeader("trace", TestBroker.utf8("new")));
    assertThat(TestBroker.records(out).get(1).headers()).isEmpty();
  }

  @Test
  void anUpsertedKeyIsTakenBackToWhatItWas() throws Exception {
    String topic = TestBroker.topic(1);
    try (Engine engine = new Engine(Engine.database())) {
      tellAndTakeBack(
          engine,
          "CREATE TABLE o (k INT, n BIGINT, PRIMARY KEY (k) NOT ENFORCED) WITH ('connector' ="
              + " 'upsert-kafka', 'connection' = 'main', 'topic' = '"
              + topic
              + "', 'key.format' = 'json', 'value.format' = 'json');"
              + "INSERT INTO o SELECT k, SUM(n) FROM (VALUES (1, 10), (2, 20), (1, 30)) AS t(k, n)"
              + " GROUP BY k",
          topic,
          3);
    }
    assertThat(
            TestBroker.records(topic).stream()
                .map(record -> TestBroker.text(record.key()) + TestBroker.text(record.value())))
        .containsExactly(
            "{\"k\":1}{\"k\":1,\"n\":10}",
            "{\"k\":2}{\"k\":2,\"n\":20}",
            "{\"k\":1}{\"k\":1,\"n\":40}",
            "{\"k\":1}{\"k\":1,\"n\":10}",
            "{\"k\":2}null",
            "{\"k\":1}null");
  }
}
