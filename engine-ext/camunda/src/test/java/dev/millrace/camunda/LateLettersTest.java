// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.camunda.deadletter.Correction;
import dev.millrace.camunda.deadletter.DeadLetterService;
import dev.millrace.engine.DeadLetter;
import dev.millrace.store.DeadLetters;
import dev.millrace.store.InboxMessage;
import dev.millrace.store.InboxQuery;
import dev.millrace.store.InboxState;
import dev.millrace.store.Pipeline;
import dev.millrace.store.PipelineState;
import dev.millrace.store.RunFailure;
import dev.millrace.store.StoredDeadLetter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dead letters of rows that were committed before: refused by a foreign system, or expired. */
class LateLettersTest {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile Predicate<String> refused = request -> false;
  private HttpServer shop;
  private final TestDatabase database = TestDatabase.create();
  private volatile int refusal = 422;
  private Stage stage;
  private DeadLetterService letters;

  @BeforeEach
  void open() throws IOException {
    shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.createContext("/", this::answer);
    shop.start();
    start(Map.of());
  }

  private void start(Map<String, String> limits) {
    stage =
        new Stage(
            plugin -> {
              plugin.setNode("one");
              plugin.setLimits(limits);
              plugin.setInboxSweepMillis(100);
              plugin.setEndpoints(
                  Map.of(
                      "http",
                      Map.of(
                          "shop",
                          Map.of(
                              "url",
                              "http://127.0.0.1:" + shop.getAddress().getPort(),
                              "allow-private",
                              "true"))));
            },
            database);
    letters = stage.millrace().deadLetters();
  }

  @AfterEach
  void close() {
    stage.close();
    shop.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request =
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    boolean no = refused.test(request);
    if (!no) {
      told.add(request);
    }
    exchange.sendResponseHeaders(no ? refusal : 204, -1);
    exchange.close();
  }

  private static String pipeline(String settings, String numbers, String sink, String query) {
    return """
        SET 'pipeline.name' = 'p';
        SET 'millrace.start' = 'on-deployment';
        SET 'millrace.on-data-error' = 'dead-letter';
        %s
        CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', %s);
        CREATE TABLE told %s;
        INSERT INTO told SELECT %s FROM numbers;
        """
        .formatted(settings, numbers, sink, query);
  }

  private static String telling(String settings, String numbers) {
    return pipeline(
        settings,
        numbers,
        """
        (n BIGINT, name STRING) WITH ('connector' = 'http', 'connection' = 'shop',
          'url-path' = '/told/{name}', 'format' = 'json', 'sink.method' = 'PUT')""",
        "n, 'name' || CAST(n AS STRING)");
  }

  private static String numbers(int to) {
    return "'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '" + to + "'";
  }

  private List<StoredDeadLetter> all() {
    return letters.list(new DeadLetters.Filter("p", null, null, null), 0, 100);
  }

  private StoredDeadLetter only() {
    stage.until(() -> all().size(), 1);
    return all().get(0);
  }

  private Pipeline pipeline() throws Exception {
    return stage.millrace().pipelines().find("p").orElseThrow();
  }

  private static Correction bytes(String text) {
    return new Correction(Optional.empty(), Optional.of(text.getBytes(UTF_8)), List.of());
  }

  @Test
  void whatAHostRefusesIsCountedAndSentAgainOnce() throws Exception {
    refused = request -> request.contains("\"n\":2");
    stage.deploy("p.sql", telling("", numbers(3)));
    StoredDeadLetter letter = only();
    assertThat(letter.letter().side()).isEqualTo(DeadLetter.Side.SINK);
    assertThat(letter.letter().table()).isEqualTo("told");
    assertThat(letter.letter().bytes()).asString(UTF_8).isEqualTo("{\"n\":2,\"name\":\"name2\"}");
    assertThat(letter.isReplayable()).isTrue();
    assertThat(pipeline().totals().dead()).isEqualTo(1);
    stage.until(told::size, 2);

    refused = request -> false;
    assertThat(letters.replay(letter.id(), Correction.NONE, "demo").rowsOut()).isEqualTo(1);
    stage.until(told::size, 3);
    assertThat(told.get(2)).isEqualTo("PUT /told/name2 {\"n\":2,\"name\":\"name2\"}");
    assertThatThrownBy(() -> letters.replay(letter.id(), Correction.NONE, "demo"))
        .hasMessageContaining("is REPLAYED");
  }

  @Test
  void inPlaceOfWhatAHostRefusesAnotherBodyOrOtherRowsAreSent() {
    refused = request -> request.contains("\"n\":2") || request.contains("\"n\":3");
    stage.deploy("p.sql", telling("", numbers(3)));
    stage.until(() -> all().size(), 2);
    letters.replay(all().get(0).id(), bytes("{\"n\":92}"), "demo");
    letters.replay(
        all().get(1).id(),
        new Correction(
            Optional.empty(), Optional.empty(), List.of(Map.of("n", 4, "name", "other"))),
        "demo");
    stage.until(told::size, 3);
    assertThat(told)
        .contains("PUT /told/name2 {\"n\":92}", "PUT /told/other {\"n\":4,\"name\":\"other\"}");
  }

  @Test
  void ofARefusedRowWhatIsMaskedIsKeptNowhere() throws Exception {
    refused = request -> true;
    stage.deploy("p.sql", telling("SET 'millrace.mask' = 'told.name';", numbers(1)));
    StoredDeadLetter letter = only();
    assertThat(letter.letter().masked()).isTrue();
    assertThat(letter.isReplayable()).isFalse();
    assertThat(
            stage.query(
                "SELECT RECORD_TEXT || ERROR_TEXT || POSITION_TEXT || COALESCE(DESTINATION, '')"
                    + " FROM MR_DEAD_LETTER WHERE RECORD_BYTES IS NULL"))
        .singleElement()
        .asString()
        .doesNotContain("name1");
  }

  @Test
  void tooManyRefusalsStopThePipelineThatWroteThem() throws Exception {
    refused = request -> true;
    stage.deploy(
        "p.sql", telling("SET 'millrace.max-dead-letters' = '1';", "'rows-per-second' = '50'"));
    stage.until(() -> pipeline().state(), PipelineState.INCIDENT);
    assertThat(pipeline().failure().map(RunFailure::code)).contains("MR-BPMN-047");
    assertThat(all()).hasSizeGreaterThan(1);
  }

  @Test
  void whatAHostRefusesOfATaskIsItsRunsAndSentAgainWhileThatIsNotUndone() throws Exception {
    refused = request -> true;
    stage.deploy(
        "task.bpmn",
        Models.process(
            "task",
            Models.start("s")
                + Models.task("Tell", "tell.sql")
                + Models.user("Look")
                + Models.line("s Tell Look")),
        "tell.sql",
        """
        CREATE TABLE input (id BIGINT) WITH ('connector' = 'process-variables');
        CREATE TABLE told (id BIGINT) WITH ('connector' = 'http', 'connection' = 'shop',
          'url-path' = '/told', 'format' = 'json');
        INSERT INTO told SELECT id FROM input;
        """);
    ProcessInstance instance = stage.start("task", Map.of("id", 7L));
    stage.untilAt(instance, "Look");
    String run = stage.millrace().runs().ofProcessInstance(instance.getId()).get(0).id();
    DeadLetters.Filter ofRun = new DeadLetters.Filter(null, run, "told", null);
    stage.until(() -> letters.list(ofRun, 0, 9).size(), 1);
    assertThat(stage.millrace().runs().find(run).orElseThrow().metrics().dead()).isEqualTo(1);
    refused = request -> false;
    letters.replay(letters.list(ofRun, 0, 9).get(0).id(), Correction.NONE, "demo");
    stage.until(() -> told, List.of("POST /told {\"id\":7}"));
  }

  private static String sending(String settings, String ttl) {
    return pipeline(
        settings,
        numbers(1),
        """
        (id STRING, amount DECIMAL(20, 3), paid_at TIMESTAMP(3)) WITH (
          'connector' = 'process-message', 'message-name' = 'Paid', 'business-key-column' = 'id',
          'ttl' = '%s')"""
            .formatted(ttl),
        "'k' || CAST(n AS STRING), 12345678901234567.125, TIMESTAMP '2026-01-02 03:04:05'");
  }

  private List<InboxMessage> inbox(InboxState state) {
    return stage.millrace().inbox().list(InboxQuery.Filter.all(9).in(state));
  }

  @Test
  void aMessageThatExpiredIsSentAgainAsItsRow() throws Exception {
    stage.deploy("p.sql", sending("", "1 h"));
    stage.until(() -> inbox(InboxState.BUFFERED).size(), 1);
    InboxMessage message = inbox(InboxState.BUFFERED).get(0);
    stage.millrace().inbox().expire(message.id());
    StoredDeadLetter letter = only();
    assertThat(letter.letter().table()).isEqualTo("told");
    assertThat(letter.letter().row()).containsEntry("id", "k1");
    assertThat(pipeline().totals().dead()).isEqualTo(1);

    letters.replay(letter.id(), Correction.NONE, "demo");
    InboxMessage again = inbox(InboxState.BUFFERED).get(0);
    assertThat(again.id()).isNotEqualTo(message.id());
    assertThat(again.businessKey()).isEqualTo(message.businessKey());
    assertThat(again.variables()).isEqualTo(message.variables());
    // it would come twice
    assertThat(stage.millrace().inbox().retry(List.of(message.id()))).isZero();
  }

  @Test
  void aMessageThatIsToWaitAgainIsNoDeadLetterAnyMore() {
    stage.deploy("p.sql", sending("", "1 h"));
    stage.until(() -> inbox(InboxState.BUFFERED).size(), 1);
    long id = inbox(InboxState.BUFFERED).get(0).id();
    stage.millrace().inbox().expire(id);
    assertThat(stage.millrace().inbox().retry(List.of(id))).isEqualTo(1);
    assertThat(only().state()).isEqualTo(StoredDeadLetter.State.DISCARDED);
    stage.millrace().inbox().expire(id);
    assertThat(all())
        .extracting(StoredDeadLetter::state)
        .containsExactly(StoredDeadLetter.State.DISCARDED, StoredDeadLetter.State.OPEN);
  }

  @Test
  void tooManyExpiriesStopThePipelineThatSentTheMessages() throws Exception {
    stage.deploy(
        "p.sql",
        sending("SET 'millrace.max-dead-letters' = '1';", "10 ms")
            .replace(numbers(1), "'rows-per-second' = '50'"));
    stage.until(() -> pipeline().state(), PipelineState.INCIDENT);
    assertThat(pipeline().failure().map(RunFailure::code)).contains("MR-BPMN-047");
  }

  private void restart(Map<String, String> limits) {
    stage.close();
    start(limits);
  }

  private static final String MANY = "SET 'millrace.max-dead-letters' = '50';";

  @Test
  void whatIsRefusedWhileItsScriptIsNotAllowedWaitsAndIsKeptWhole() throws Exception {
    refused = request -> true;
    refusal = 503;
    stage.deploy("p.sql", telling(MANY, numbers(1)));
    stage.until(() -> pipeline().state(), PipelineState.STOPPED);
    refusal = 422;
    restart(Map.of("max-dead-letters", "10"));
    stage.untilTrue(
        () ->
            stage.query("SELECT ERROR_TEXT FROM MR_OUTBOX_TARGET").stream()
                .anyMatch(error -> error != null && error.contains("MR-ENGINE-015")));
    assertThat(all()).isEmpty();
    restart(Map.of());
    StoredDeadLetter letter = only();
    assertThat(letter.letter().bytes()).asString(UTF_8).isEqualTo("{\"n\":1,\"name\":\"name1\"}");
    assertThat(letter.isReplayable()).isTrue();
  }

  @Test
  void whatExpiresWhileItsScriptIsNotAllowedWaitsAndIsKeptWhole() throws Exception {
    stage.deploy("p.sql", sending(MANY, "1 h"));
    stage.until(() -> pipeline().state(), PipelineState.STOPPED);
    restart(Map.of("max-dead-letters", "10"));
    stage.sql("UPDATE MR_INBOX SET EXPIRES_AT = CREATED_AT");
    stage.untilTrue(
        () -> inbox(InboxState.BUFFERED).stream().anyMatch(message -> message.attempts() > 0));
    assertThat(all()).isEmpty();
    restart(Map.of());
    assertThat(only().letter().row()).containsEntry("id", "k1");
  }

  @Test
  void whatIsRefusedOfADeploymentThatIsGoneIsKeptWithoutItsRow() throws Exception {
    refused = request -> true;
    refusal = 503;
    String deployment = stage.deploy("p.sql", telling("", numbers(1)));
    stage.until(() -> pipeline().state(), PipelineState.STOPPED);
    restart(Map.of());
    stage.engine.getRepositoryService().deleteDeployment(deployment);
    refusal = 422;
    StoredDeadLetter letter = only();
    assertThat(letter.letter().masked()).isTrue();
  }
}
