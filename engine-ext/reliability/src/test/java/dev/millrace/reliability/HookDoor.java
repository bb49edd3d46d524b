// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.camunda.hook.HookAnswer;
import dev.millrace.camunda.hook.HookReceiver;
import dev.millrace.camunda.hook.HookRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Hands what is posted to {@code /<hook>} to a node's webhooks. */
final class HookDoor implements AutoCloseable {
  private final HttpServer server;

  private HookDoor(HttpServer server) {
    this.server = server;
  }

  static HookDoor open(HookReceiver receiver) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(receiver, exchange));
    server.start();
    return new HookDoor(server);
  }

  private static void answer(HookReceiver receiver, HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream body = exchange.getRequestBody()) {
      HookAnswer answer =
          receiver.receive(
              new HookRequest(
                  exchange.getRequestURI().getPath().substring(1),
                  exchange.getRequestMethod(),
                  exchange.getRequestHeaders()::getFirst,
                  body));
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Of the webhook all nodes have. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + Outside.HOOK;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
