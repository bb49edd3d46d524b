// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A host to be polled: {@code /?after=17} is answered with the next events, page by page. */
final class EventHost implements AutoCloseable {
  /** Bad events come at the start, in the middle and at the end of pages: 1001 is 7 pages. */
  private static final int PAGE = 143;

  private final HttpServer server;

  private EventHost(HttpServer server) {
    this.server = server;
  }

  static EventHost start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", EventHost::answer);
    server.start();
    return new EventHost(server);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    long after = query == null ? 0 : Long.parseLong(query.substring("after=".length()));
    byte[] page = Events.lines(after + 1, after + PAGE).getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(200, page.length == 0 ? -1 : page.length);
      exchange.getResponseBody().write(page);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
