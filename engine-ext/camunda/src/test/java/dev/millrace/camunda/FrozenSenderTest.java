// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.camunda.config.Surroundings;
import dev.millrace.camunda.work.Coordinator;
import dev.millrace.camunda.work.Dispatcher;
import dev.millrace.camunda.work.Dispatching;
import dev.millrace.camunda.work.Work;
import dev.millrace.camunda.work.WorkSource;
import dev.millrace.store.Claim;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that stands still while it sends to a host, and its successor. */
class FrozenSenderTest {
  private static final int ROWS = 10;
  private static final String SCRIPT =
      """
      CREATE TABLE numbers (n BIGINT) WITH ('connector' = 'datagen', 'fields.n.kind' = 'sequence',
        'fields.n.start' = '1', 'fields.n.end' = '%d');
      CREATE TABLE stock (n BIGINT) WITH ('connector' = 'http', 'connection' = 'shop',
        'url-path' = '/stock', 'format' = 'json', 'sink.method' = 'PUT');
      INSERT INTO stock SELECT n FROM numbers;
      """
          .formatted(ROWS);
  private static final String PROCESS =
      Models.process(
          "p",
          Models.start("s")
              + Models.task("Tell", "tell.sql")
              + Models.user("Look")
              + Models.line("s Tell Look"));

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final CountDownLatch thawed = new CountDownLatch(1);
  private final List<Dispatcher> ofFirst = new CopyOnWriteArrayList<>();
  private final TestDatabase database = TestDatabase.create();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer shop;

  @BeforeEach
  void open() throws IOException {
    shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.setExecutor(threads);
    shop.createContext("/", this::answer);
    shop.start();
  }

  @AfterEach
  void close() {
    shop.stop(0);
    threads.shutdownNow();
  }

  /** The first node's first request hangs. */
  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    told.add(path + " " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    if (path.startsWith("/first")) {
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private Stage node(String name, int leaseSeconds, Dispatching.Factory dispatching) {
    Surroundings machine = Surroundings.machine();
    return new Stage(
        plugin -> {
          plugin.setNode(name);
          plugin.setLeaseSeconds(leaseSeconds);
          plugin.setSurroundings(
              new Surroundings(machine.clock(), dispatching, machine.pause(), true));
          plugin.setEndpoints(
              Map.of(
                  "http",
                  Map.of(
                      "shop",
                      Map.of(
                          "url",
                          "http://127.0.0.1:" + shop.getAddress().getPort() + "/" + name,
                          "allow-private",
                          "true"))));
        },
        database);
  }

  private Dispatching freezing(Coordinator.Settings settings, WorkSource source) {
    Dispatcher dispatcher = new Dispatcher(settings, new Freezing(source));
    ofFirst.add(dispatcher);
    return dispatcher;
  }

  /** Once the host was asked, no lease is renewed: what keeps them stands still. */
  private final class Freezing implements WorkSource {
    private final WorkSource source;

    Freezing(WorkSource source) {
      this.source = source;
    }

    private void standStill() throws SQLException {
      try {
        if (asked.getCount() == 0) {
          thawed.await();
        }
      } catch (InterruptedException e) {
        throw new SQLException(e);
      }
    }

    @Override
    public List<? extends Work> claim(int max) throws SQLException {
      standStill();
      return source.claim(max);
    }

    @Override
    public Set<Claim> renew(Collection<Claim> held) throws SQLException {
      standStill();
      return source.renew(held);
    }

    @Override
    public void release() throws SQLException {
      source.release();
    }
  }

  private List<String> toldBy(String node) {
    return told.stream().filter(request -> request.startsWith("/" + node)).toList();
  }

  @Test
  void whatItWasSendingEndsThereOnceItsLeaseIsOver() throws Exception {
    try (Stage first = node("first", 1, this::freezing)) {
      first.deploy("p.bpmn", PROCESS, "tell.sql", SCRIPT);
      ProcessInstance instance = first.start("p", Map.of());
      first.untilAt(instance, "Look");
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      try (Stage second = node("second", 30, Dispatcher::new)) {
        second.until(() -> toldBy("second").stream().distinct().count(), (long) ROWS);
        answer.countDown();
        ofFirst.forEach(
            dispatcher -> dispatcher.leave(System.nanoTime() + TimeUnit.SECONDS.toNanos(30)));
        thawed.countDown();
      }
    }
    assertThat(toldBy("first")).hasSize(1);
  }
}
