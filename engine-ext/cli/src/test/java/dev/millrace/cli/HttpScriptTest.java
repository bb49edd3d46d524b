// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Polled, looked up and written over HTTP by one script. */
class HttpScriptTest {
  private final List<String> written = new CopyOnWriteArrayList<>();
  private HttpServer host;

  @BeforeEach
  void open() throws IOException {
    host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    host.createContext("/", this::answer);
    host.start();
  }

  @AfterEach
  void close() {
    host.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestURI().toString();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String answer =
        switch (target) {
          case "/v1/orders" -> "[{\"id\": 1, \"sku\": \"a b\"}, {\"id\": 2, \"sku\": \"none\"}]";
          case "/v1/orders?after=2" -> "[{\"id\": 3, \"sku\": \"a b\"}]";
          case "/v1/prices/a%20b" -> "{\n  \"price\": 2.5\n}";
          default -> "[]";
        };
    if (exchange.getRequestMethod().equals("POST")) {
      written.add(target + " " + body);
    }
    boolean known = !target.equals("/v1/prices/none");
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(known ? 200 : 404, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String table(String name, String columns, String path, String more) {
    return """
        CREATE TABLE %s (%s) WITH (
          'connector' = 'http', 'url' = 'http://127.0.0.1:%d/v1', 'url-path' = '%s',
          'format' = 'json'%s);
        """
        .formatted(name, columns, host.getAddress().getPort(), path, more);
  }

  @Test
  void rowsArePolledEnrichedAndPosted() {
    String script =
        table(
                "orders",
                "id INT, sku STRING, seen_at AS PROCTIME()",
                "/orders",
                ", 'cursor.parameter' = 'after', 'cursor.column' = 'id', 'scan.bounded' = 'true'")
            + table(
                "prices",
                "sku STRING, price DECIMAL(10, 2), PRIMARY KEY (sku) NOT ENFORCED",
                "/prices/{sku}",
                "")
            + table("priced", "id INT, price DECIMAL(10, 2)", "/priced", "")
            + """
            INSERT INTO priced SELECT o.id, p.price FROM orders o
              LEFT JOIN prices FOR SYSTEM_TIME AS OF o.seen_at AS p ON o.sku = p.sku;
            """;
    Outcome outcome = Outcome.withInput(script, "run", "-");
    assertThat(outcome.err()).contains("rows in 3, out 3");
    assertThat(outcome.status()).isZero();
    assertThat(written)
        .containsExactly(
            "/v1/priced {\"id\":1,\"price\":2.5}",
            "/v1/priced {\"id\":2,\"price\":null}",
            "/v1/priced {\"id\":3,\"price\":2.5}");
  }
}
