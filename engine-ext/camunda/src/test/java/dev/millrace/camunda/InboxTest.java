// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.camunda.config.Surroundings;
import dev.millrace.store.InboxMessage;
import dev.millrace.store.InboxQuery;
import dev.millrace.store.InboxState;
import dev.millrace.store.Lineage;
import dev.millrace.store.Pipeline;
import dev.millrace.store.StoreClock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that come before anybody waits for them. */
class InboxTest {
  private final FarDatabase far = new FarDatabase();
  private Stage stage =
      new Stage(
          plugin -> plugin.setInboxSweepMillis(100),
          TestDatabase.create(),
          configuration -> configuration.setBeans(Map.of("far", far)));

  @AfterEach
  void close() {
    stage.close();
  }

  /** Catches message {@code Paid}, notes its number in {@code seen}; so often. */
  private static String receiver(int times) {
    StringBuilder content = new StringBuilder(Models.start("s"));
    StringBuilder line = new StringBuilder("s");
    for (int i = 1; i <= times; i++) {
      content.append(Models.receive("Wait" + i, "Paid"));
      content.append(
          """
          <bpmn:serviceTask id="Note%d"
              camunda:expression="${execution.setVariable('seen', seen.concat(n.toString()))}"/>
          """
              .formatted(i));
      line.append(" Wait").append(i).append(" Note").append(i);
    }
    return Models.message(
        Models.process(
            "receiver",
            content + Models.user("Look") + Models.line(line.append(" Look").toString())),
        "Paid");
  }

  /** Sends {@code Paid} with the numbers of a range to business key {@code k}. */
  private static String sender(String name, int from, int to, String options) {
    return """
        SET 'pipeline.name' = '%s';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.on-data-error' = 'dead-letter';
        CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '%d', 'fields.n.end' = '%d');
        CREATE TABLE paid (id STRING, n BIGINT) WITH ('connector' = 'process-message',
          'message-name' = 'Paid', 'business-key-column' = 'id', %s);
        INSERT INTO paid SELECT 'k', n FROM numbers;
        """
        .formatted(name, from, to, options);
  }

  private ProcessInstance start() {
    return stage
        .engine
        .getRuntimeService()
        .startProcessInstanceByKey("receiver", "k", Map.of("seen", ""));
  }

  private Map<InboxState, Long> counts() {
    return stage.millrace().inbox().counts();
  }

  private InboxMessage only(InboxState state) {
    List<InboxMessage> found = stage.millrace().inbox().list(InboxQuery.Filter.all(10).in(state));
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private Object seen(ProcessInstance instance) {
    return stage.engine.getRuntimeService().getVariable(instance.getId(), "seen");
  }

  @Test
  void aMessageWaitsUntilItsSubscriptionCommits() throws Exception {
    stage.deploy("receiver.bpmn", receiver(1));
    stage.deploy("sender.sql", sender("early", 7, 7, "'ttl' = '1 h'"));
    stage.until(this::counts, Map.of(InboxState.BUFFERED, 1L));
    ProcessInstance instance = start();
    stage.untilAt(instance, "Look");
    assertThat(seen(instance)).isEqualTo("7");
    InboxMessage delivered = only(InboxState.DELIVERED);
    assertThat(delivered.processInstanceId()).contains(instance.getId());
    assertThat(delivered.origin().pipeline()).contains("early");
    assertThat(stage.millrace().store().lineage().ofProcessInstance(instance.getId()))
        .singleElement()
        .satisfies(
            trace -> {
              assertThat(trace.kind()).isEqualTo(Lineage.Kind.ADVANCED);
              assertThat(trace.input().pipeline()).isEqualTo("early");
            });
  }

  @Test
  void messagesOfOneReceiverArriveInTheirOrderWhateverWaits() {
    stage.deploy("receiver.bpmn", receiver(6));
    stage.deploy("one.sql", sender("one", 1, 3, "'ttl' = '1 h'"));
    stage.until(this::counts, Map.of(InboxState.BUFFERED, 3L));
    ProcessInstance instance = start();
    stage.deploy("two.sql", sender("two", 4, 6, "'ttl' = '1 h'"));
    stage.untilAt(instance, "Look");
    assertThat(seen(instance)).isEqualTo("123456");
  }

  @Test
  void aMessageWhoseTimeHasPassedIsADeadLetterAndCanBeTriedAgain() throws Exception {
    stage.deploy("receiver.bpmn", receiver(1));
    stage.deploy("sender.sql", sender("early", 7, 7, "'ttl' = '1 h'"));
    stage.until(this::counts, Map.of(InboxState.BUFFERED, 1L));
    long id = only(InboxState.BUFFERED).id();
    assertThat(stage.millrace().inbox().expire(id)).isTrue();
    assertThat(stage.millrace().inbox().expire(id)).isFalse();
    assertThat(counts()).containsOnly(Map.entry(InboxState.EXPIRED, 1L));
    assertThat(
            stage
                .millrace()
                .store()
                .deadLetters()
                .ofPipeline("early", 0, 10)
                .get(0)
                .letter()
                .error())
        .contains("message 'Paid' found no subscriber until");
    assertThat(stage.millrace().inbox().retry(List.of(id))).isEqualTo(1);
    ProcessInstance instance = start();
    stage.untilAt(instance, "Look");
    assertThat(only(InboxState.DELIVERED).id()).isEqualTo(id);
  }

  @Test
  void anExpiredMessageStartsAProcess() {
    stage.deploy(
        "late.bpmn",
        Models.process("late", Models.start("s") + Models.user("Look") + Models.line("s Look")));
    stage.deploy(
        "sender.sql",
        sender(
            "early",
            7,
            7,
            "'ttl' = '10 ms', 'on-expiry' = 'start', 'on-expiry.process-definition-key' = 'late'"));
    stage.until(
        () ->
            stage
                .engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey("k", "late")
                .variableValueEquals("n", 7L)
                .count(),
        1L);
    assertThat(only(InboxState.EXPIRED).processInstanceId()).isPresent();
  }

  @Test
  void anExpiredMessageBecomesASignal() {
    stage.deploy(
        "listener.bpmn",
        Models.process(
                "listener",
                Models.start("s")
                    + """
                      <bpmn:intermediateCatchEvent id="Wait"><bpmn:signalEventDefinition signalRef="Lost"/>
                      </bpmn:intermediateCatchEvent>
                      """
                    + Models.user("Look")
                    + Models.line("s Wait Look"))
            .replace("<bpmn:error ", "<bpmn:signal id=\"Lost\" name=\"Lost\"/><bpmn:error "));
    ProcessInstance listener = stage.start("listener", Map.of());
    stage.deploy(
        "sender.sql",
        sender(
            "early",
            7,
            7,
            "'ttl' = '10 ms', 'on-expiry' = 'signal', 'on-expiry.signal-name' = 'Lost'"));
    stage.untilAt(listener, "Look");
    assertThat(stage.engine.getRuntimeService().getVariable(listener.getId(), "n")).isEqualTo(7L);
  }

  @Test
  void aMessageForWhichSeveralWaitIsGivenToNoneUntilAnOperatorDecides() {
    stage.deploy("receiver.bpmn", receiver(1));
    ProcessInstance one = start();
    ProcessInstance two = start();
    stage.deploy("sender.sql", sender("both", 7, 7, "'ttl' = '1 h'"));
    stage.until(this::counts, Map.of(InboxState.AMBIGUOUS, 1L));
    assertThat(stage.at(one)).isEqualTo(stage.at(two)).containsExactly("Wait1");
    stage.engine.getRuntimeService().deleteProcessInstance(one.getId(), "decided");
    stage.millrace().inbox().retry(List.of(only(InboxState.AMBIGUOUS).id()));
    stage.untilAt(two, "Look");
  }

  @Test
  void aMessageItsProcessFailsWithIsTriedAgainThenRejectedAndMayStartAnother() throws Exception {
    stage.deploy("receiver.bpmn", receiver(1).replace("seen.concat", "missing.concat"));
    stage.deploy(
        "other.bpmn",
        Models.process("other", Models.start("s") + Models.user("Look") + Models.line("s Look")));
    ProcessInstance instance = start();
    stage.deploy("sender.sql", sender("bad", 7, 8, "'ttl' = '1 h'"));
    stage.until(() -> counts().getOrDefault(InboxState.REJECTED, 0L), 2L);
    assertThat(stage.at(instance)).containsExactly("Wait1");
    InboxMessage rejected =
        stage.millrace().inbox().list(InboxQuery.Filter.all(1).in(InboxState.REJECTED)).get(0);
    assertThat(rejected.error().orElseThrow()).contains("missing");
    assertThat(stage.millrace().store().deadLetters().count()).isZero();
    String started = stage.millrace().inbox().startProcess(rejected.id(), "other");
    assertThat(stage.engine.getRuntimeService().getVariable(started, "n")).isEqualTo(7L);
    assertThat(only(InboxState.DELIVERED).id()).isEqualTo(rejected.id());
  }

  @Test
  void aProcessWhoseOwnDatabaseIsAwayHoldsUpNoOthersMessages() {
    far.awayFor(n -> n == 1);
    stage.deploy("receiver.bpmn", receiver(1).replace("seen.concat(n.toString())", "far.call(n)"));
    stage.deploy(
        "sender.sql",
        sender("many", 1, 3, "'ttl' = '1 h'").replace("'k', n", "'k' || CAST(n AS STRING), n"));
    stage.until(this::counts, Map.of(InboxState.BUFFERED, 3L));
    for (int n = 1; n <= 3; n++) {
      stage
          .engine
          .getRuntimeService()
          .startProcessInstanceByKey("receiver", "k" + n, Map.of("seen", ""));
    }
    stage.until(this::counts, Map.of(InboxState.BUFFERED, 1L, InboxState.DELIVERED, 2L));
    stage.untilTrue(() -> only(InboxState.BUFFERED).attempts() > 3);
    assertThat(only(InboxState.BUFFERED).error().orElseThrow()).contains("no route to it");
    far.awayFor(n -> false);
    stage.until(this::counts, Map.of(InboxState.DELIVERED, 3L));
  }

  @Test
  void anExpiryThatCannotBeActedOnHoldsUpNoOthers() {
    far.awayFor(n -> n == 1);
    stage.deploy(
        "late.bpmn",
        Models.process(
            "late",
            Models.start("s")
                + "<bpmn:serviceTask id=\"Ask\" camunda:expression=\"${far.call(n)}\"/>"
                + Models.user("Look")
                + Models.line("s Ask Look")));
    stage.deploy(
        "sender.sql",
        sender(
                "many",
                1,
                3,
                "'ttl' = '10 ms', 'on-expiry' = 'start', 'on-expiry.process-definition-key' = 'late'")
            .replace("'k', n", "'k' || CAST(n AS STRING), n"));
    stage.until(this::counts, Map.of(InboxState.BUFFERED, 1L, InboxState.EXPIRED, 2L));
    stage.untilTrue(() -> only(InboxState.BUFFERED).attempts() > 1);
    far.awayFor(n -> false);
    stage.until(this::counts, Map.of(InboxState.EXPIRED, 3L));
  }

  @Test
  void aMessageThatWasPutOffIsTriedAgainThoughTheClockIsSetBackByAnHour() {
    StoreClock right = StoreClock.database();
    AtomicReference<Duration> wrongBy = new AtomicReference<>(Duration.ZERO);
    stage.close();
    stage =
        new Stage(
            plugin -> {
              plugin.setInboxSweepMillis(100);
              plugin.setRetryDelayMillis(Duration.ofMinutes(5).toMillis());
              plugin.setSurroundings(
                  Surroundings.machine()
                      .withClock(connection -> right.now(connection).plus(wrongBy.get())));
            });
    stage.deploy("receiver.bpmn", receiver(1).replace("seen.concat", "missing.concat"));
    start();
    stage.deploy("sender.sql", sender("bad", 7, 7, "'ttl' = '1 d'"));
    stage.until(() -> counts().getOrDefault(InboxState.BUFFERED, 0L), 1L);
    assertThat(only(InboxState.BUFFERED).attempts()).isEqualTo(1);
    wrongBy.set(Duration.ofHours(-1));
    stage.until(() -> only(InboxState.BUFFERED).attempts(), 2);
  }

  @Test
  void whenNobodyWaitsAMessageStartEventTakesIt() {
    stage.deploy(
        "started.bpmn",
        Models.message(
            Models.process(
                "started",
                """
                <bpmn:startEvent id="s"><bpmn:messageEventDefinition messageRef="Paid"/></bpmn:startEvent>
                """
                    + Models.receive("Wait", "Paid")
                    + Models.user("Look")
                    + Models.line("s Wait Look")),
            "Paid"));
    stage.deploy("sender.sql", sender("s", 1, 2, "'if-nobody-waits' = 'start'"));
    stage.until(
        () ->
            stage
                .engine
                .getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey("k")
                .processVariableValueEquals("n", 2L)
                .count(),
        1L);
    assertThat(stage.engine.getRuntimeService().createProcessInstanceQuery().count()).isEqualTo(1);
  }

  @Test
  void aFullInboxHoldsThePipelineUpByName() throws Exception {
    stage.close();
    stage =
        new Stage(
            plugin -> {
              plugin.setInboxSweepMillis(100);
              plugin.setInboxLimit(2);
            });
    stage.deploy("receiver.bpmn", receiver(3));
    stage.deploy("sender.sql", sender("many", 1, 3, "'ttl' = '1 h'"));
    stage.untilTrue(
        () ->
            stage
                .millrace()
                .pipelines()
                .find("many")
                .flatMap(Pipeline::failure)
                .filter(failure -> failure.text().contains("the inbox holds 2 messages"))
                .isPresent());
    assertThat(counts().getOrDefault(InboxState.BUFFERED, 0L)).isLessThanOrEqualTo(2);
  }

  @Test
  void theVariablesOfAWaitingMessageDecideTooAndKeepTheirTypes() {
    stage.deploy("receiver.bpmn", receiver(1));
    stage.deploy(
        "sender.sql",
        """
        SET 'pipeline.name' = 'typed';
        SET 'millrace.start' = 'on-deployment';
        CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '2');
        CREATE TABLE paid (sku STRING, n BIGINT, paid_at TIMESTAMP(3), price DECIMAL(10, 2), ok BOOLEAN) WITH (
          'connector' = 'process-message', 'message-name' = 'Paid', 'correlation-columns' = 'sku',
          'ttl' = '1 h');
        INSERT INTO paid SELECT 's' || CAST(n AS STRING), n, TIMESTAMP '2026-01-02 03:04:05', 1.25, n > 1
        FROM numbers;
        """);
    stage.until(this::counts, Map.of(InboxState.BUFFERED, 2L));
    ProcessInstance instance = stage.start("receiver", Map.of("sku", "s2", "seen", ""));
    stage.untilAt(instance, "Look");
    assertThat(stage.engine.getRuntimeService().getVariables(instance.getId()))
        .containsEntry("seen", "2")
        .containsEntry("price", 1.25)
        .containsEntry("ok", true)
        .hasEntrySatisfying("paid_at", at -> assertThat(at).isInstanceOf(Date.class));
    assertThat(only(InboxState.BUFFERED).correlation()).containsEntry("sku", "s1");
  }

  @Test
  void aTenantsMessageReachesItsOwnInstancesOrSharedOnes() {
    for (String tenant : List.of("a", "b")) {
      stage
          .engine
          .getRepositoryService()
          .createDeployment()
          .tenantId(tenant)
          .addString("receiver.bpmn", receiver(1))
          .deploy();
    }
    stage.deploy("receiver.bpmn", receiver(1));
    ProcessInstance own = ofTenant("a");
    ProcessInstance foreign = ofTenant("b");
    stage
        .engine
        .getRepositoryService()
        .createDeployment()
        .tenantId("a")
        .addString("sender.sql", sender("tenants", 1, 2, "'ttl' = '1 h'"))
        .deploy();
    stage.untilAt(own, "Look");
    stage.until(() -> counts().getOrDefault(InboxState.BUFFERED, 0L), 1L);
    ProcessInstance shared =
        stage
            .engine
            .getRuntimeService()
            .createProcessInstanceByKey("receiver")
            .processDefinitionWithoutTenantId()
            .businessKey("k")
            .setVariable("seen", "")
            .execute();
    stage.untilAt(shared, "Look");
    assertThat(stage.at(foreign)).containsExactly("Wait1");
  }

  private ProcessInstance ofTenant(String tenant) {
    return stage
        .engine
        .getRuntimeService()
        .createProcessInstanceByKey("receiver")
        .processDefinitionTenantId(tenant)
        .businessKey("k")
        .setVariable("seen", "")
        .execute();
  }
}
