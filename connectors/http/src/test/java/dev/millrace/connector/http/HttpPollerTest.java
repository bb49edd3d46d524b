// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.millrace.connector.http.client.HttpCaller;
import dev.millrace.spi.connector.RowSource.Status;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.Column;
import dev.millrace.spi.type.DataType;
import dev.millrace.spi.type.RowType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HttpPollerTest {
  private static final RowType EVENTS =
      RowType.of(new Column("id", DataType.INT), new Column("name", DataType.STRING));
  private static final String[] BY_COLUMN = {
    "cursor.parameter", "since", "cursor.column", "id", "poll.interval", "10 s"
  };

  private final HttpTable.Context context = new HttpTable.Context();
  private long nowNs;

  private HttpPoller poller(HttpTable table) {
    HttpSource source = table.source();
    return new HttpPoller(
        source, new HttpCaller(source.endpoint().get(), source.limits()), context, () -> nowNs);
  }

  /** All rows until the source is idle or ends, a batch of the given size at a time. */
  private static List<String> drain(HttpPoller poller, int batchRows) throws IOException {
    List<String> rows = new ArrayList<>();
    Status status = Status.MORE;
    while (status == Status.MORE) {
      RowBatch batch = new RowBatch(EVENTS, batchRows);
      status = poller.poll(batch);
      rows.addAll(HttpTable.rows(batch));
    }
    return rows;
  }

  private static String json(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(id -> "{\"id\":%d,\"name\":\"n%d\"}".formatted(id, id))
        .collect(Collectors.joining(",\n ", "[", "]"));
  }

  private static List<String> rows(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(id -> "+I[%d, n%d]".formatted(id, id)).toList();
  }

  private void pass(Duration time) {
    nowNs += time.toNanos();
  }

  /** Rows behind {@code since}, three at most, of those there are. */
  private static Server events(AtomicInteger last) throws IOException {
    return new Server(
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          int since = query == null ? 0 : Integer.parseInt(query.substring("since=".length()));
          Server.send(exchange, 200, json(since + 1, Math.min(since + 3, last.get())));
        });
  }

  @Test
  void aCursorGoesOnBehindTheLastRow() throws Exception {
    AtomicInteger last = new AtomicInteger(7);
    try (Server server = events(last);
        HttpPoller poller = poller(HttpTable.of(server, EVENTS, "/e", BY_COLUMN))) {
      assertThat(drain(poller, 256)).isEqualTo(rows(1, 7));
      assertThat(server.targets())
          .containsExactly("/v1/e", "/v1/e?since=3", "/v1/e?since=6", "/v1/e?since=7");
      last.set(9);
      assertThat(drain(poller, 256)).isEmpty();
      pass(Duration.ofSeconds(10));
      assertThat(drain(poller, 256)).isEqualTo(rows(8, 9));
    }
  }

  @Test
  void whereverItIsStoppedItGoesOnWithoutLossOrRepetition() throws Exception {
    for (int stopAfter = 0; stopAfter <= 12; stopAfter++) {
      AtomicInteger last = new AtomicInteger(7);
      try (Server server = events(last)) {
        List<String> rows = new ArrayList<>();
        String position;
        HttpTable table = HttpTable.of(server, EVENTS, "/e", BY_COLUMN);
        try (HttpPoller poller = poller(table)) {
          for (int polls = 0; polls < stopAfter; polls++) {
            RowBatch one = new RowBatch(EVENTS, 1);
            poller.poll(one);
            rows.addAll(HttpTable.rows(one));
          }
          position = poller.position();
        }
        last.set(8);
        try (HttpPoller poller = poller(table)) {
          poller.seek(position);
          rows.addAll(drain(poller, 2));
        }
        assertThat(rows).as("stopped after %d polls", stopAfter).isEqualTo(rows(1, 8));
      }
    }
  }

  @Test
  void aBoundedReadEndsWithWhatIsThere() throws Exception {
    try (Server server = events(new AtomicInteger(4))) {
      HttpTable table = HttpTable.of(server, EVENTS, "/e", BY_COLUMN);
      table.given().put("scan.bounded", "true");
      try (HttpPoller poller = poller(table)) {
        assertThat(drain(poller, 256)).isEqualTo(rows(1, 4));
        assertThat(poller.poll(new RowBatch(EVENTS, 1))).isEqualTo(Status.END);
      }
    }
  }

  @Test
  void anUnchangedResourceIsNotReadAgain() throws Exception {
    AtomicReference<String> tag = new AtomicReference<>("\"1\"");
    try (Server server =
            new Server(
                exchange -> {
                  exchange.getResponseHeaders().add("ETag", tag.get());
                  exchange
                      .getResponseHeaders()
                      .add("Last-Modified", "Mon, 02 Jan 2006 15:04:05 GMT");
                  boolean same =
                      tag.get().equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
                  Server.send(exchange, same ? 304 : 200, same ? "" : json(1, 2));
                });
        HttpPoller poller = poller(HttpTable.of(server, EVENTS, "/e"))) {
      assertThat(drain(poller, 256)).hasSize(2);
      pass(Duration.ofSeconds(10));
      assertThat(drain(poller, 256)).isEmpty();
      tag.set("\"2\"");
      pass(Duration.ofSeconds(9));
      assertThat(drain(poller, 256)).isEmpty();
      pass(Duration.ofSeconds(1));
      // Another tag, the same bytes.
      assertThat(drain(poller, 256)).isEmpty();
      assertThat(server.asked()).hasSize(3);
      assertThat(server.asked().get(1).header("If-modified-since")).startsWith("Mon, 02 Jan");
    }
  }

  @Test
  void aChangedResourceIsReadWhole() throws Exception {
    AtomicInteger last = new AtomicInteger(2);
    try (Server server = new Server(exchange -> Server.send(exchange, 200, json(1, last.get())));
        HttpPoller poller = poller(HttpTable.of(server, EVENTS, "/e"))) {
      assertThat(drain(poller, 256)).hasSize(2);
      pass(Duration.ofSeconds(10));
      assertThat(drain(poller, 256)).isEmpty();
      last.set(3);
      pass(Duration.ofSeconds(10));
      assertThat(drain(poller, 256)).isEqualTo(rows(1, 3));
    }
  }

  /** Two rows a page, linked; the last page says nothing of a next. */
  private static void linkedPage(HttpExchange exchange, int last) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    int page = query == null ? 1 : Integer.parseInt(query.substring("page=".length()));
    if (page * 2 < last) {
      exchange
          .getResponseHeaders()
          .add("Link", "</v1/e>; rel=first, </v1/e?page=%d>; rel=\"next\"".formatted(page + 1));
    }
    Server.send(exchange, 200, json(page * 2 - 1, Math.min(page * 2, last)));
  }

  @Test
  void linkedPagesAreReadOnceAndGoneOnWith() throws Exception {
    AtomicInteger last = new AtomicInteger(5);
    try (Server server = new Server(exchange -> linkedPage(exchange, last.get()));
        HttpPoller poller = poller(HttpTable.of(server, EVENTS, "/e"))) {
      assertThat(drain(poller, 256)).isEqualTo(rows(1, 5));
      last.set(8);
      pass(Duration.ofSeconds(10));
      assertThat(drain(poller, 256)).isEqualTo(rows(6, 8));
    }
  }

  @Test
  void aLinkToAnotherHostIsNotFollowed() throws Exception {
    try (Server inside = new Server(exchange -> Server.send(exchange, 200, json(1, 1)));
        Server server =
            new Server(
                exchange -> {
                  exchange
                      .getResponseHeaders()
                      .add("Link", "<%s/v1/e>; rel=next".formatted(inside.url()));
                  Server.send(exchange, 200, json(1, 1));
                });
        HttpPoller poller = poller(HttpTable.of(server, EVENTS, "/e"))) {
      assertThatThrownBy(() -> drain(poller, 256)).hasMessageContaining("another origin");
      assertThat(inside.asked()).isEmpty();
    }
  }

  @Test
  void aCursorMayLieInTheResponse() throws Exception {
    List<String> pages =
        new CopyOnWriteArrayList<>(
            List.of(
                "{\"items\":" + json(1, 2) + ",\"next\":{\"cursor\":\"p 1\"}}",
                "{\"next\":{\"cursor\":null},\"items\":" + json(3, 3) + "}"));
    try (Server server =
            new Server(
                exchange ->
                    Server.send(
                        exchange,
                        200,
                        pages.get(exchange.getRequestURI().getQuery() == null ? 0 : 1)));
        HttpPoller poller =
            poller(
                HttpTable.of(
                    server,
                    EVENTS,
                    "/e",
                    "cursor.parameter",
                    "after",
                    "cursor.pointer",
                    "/next/cursor",
                    "rows.pointer",
                    "/items"))) {
      assertThat(drain(poller, 256)).isEqualTo(rows(1, 3));
      assertThat(server.targets()).containsExactly("/v1/e", "/v1/e?after=p%201");
      pages.set(1, "{\"next\":{\"cursor\":null},\"items\":" + json(3, 5) + "}");
      pass(Duration.ofSeconds(10));
      assertThat(drain(poller, 256)).isEqualTo(rows(4, 5));
    }
  }

  @Test
  void aBadRecordIsOneDeadLetterAlsoAfterARestart() throws Exception {
    String body = "{\"id\":1,\"name\":\"n1\"}\n{\"id\":\"x\"}\n{\"id\":2,\"name\":\"n2\"}\n{oops\n";
    try (Server server =
        new Server(
            exchange -> {
              exchange.getResponseHeaders().add("Content-Type", "application/x-ndjson");
              Server.send(exchange, 200, body);
            })) {
      HttpTable table = HttpTable.of(server, EVENTS, "/e");
      String position;
      try (HttpPoller poller = poller(table)) {
        RowBatch two = new RowBatch(EVENTS, 2);
        poller.poll(two);
        assertThat(HttpTable.rows(two)).isEqualTo(rows(1, 2));
        position = poller.position();
      }
      try (HttpPoller poller = poller(table)) {
        poller.seek(position);
        assertThat(drain(poller, 256)).isEmpty();
      }
      assertThat(context.dead)
          .extracting(dead -> dead.substring(dead.indexOf("/v1")))
          .containsExactly("/v1/e:2 {\"id\":\"x\"}", "/v1/e:4 {oops");
    }
  }

  /** Four lines of CSV behind the one that starts with the cursor. */
  private static Server lines(List<String> lines) throws IOException {
    return new Server(
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          int first = 0;
          if (query != null) {
            String since = query.substring("since=".length()) + ",n";
            first = lines.indexOf(since + since.charAt(0)) + 1;
          }
          List<String> page = lines.subList(first, Math.min(first + 4, lines.size()));
          Server.send(exchange, 200, String.join("\n", page));
        });
  }

  @Test
  void aBadRecordBehindTheLastRowOfAPageIsOneDeadLetterWhereverItIsStopped() throws Exception {
    List<String> lines = List.of("1,n1", "x", "2,n2", "3,n3", "y", "z", "4,n4", "v");
    for (int stopAfter = 0; stopAfter <= 12; stopAfter++) {
      context.dead.clear();
      try (Server server = lines(lines)) {
        HttpTable table = HttpTable.of(server, EVENTS, "/e", BY_COLUMN);
        table.given().put("format", "csv");
        List<String> rows = new ArrayList<>();
        String position;
        try (HttpPoller poller = poller(table)) {
          for (int polls = 0; polls < stopAfter; polls++) {
            RowBatch one = new RowBatch(EVENTS, 1);
            poller.poll(one);
            rows.addAll(HttpTable.rows(one));
          }
          position = poller.position();
        }
        try (HttpPoller poller = poller(table)) {
          poller.seek(position);
          rows.addAll(drain(poller, 256));
        }
        assertThat(rows).as("stopped after %d polls", stopAfter).isEqualTo(rows(1, 4));
        assertThat(context.dead)
            .as("stopped after %d polls", stopAfter)
            .extracting(dead -> dead.substring(dead.lastIndexOf(' ') + 1))
            .containsExactly("x", "y", "z", "v");
      }
    }
  }

  @Test
  void csvIsReadToo() throws Exception {
    try (Server server = Server.of(Map.of("/v1/e", "1,n1\n2,n2\n"));
        HttpPoller poller = poller(HttpTable.of(server, EVENTS, "/e", "format", "csv"))) {
      assertThat(drain(poller, 256)).isEqualTo(rows(1, 2));
    }
  }

  @Test
  void aBusyHostIsAskedAgainLaterAndGivenUpInTheEnd() throws Exception {
    AtomicInteger status = new AtomicInteger(503);
    try (Server server =
            new Server(
                exchange -> {
                  exchange.getResponseHeaders().add("Retry-After", "5");
                  Server.send(exchange, status.get(), status.get() == 200 ? json(1, 1) : "");
                });
        HttpPoller poller = poller(HttpTable.of(server, EVENTS, "/e", "scan.max-retries", "1"))) {
      assertThat(drain(poller, 256)).isEmpty();
      pass(Duration.ofSeconds(4));
      assertThat(drain(poller, 256)).isEmpty();
      assertThat(server.asked()).hasSize(1);
      pass(Duration.ofSeconds(1));
      status.set(200);
      assertThat(drain(poller, 256)).hasSize(1);
      status.set(503);
      pass(Duration.ofSeconds(10));
      assertThat(drain(poller, 256)).isEmpty();
      pass(Duration.ofSeconds(5));
      assertThatThrownBy(() -> drain(poller, 256)).hasMessageContaining("was answered 503");
    }
  }

  @Test
  void aPathWithColumnsCannotBePolled() throws Exception {
    try (Server server = Server.of(Map.of())) {
      HttpSource source = HttpTable.of(server, EVENTS, "/e/{id}").source();
      assertThatThrownBy(() -> source.open(context)).hasMessageContaining("names column 'id'");
    }
  }
}
