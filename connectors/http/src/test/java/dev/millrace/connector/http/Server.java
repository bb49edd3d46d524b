// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.connector.http.client.HttpEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A host on loopback that answers as a test says and remembers what it was asked. */
public final class Server implements AutoCloseable {
  /** What a test says. */
  @FunctionalInterface
  public interface Script {
    void answer(HttpExchange exchange) throws IOException;
  }

  /** What was asked. */
  public record Asked(
      String method, String target, Map<String, List<String>> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  public Server(Script script) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(
              new Asked(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  Map.copyOf(exchange.getRequestHeaders()),
                  body));
          script.answer(exchange);
          exchange.close();
        });
    server.start();
  }

  /** Each target with its body, all else 404. */
  static Server of(Map<String, String> bodies) throws IOException {
    return new Server(
        exchange -> {
          String body = bodies.get(exchange.getRequestURI().toString());
          send(exchange, body == null ? 404 : 200, body == null ? "" : body);
        });
  }

  public static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Below {@code /v1}. */
  public HttpEndpoint endpoint() {
    return HttpEndpoint.of(URI.create(url() + "/v1")).withPrivateAddresses();
  }

  public List<Asked> asked() {
    return asked;
  }

  List<String> targets() {
    return asked.stream().map(Asked::target).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
