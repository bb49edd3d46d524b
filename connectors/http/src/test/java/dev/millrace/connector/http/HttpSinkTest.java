// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connector.http.client.Backoff;
import dev.millrace.connector.http.client.HttpCaller;
import dev.millrace.connector.http.client.Limits;
import dev.millrace.spi.connector.RowSink;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.SinkContext;
import dev.millrace.spi.connector.SinkTransaction;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.effect.EffectJournal;
import dev.millrace.spi.effect.UndoOutcome;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.outbox.Hold;
import dev.millrace.spi.outbox.Intent;
import dev.millrace.spi.outbox.Outbox;
import dev.millrace.spi.outbox.OutboxRecord;
import dev.millrace.spi.outbox.OutboxTarget;
import dev.millrace.spi.outbox.RefusedRecordException;
import dev.millrace.spi.row.ChangeKind;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSinkTest {
  private static final RowType ORDERS =
      RowType.of(new Column("id", DataType.STRING), new Column("qty", DataType.INT));
  private static final String[] INVERSE = {
    "sink.method", "PUT", "inverse.method", "DELETE", "inverse.url-path", "/orders/{id}?why=undo"
  };

  private static RowBatch orders(String... ids) {
    RowBatch batch = new RowBatch(ORDERS, ids.length);
    for (int i = 0; i < ids.length; i++) {
      int row = batch.add(ChangeKind.INSERT);
      batch.setString(row, 0, ids[i]);
      batch.setLong(row, 1, i + 1);
    }
    return batch;
  }

  /** Keeps what it is given. */
  private static final class Context implements SinkContext {
    private final boolean transactional;
    private final List<String> dead = new ArrayList<>();

    Context(boolean transactional) {
      this.transactional = transactional;
    }

    @Override
    public Services services() {
      return Services.none();
    }

    @Override
    public boolean transactional() {
      return transactional;
    }

    @Override
    public long maxStagedRows() {
      return 4;
    }

    @Override
    public void deadLetter(RowBatch batch, int row, Exception cause) {
      dead.add(batch.rowToString(row) + " " + cause.getMessage());
    }
  }

  /** A transaction in memory. */
  private record Transaction(List<OutboxRecord> sent, List<Effect> effects, Optional<String> run)
      implements SinkTransaction, Outbox {
    Transaction(Optional<String> run) {
      this(new ArrayList<>(), new ArrayList<>(), run);
    }

    @Override
    public Connection connection() {
      throw new UnsupportedOperationException();
    }

    @Override
    public EffectJournal journal() {
      return effects::add;
    }

    @Override
    public Outbox outbox() {
      return this;
    }

    @Override
    public void append(OutboxTarget target, OutboxRecord record) {
      assertThat(target).isEqualTo(new OutboxTarget("http", "shop"));
      sent.add(record);
    }

    @Override
    public Optional<String> runId() {
      return run;
    }

    List<Intent> intents() {
      List<Intent> intents = new ArrayList<>();
      sent.forEach(record -> intents.add(new Intent(intents.size() + 1L, record)));
      return intents;
    }
  }

  private static HttpSink sink(Server server, String path, String... options) {
    return (HttpSink) new HttpFactory().sink(HttpTable.of(server, ORDERS, path, options));
  }

  private static void write(HttpSink sink, Context context, RowBatch batch) throws Exception {
    try (RowSink writer = sink.open(context)) {
      writer.write(batch);
      writer.finish();
    }
  }

  // on the command line

  @Test
  void eachRowIsARequestWithAKeyOfItsOwn() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (Server server =
        new Server(
            exchange -> Server.send(exchange, attempts.incrementAndGet() == 2 ? 503 : 201, ""))) {
      Context context = new Context(false);
      write(sink(server, "/orders/{id}", "sink.method", "PUT"), context, orders("a/b", "c"));
      assertThat(server.asked())
          .extracting(asked -> asked.method() + " " + asked.target() + " " + asked.body())
          .containsExactly(
              "PUT /v1/orders/a%2Fb {\"id\":\"a/b\",\"qty\":1}",
              "PUT /v1/orders/c {\"id\":\"c\",\"qty\":2}",
              "PUT /v1/orders/c {\"id\":\"c\",\"qty\":2}");
      List<String> keys =
          server.asked().stream().map(asked -> asked.header("Idempotency-key")).toList();
      assertThat(keys.get(1)).isEqualTo(keys.get(2)).isNotEqualTo(keys.get(0));
      assertThat(server.asked().get(0).header("Content-type")).isEqualTo("application/json");
      assertThat(context.dead).isEmpty();
    }
  }

  @Test
  void rowsMayShareARequest() throws Exception {
    try (Server server = new Server(exchange -> Server.send(exchange, 200, ""))) {
      RowBatch rows = orders("a", "b", "c");
      write(sink(server, "/o", "sink.request.max-rows", "2"), new Context(false), rows);
      write(
          sink(server, "/o", "sink.request.max-rows", "9", "format", "csv"),
          new Context(false),
          rows);
      assertThat(server.asked())
          .extracting(Server.Asked::body)
          .containsExactly(
              "[{\"id\":\"a\",\"qty\":1},{\"id\":\"b\",\"qty\":2}]",
              "[{\"id\":\"c\",\"qty\":3}]",
              "a,1\nb,2\nc,3");
      assertThat(server.asked().get(2).header("Content-type")).isEqualTo("text/csv");
    }
  }

  @Test
  void whatIsNeverTakenIsADeadLetterAndTheRestGoesOn() throws Exception {
    try (Server server =
        new Server(
            exchange -> {
              boolean bad = exchange.getRequestURI().getPath().endsWith("b");
              Server.send(exchange, bad ? 422 : 200, "");
            })) {
      Context context = new Context(false);
      write(sink(server, "/orders/{id}"), context, orders("a", "b", "..", "c"));
      assertThat(server.targets()).containsExactly("/v1/orders/a", "/v1/orders/b", "/v1/orders/c");
      assertThat(context.dead)
          .satisfiesExactly(
              dead -> assertThat(dead).contains("+I[b, 2]", "was answered 422"),
              dead -> assertThat(dead).contains("+I[.., 3]", "leads to another path"));
    }
  }

  @Test
  void aRefusalOfTheConnectionStopsTheRun() throws Exception {
    for (int status : new int[] {401, 403, 500, 302}) {
      try (Server server = new Server(exchange -> Server.send(exchange, status, ""))) {
        HttpSink sink = sink(server, "/o", "sink.max-retries", "0");
        assertThatThrownBy(() -> write(sink, new Context(false), orders("a")))
            .satisfies(
                e ->
                    assertThat(((MillraceException) e).category())
                        .isEqualTo(ErrorCategory.CONNECTOR));
      }
    }
  }

  // in an engine

  private static Transaction commit(HttpSink sink, Optional<String> run, RowBatch batch)
      throws Exception {
    Transaction lost = new Transaction(run);
    Transaction kept = new Transaction(run);
    try (TransactionalSink writer = (TransactionalSink) sink.open(new Context(true))) {
      writer.write(batch);
      writer.finish();
      writer.apply(lost);
      writer.apply(kept);
      writer.committed();
      Transaction empty = new Transaction(run);
      writer.apply(empty);
      assertThat(empty.sent()).isEmpty();
    }
    assertThat(kept.sent()).hasSameSizeAs(lost.sent());
    return kept;
  }

  private static HttpPublisher publisher(Server server) {
    return publisher(server, 0);
  }

  private static HttpPublisher publisher(Server server, int maxRetries) {
    Backoff backoff = new Backoff(maxRetries, Duration.ofMillis(1), Duration.ofMillis(1));
    Limits limits = Limits.ofStatus(Duration.ofSeconds(20));
    return new HttpPublisher(new HttpCaller(server.endpoint(), limits), backoff, "box");
  }

  @Test
  void requestsAreSentAfterTheCommitInOrderWithTheirSequenceAsKey() throws Exception {
    try (Server server = new Server(exchange -> Server.send(exchange, 200, "x".repeat(200_000)))) {
      Transaction committed =
          commit(sink(server, "/orders/{id}", INVERSE), Optional.of("run"), orders("a", "b"));
      assertThat(server.asked()).isEmpty();
      try (HttpPublisher publisher = publisher(server)) {
        publisher.recover();
        publisher.send(committed.intents(), Hold.UNDISPUTED);
        publisher.send(committed.intents(), Hold.UNDISPUTED);
      }
      assertThat(server.asked())
          .extracting(
              asked ->
                  asked.method()
                      + " "
                      + asked.target()
                      + " "
                      + asked.header("Idempotency-key")
                      + " "
                      + asked.body())
          .containsExactly(
              "PUT /v1/orders/a box-1 {\"id\":\"a\",\"qty\":1}",
              "PUT /v1/orders/b box-2 {\"id\":\"b\",\"qty\":2}");
    }
  }

  @Test
  void aNodeThatMayHaveLostItsTargetSendsNeitherTheNextRequestNorTheLastOneAgain()
      throws Exception {
    AtomicInteger status = new AtomicInteger(200);
    AtomicInteger checks = new AtomicInteger();
    Hold lostAfterTwo =
        () -> {
          if (checks.incrementAndGet() > 2) {
            throw new InterruptedException();
          }
        };
    try (Server server = new Server(exchange -> Server.send(exchange, status.get(), ""))) {
      Transaction committed = commit(sink(server, "/o"), Optional.of("run"), orders("a", "b", "c"));
      try (HttpPublisher publisher = publisher(server, 9)) {
        assertThatThrownBy(() -> publisher.send(committed.intents(), lostAfterTwo))
            .isInstanceOf(InterruptedException.class);
        assertThat(server.asked()).hasSize(2);
        status.set(503);
        checks.set(1);
        assertThatThrownBy(() -> publisher.send(committed.intents(), lostAfterTwo))
            .isInstanceOf(InterruptedException.class);
        assertThat(server.asked()).hasSize(3);
      }
    }
  }

  @Test
  void anInverseRequestIsSentThroughTheOutboxToo() throws Exception {
    AtomicInteger status = new AtomicInteger(200);
    try (Server server = new Server(exchange -> Server.send(exchange, status.get(), ""))) {
      HttpSink sink = sink(server, "/orders/{id}", INVERSE);
      assertThat(sink.effectClass()).isEqualTo(EffectClass.COMPENSATABLE);
      Transaction done = commit(sink, Optional.of("run"), orders("a b"));
      Transaction undo = new Transaction(Optional.of("run"));
      UndoOutcome outcome =
          new HttpUndoer().undo(done.effects().get(0), ConflictPolicy.FAIL, null, undo);
      assertThat(outcome).isInstanceOf(UndoOutcome.Undone.class);
      for (int each : new int[] {204, 404, 410}) {
        status.set(each);
        try (HttpPublisher publisher = publisher(server)) {
          publisher.send(undo.intents(), Hold.UNDISPUTED);
        }
      }
      assertThat(server.asked())
          .extracting(asked -> asked.method() + " " + asked.target() + asked.body())
          .containsOnly("DELETE /v1/orders/a%20b?why=undo");
    }
  }

  @Test
  void withoutAnInverseAnEffectIsFinalAndAPipelineKeepsNoJournal() throws Exception {
    try (Server server = new Server(exchange -> Server.send(exchange, 200, ""))) {
      HttpSink plain = sink(server, "/o");
      assertThat(plain.effectClass()).isEqualTo(EffectClass.FINAL);
      assertThat(commit(plain, Optional.of("run"), orders("a")).effects()).isEmpty();
      HttpSink compensatable = sink(server, "/orders/{id}", INVERSE);
      assertThat(commit(compensatable, Optional.empty(), orders("a")).effects()).isEmpty();
    }
  }

  @Test
  void aRefusedRequestIsToldWithItsSequenceOrWaitsAsTheTableSays() throws Exception {
    AtomicReference<Integer> status = new AtomicReference<>(422);
    try (Server server =
            new Server(
                exchange -> {
                  boolean bad = exchange.getRequestURI().getPath().endsWith("b");
                  Server.send(exchange, bad ? status.get() : 200, "");
                });
        HttpPublisher publisher = publisher(server)) {
      Transaction refused =
          commit(sink(server, "/orders/{id}"), Optional.empty(), orders("a", "b", "c"));
      assertThatThrownBy(() -> publisher.send(refused.intents(), Hold.UNDISPUTED))
          .isInstanceOf(RefusedRecordException.class)
          .extracting(e -> ((RefusedRecordException) e).sequence())
          .isEqualTo(2L);
      // As the engine does: without the one refused.
      publisher.send(List.of(refused.intents().get(0), refused.intents().get(2)), Hold.UNDISPUTED);
      assertThat(server.targets()).containsExactly("/v1/orders/a", "/v1/orders/b", "/v1/orders/c");
    }
    try (Server server = new Server(exchange -> Server.send(exchange, status.get(), ""));
        HttpPublisher publisher = publisher(server)) {
      Transaction waiting =
          commit(sink(server, "/o", "sink.on-refusal", "wait"), Optional.empty(), orders("a"));
      for (int each : new int[] {422, 401, 503}) {
        status.set(each);
        assertThatThrownBy(() -> publisher.send(waiting.intents(), Hold.UNDISPUTED))
            .isInstanceOf(MillraceException.class)
            .hasMessageContaining("was answered " + each);
      }
      status.set(200);
      publisher.send(waiting.intents(), Hold.UNDISPUTED);
    }
  }

  @Test
  void rowsThatMakeNoRequestAreDeadLettersAndTooManyAreAnError() throws Exception {
    try (Server server = new Server(exchange -> Server.send(exchange, 200, ""))) {
      Context context = new Context(true);
      try (RowSink writer = sink(server, "/orders/{id}").open(context)) {
        writer.write(orders("a", "", "b", "c"));
        assertThat(context.dead).singleElement().asString().contains("+I[, 2]", "is empty");
        assertThatThrownBy(() -> writer.write(orders("d", "e")))
            .satisfies(
                e ->
                    assertThat(((MillraceException) e).category())
                        .isEqualTo(ErrorCategory.RESOURCE))
            .hasMessageContaining("holds 4 rows");
      }
    }
  }

  // what cannot be declared

  @ParameterizedTest
  @CsvSource({
    "sink.method, GET, cannot be 'GET'",
    "sink.method, post, cannot be 'post'",
    "inverse.url-path, /x, must say how a request is taken back",
    "inverse.body, true, must say how a request is taken back",
    "inverse.method, TRACE, cannot be 'TRACE'",
    "sink.content-type, a b, cannot be what it is",
    "sink.request.max-rows, 0, cannot be 0",
    "sink.request.max-rows, 2, must be 1 where a path has columns",
    "url-path, /{nosuch}, which is not one of id"
  })
  void optionsThatCannotBeAreRefused(String option, String value, String why) throws Exception {
    try (Server server = new Server(exchange -> Server.send(exchange, 200, ""))) {
      assertThatThrownBy(() -> sink(server, "/orders/{id}", option, value))
          .satisfies(
              e -> assertThat(((MillraceException) e).category()).isEqualTo(ErrorCategory.SQL))
          .hasMessageContaining(why);
    }
  }

  @Test
  void aMediaTypeAddsNoHeader() throws Exception {
    try (Server server = new Server(exchange -> Server.send(exchange, 200, ""))) {
      assertThatThrownBy(() -> sink(server, "/o", "sink.content-type", "text/csv\r\nX-Evil: 1"))
          .hasMessageContaining("cannot be what it is");
    }
  }
}
