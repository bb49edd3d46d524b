// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.millrace.connector.http.Server;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class HttpCallerTest {
  private static final Limits LIMITS = new Limits(Duration.ofSeconds(20), 10_000);
  private static final Backoff TWICE =
      new Backoff(2, Duration.ofMillis(1), Duration.ofMillis(1500));

  private static Call get(String path) {
    return Call.get(path, Map.of());
  }

  @Test
  void aNameThatTurnsPrivateBetweenTwoConnectionsIsRefused() throws Exception {
    try (Server server = new Server(exchange -> Server.send(exchange, 200, "secret"))) {
      Deque<String> answers = new ArrayDeque<>(List.of("192.0.32.7", "127.0.0.1"));
      AddressGuard guard =
          new AddressGuard(
              host -> new InetAddress[] {InetAddress.getByName(answers.remove())}, false);
      assertThat(guard.resolve("rebind.test")).hasSize(1);
      HttpEndpoint endpoint =
          HttpEndpoint.of(URI.create("http://rebind.test:" + server.port() + "/"));
      try (HttpCaller caller = new HttpCaller(endpoint, LIMITS, guard::resolve)) {
        assertThatThrownBy(() -> caller.exchange(get("/")))
            .isInstanceOf(MillraceException.class)
            .hasMessageContaining("'rebind.test' is at a private");
      }
      assertThat(server.asked()).isEmpty();
    }
  }

  @Test
  void theConnectionGoesToTheAddressThatWasChecked() throws Exception {
    try (Server server = new Server(exchange -> Server.send(exchange, 200, "hello"))) {
      AtomicInteger questions = new AtomicInteger();
      // A name no other resolver knows: an answer proves that this one's address was used.
      HttpEndpoint endpoint =
          HttpEndpoint.of(URI.create("http://only-here.invalid:" + server.port()))
              .withPrivateAddresses();
      AddressGuard.Names names =
          host -> {
            questions.incrementAndGet();
            return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
          };
      try (HttpCaller caller = new HttpCaller(endpoint, LIMITS, names)) {
        assertThat(caller.exchange(get("/")).status()).isEqualTo(200);
      }
      assertThat(questions).hasValue(1);
      assertThat(server.asked().get(0).header("Host"))
          .isEqualTo("only-here.invalid:" + server.port());
    }
  }

  @Test
  void loopbackIsRefusedUnlessConfigured() throws Exception {
    try (Server server = new Server(exchange -> Server.send(exchange, 200, "secret"))) {
      for (String host : List.of("127.0.0.1", "localhost", "2130706433")) {
        HttpEndpoint endpoint = HttpEndpoint.of(URI.create("http://" + host + ":" + server.port()));
        try (HttpCaller caller = new HttpCaller(endpoint, LIMITS)) {
          assertThatThrownBy(() -> caller.exchange(get("/")))
              .satisfies(e -> assertThat(category(e)).isEqualTo(ErrorCategory.CONNECTOR))
              .hasMessageContaining("allow-private");
        }
      }
      assertThat(server.asked()).isEmpty();
    }
  }

  private static ErrorCategory category(Throwable e) {
    return ((MillraceException) e).category();
  }

  @Test
  void redirectsAreNotFollowedWhereverTheyLead() throws Exception {
    try (Server inside = new Server(exchange -> Server.send(exchange, 200, "secret"))) {
      for (String location : List.of(inside.url() + "/admin", "/v1/elsewhere")) {
        for (int status : List.of(301, 302, 303, 307, 308)) {
          try (Server server = new Server(exchange -> redirect(exchange, status, location));
              HttpCaller caller = new HttpCaller(server.endpoint(), LIMITS)) {
            assertThatThrownBy(() -> caller.send(get("/a?key=hush"), TWICE))
                .hasMessageContaining("a redirect")
                .hasMessageNotContaining("hush");
            assertThat(server.asked()).hasSize(1);
          }
        }
      }
      assertThat(inside.asked()).isEmpty();
    }
  }

  private static void redirect(HttpExchange exchange, int status, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    Server.send(exchange, status, "");
  }

  @Test
  void aResponseBeyondTheLimitIsAnError() throws Exception {
    try (Server server =
            new Server(
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  byte[] chunk = new byte[5_000];
                  for (int i = 0; i < Integer.parseInt(exchange.getRequestURI().getQuery()); i++) {
                    exchange.getResponseBody().write(chunk);
                  }
                });
        HttpCaller caller = new HttpCaller(server.endpoint(), LIMITS)) {
      assertThat(caller.exchange(get("/a?2")).body()).hasSize(10_000);
      assertThatThrownBy(() -> caller.exchange(get("/a?3")))
          .satisfies(e -> assertThat(category(e)).isEqualTo(ErrorCategory.RESOURCE))
          .hasMessageContaining("larger than 10000 bytes");
      assertThat(caller.exchange(get("/a?1")).body()).hasSize(5_000);
    }
  }

  @Test
  void anEndlessResponseIsCutAtTheLimit() throws Exception {
    try (Server server =
            new Server(
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  while (true) {
                    exchange.getResponseBody().write(new byte[5_000]);
                  }
                });
        HttpCaller caller = new HttpCaller(server.endpoint(), LIMITS)) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> caller.exchange(get("/a"))).hasMessageContaining("larger than");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMITS.timeout());
    }
  }

  @Test
  void aPackedResponseIsMeasuredUnpacked() throws Exception {
    try (Server server =
            new Server(
                exchange -> {
                  exchange.getResponseHeaders().add("Content-Encoding", "gzip");
                  exchange.sendResponseHeaders(200, 0);
                  try (OutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
                    out.write(new byte[20_000_000]);
                  }
                });
        HttpCaller caller = new HttpCaller(server.endpoint(), LIMITS)) {
      assertThatThrownBy(() -> caller.exchange(get("/a"))).hasMessageContaining("larger than");
    }
  }

  @Test
  void aResponseThatTricklesIsCutAtTheDeadline() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    Limits impatient = new Limits(Duration.ofMillis(300), 10_000);
    try (Server server =
            new Server(
                exchange -> {
                  exchange.sendResponseHeaders(200, 1000);
                  // A byte now and then, so that no socket ever times out.
                  while (!await(over, 20)) {
                    exchange.getResponseBody().write('x');
                    exchange.getResponseBody().flush();
                  }
                });
        HttpCaller caller = new HttpCaller(server.endpoint(), impatient)) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> caller.exchange(get("/a")))
          .isInstanceOf(InterruptedIOException.class)
          .hasMessageContaining("within 300 ms");
      over.countDown();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  private static boolean await(CountDownLatch latch, long millis) throws IOException {
    try {
      return latch.await(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void headersThatEndTheirLineAreRefused() throws Exception {
    URI url = URI.create("https://host.test");
    for (String value : List.of("a\r\nX-Evil: 1", "a\nb", "a\rb", "a\u0000b", "€")) {
      assertThatThrownBy(() -> HttpEndpoint.of(url).withHeader("X-Key", value))
          .hasMessageContaining("'X-Key' holds")
          .hasMessageNotContaining(value);
    }
    for (String name : List.of("", "X Y", "X:Y", "X\r\nY", "Ü")) {
      assertThatThrownBy(() -> HttpEndpoint.of(url).withHeader(name, "v"))
          .hasMessageContaining("is no header name");
    }
    for (String name : List.of("Host", "content-length", "Transfer-Encoding", "Connection")) {
      assertThatThrownBy(() -> HttpEndpoint.of(url).withHeader(name, "v"))
          .hasMessageContaining("is set by the client");
    }
    try (Server server = new Server(exchange -> Server.send(exchange, 200, ""));
        HttpCaller caller = new HttpCaller(server.endpoint(), LIMITS)) {
      Call call = Call.get("/a", Map.of("If-None-Match", "x\r\nX-Evil: 1"));
      assertThatThrownBy(() -> caller.exchange(call)).hasMessageContaining("control character");
      assertThat(server.asked()).isEmpty();
    }
  }

  @Test
  void urlsWithMoreThanAHostAndAPathAreNotConfigured() {
    for (String url :
        List.of(
            "ftp://host",
            "https:///a",
            "https://user:pw@host/",
            "https://host/?a=1",
            "https://host/#x",
            "https://host/a/../b",
            "host/a")) {
      assertThatThrownBy(() -> HttpEndpoint.of(URI.create(url)))
          .isInstanceOf(MillraceException.class)
          .hasMessageNotContaining("pw");
    }
  }

  @Test
  void aHostIsConfiguredByItsSettings() {
    HttpEndpoint endpoint =
        HttpEndpoint.configured(
            "shop",
            Map.of(
                "url",
                "https://host.test/v1/",
                "token",
                "hush",
                "header.X-Key",
                "k",
                "allow-private",
                "true"));
    assertThat(endpoint.headers()).isEqualTo(Map.of("Authorization", "Bearer hush", "X-Key", "k"));
    assertThat(endpoint.allowPrivate()).isTrue();
    assertThat(endpoint.prefix()).isEqualTo("/v1");
    assertThatThrownBy(
            () -> HttpEndpoint.configured("shop", Map.of("url", "https://h", "pasword", "hush")))
        .hasMessageContaining("'pasword' is none")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> HttpEndpoint.configured("shop", Map.of("token", "hush")))
        .isInstanceOf(MillraceException.class);
    assertThatThrownBy(() -> HttpEndpoint.configured("shop", Map.of("url", "https://h h:hush@")))
        .hasMessageContaining("'url' is none")
        .hasMessageNotContaining("hush");
  }

  @Test
  void credentialsAreSentAndNeverTold() throws Exception {
    HttpEndpoint[] endpoints = new HttpEndpoint[1];
    try (Server server = new Server(exchange -> Server.send(exchange, 503, "no"))) {
      endpoints[0] = server.endpoint().withLogin("me", "hush-1").withHeader("X-Key", "hush-2");
      try (HttpCaller caller = new HttpCaller(endpoints[0], LIMITS)) {
        caller.exchange(get("/a?token=hush-3"));
      }
      assertThat(server.asked().get(0).header("X-key")).isEqualTo("hush-2");
      assertThat(server.asked().get(0).header("Authorization")).startsWith("Basic bWU6");
    }
    try (HttpCaller closed = new HttpCaller(endpoints[0], LIMITS)) {
      assertThatThrownBy(() -> closed.send(get("/a?token=hush-3"), TWICE))
          .satisfies(
              e -> {
                for (Throwable t = e; t != null; t = t.getCause()) {
                  assertThat(String.valueOf(t)).doesNotContain("hush", "bWU6", "?");
                }
              })
          .hasMessageContaining("GET http://127.0.0.1");
      assertThat(endpoints[0].toString()).doesNotContain("hush", "bWU6");
      assertThat(new SecretHeader("X-Key", "hush-2").toString()).isEqualTo("X-Key: ***");
    }
  }

  @Test
  void whatPassesIsTriedAgainAndTheServersWishObeyed() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (Server server =
            new Server(
                exchange -> {
                  int attempt = attempts.incrementAndGet();
                  exchange.getResponseHeaders().add("Retry-After", attempt == 1 ? "1" : "0");
                  Server.send(exchange, attempt < 3 ? 429 : 200, "x");
                });
        HttpCaller caller = new HttpCaller(server.endpoint(), LIMITS)) {
      long start = System.nanoTime();
      assertThat(caller.send(get("/a"), TWICE).status()).isEqualTo(200);
      assertThat(attempts).hasValue(3);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
    }
  }

  @Test
  void patienceIsLimited() throws Exception {
    for (String retryAfter : Arrays.asList("0", "3600", "Tue, 31 Dec 2999 23:59:59 GMT")) {
      try (Server server =
              new Server(
                  exchange -> {
                    exchange.getResponseHeaders().add("Retry-After", retryAfter);
                    Server.send(exchange, 503, "x");
                  });
          HttpCaller caller = new HttpCaller(server.endpoint(), LIMITS)) {
        assertThat(caller.send(get("/a"), TWICE).status()).isEqualTo(503);
        assertThat(server.asked()).hasSize(retryAfter.equals("0") ? 3 : 1);
      }
    }
  }

  @Test
  void whatWillNotChangeIsNotTriedAgain() throws Exception {
    try (Server server = new Server(exchange -> Server.send(exchange, 400, "x"));
        HttpCaller caller = new HttpCaller(server.endpoint(), LIMITS)) {
      assertThat(caller.send(get("/a"), TWICE).status()).isEqualTo(400);
      assertThat(server.asked()).hasSize(1);
    }
  }
}
