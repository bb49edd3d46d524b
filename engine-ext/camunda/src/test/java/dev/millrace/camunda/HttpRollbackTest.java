// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shop that is told of reservations over HTTP, and that they are taken back. */
class HttpRollbackTest {
  private static final String PROCESS =
      Models.process(
          "p",
          Models.start("s")
              + Models.task("Reserve", "reserve.sql")
              + Models.handler("Reserve")
              + Models.user("Wait")
              + Models.compensate("Undo")
              + Models.user("Look")
              + Models.line("s Reserve Wait Undo Look"));

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private volatile int failures;
  private HttpServer shop;
  private Stage stage;

  private static String reserve(String inverse) {
    return """
        CREATE TABLE input (id BIGINT) WITH ('connector' = 'process-variables');
        CREATE TABLE reservation (id BIGINT, qty INT) WITH (
          'connector' = 'http', 'connection' = 'shop', 'url-path' = '/reservations/{id}',
          'format' = 'json', 'sink.method' = 'PUT'%s);
        INSERT INTO reservation SELECT id, 1 FROM input UNION ALL SELECT id + 1, 2 FROM input;
        """
        .formatted(inverse);
  }

  @BeforeEach
  void open() throws Exception {
    shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.createContext("/", this::answer);
    shop.start();
    stage =
        new Stage(
            plugin ->
                plugin.setEndpoints(
                    Map.of(
                        "http",
                        Map.of(
                            "shop",
                            Map.of(
                                "url",
                                "http://127.0.0.1:" + shop.getAddress().getPort(),
                                "allow-private",
                                "true")))));
  }

  @AfterEach
  void close() {
    stage.close();
    shop.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (failures > 0) {
      failures--;
      exchange.sendResponseHeaders(503, -1);
    } else {
      told.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
      keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      exchange.sendResponseHeaders(204, -1);
    }
    exchange.close();
  }

  @Test
  void requestsFollowTheCommitAndCompensationSendsTheirInversesNewestFirst() throws Exception {
    failures = 4;
    stage.deploy(
        "p.bpmn",
        PROCESS,
        "reserve.sql",
        reserve(", 'inverse.method' = 'DELETE', 'inverse.url-path' = '/reservations/{id}'"));
    ProcessInstance instance = stage.start("p", Map.of("id", 7L));
    stage.untilAt(instance, "Wait");
    stage.until(() -> told.size(), 2);
    stage.completeTask(instance);
    stage.untilAt(instance, "Look");
    stage.until(() -> told.size(), 4);
    assertThat(told.subList(0, 2))
        .containsExactlyInAnyOrder(
            "PUT /reservations/7 {\"id\":7,\"qty\":1}", "PUT /reservations/8 {\"id\":8,\"qty\":2}");
    List<String> inverses =
        List.of(
            told.get(1).replaceFirst("PUT (\\S+ ).*", "DELETE $1"),
            told.get(0).replaceFirst("PUT (\\S+ ).*", "DELETE $1"));
    assertThat(told.subList(2, 4)).isEqualTo(inverses);
    assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.matches("\\S+-\\d+"));
  }

  @Test
  void withoutAnInverseTheTableIsRefusedUnderCompensation() {
    assertThatThrownBy(() -> stage.deploy("p.bpmn", PROCESS, "reserve.sql", reserve("")))
        .hasMessageContaining("reservation");
  }
}
