// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.camunda.Millrace;
import dev.millrace.store.PipelineState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Orders arrive by themselves; when the last has ended, the books add up exactly. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.datasource.url=jdbc:h2:mem:incoming;DB_CLOSE_DELAY=-1",
      "server.address=127.0.0.1",
      "sample.orders-per-second=20"
    })
class IncomingOrdersTest {
  private static final int ENOUGH = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Autowired private OverviewReader overview;
  @Autowired private Millrace millrace;
  @Autowired private DataSource database;
  @Autowired private RuntimeService runtime;
  @Autowired private TaskService tasks;

  @Test
  void arrivingOrdersEndAndTheBooksAddUp() throws SQLException {
    await().atMost(PATIENCE).until(() -> orders().shipped() > ENOUGH && orders().refused() > 0);
    stopArrivals();
    await().atMost(PATIENCE).until(this::everythingHasEnded);
    Overview.Books books = overview.read().books();
    assertThat(books.reserved()).isZero();
    assertThat(books.charges()).isEqualTo(orders().shipped());
    assertThat(books.shipments()).isEqualTo(orders().shipped());
    assertThat(orders().cancelled()).isEqualTo(orders().rejected() + orders().refused());
    assertThat(overview.read().incidents()).isZero();
  }

  @Test
  void rateIsWrittenAsAPlainNumber() throws IOException {
    assertThat(IncomingOrders.script(0.001)).contains("'rows-per-second' = '0.001'");
    assertThat(IncomingOrders.script(1000)).contains("'rows-per-second' = '1000'");
  }

  private Overview.Orders orders() {
    return overview.read().orders();
  }

  private void stopArrivals() throws SQLException {
    try (Connection connection = database.getConnection()) {
      millrace.pipelines().setState(connection, "incoming-orders", PipelineState.STOPPED);
    }
  }

  private boolean everythingHasEnded() {
    for (Task task : tasks.createTaskQuery().list()) {
      tasks.complete(task.getId(), Map.of("decision", "approve"));
    }
    return runtime.createProcessInstanceQuery().count() == 0 && orders().running() == 0;
  }
}
