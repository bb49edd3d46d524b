// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.spi.connector.Endpoints;
import dev.millrace.spi.connector.Services;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry on loopback that remembers what it was asked. */
final class TestRegistry implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A status and what comes with it. */
  record Reply(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<String> logins = new CopyOnWriteArrayList<>();
  final Map<String, String> settings = new HashMap<>();

  TestRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    settings.put("url", url());
    settings.put("allow-private", "true");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String asking = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
    asked.add(body.isEmpty() ? asking : asking + " " + body);
    logins.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
    Reply reply = replies.getOrDefault(asking, new Reply(404, "{\"error_code\":40403}"));
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    if (reply.status() == 302) {
      exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
    }
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void says(String request, int status, String body) {
    replies.put(request, new Reply(status, body));
  }

  void holds(int id, String schema) throws IOException {
    says("GET /schemas/ids/" + id, 200, JSON.writeValueAsString(Map.of("schema", schema)));
  }

  void registersAs(String subject, int id) {
    says("POST /subjects/" + subject + "/versions", 200, "{\"id\":" + id + "}");
  }

  /** As a server that has configured this registry as {@code main}. */
  Services services() {
    return Services.none()
        .with(
            Endpoints.class,
            new Endpoints() {
              @Override
              public Optional<Map<String, String>> find(String kind, String name) {
                return names(kind).contains(name)
                    ? Optional.of(Map.copyOf(settings))
                    : Optional.empty();
              }

              @Override
              public Set<String> names(String kind) {
                return kind.equals("registry") ? Set.of("main") : Set.of();
              }
            });
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
