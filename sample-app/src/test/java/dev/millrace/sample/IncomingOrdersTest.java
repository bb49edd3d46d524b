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
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Orders arrive by themselves, each once; when the last has ended, the books add up exactly. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.datasource.url=jdbc:h2:mem:incoming;DB_CLOSE_DELAY=-1",
      "sample.orders-per-second=5"
    })
class IncomingOrdersTest {
  /** TPC-H's orders are the same each time: among so many, carriers refuse at least one. */
  private static final int ENOUGH = 20;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Autowired private OverviewReader overview;
  @Autowired private Millrace millrace;
  @Autowired private DataSource database;
  @Autowired private HistoryService history;
  @Autowired private TaskService tasks;

  @Test
  void arrivingOrdersEndAndTheBooksAddUp() throws SQLException {
    await().atMost(PATIENCE).until(() -> pipeline().rowsOut() >= ENOUGH);
    stopArrivals();
    await().atMost(PATIENCE).until(this::everyOrderHasEnded);
    // The figures of pipelines may be a second old.
    await().atMost(PATIENCE).untilAsserted(this::assertAllAddsUp);
  }

  private void assertAllAddsUp() {
    Overview seen = overview.read();
    assertEachOrderIsStartedOnce(seen.pipelines().get(0).rowsOut());
    assertThat(seen.incidents()).isZero();
    assertThat(seen.orders().shipped()).isPositive();
    assertThat(seen.orders().refused()).isPositive();
    assertThat(seen.orders().cancelled())
        .isEqualTo(seen.orders().refused() + seen.orders().rejected());
    assertBooksHoldTheShippedOrdersOnly(seen);
  }

  @Test
  void rateIsWrittenAsAPlainNumber() throws IOException {
    assertThat(IncomingOrders.script(0.001)).contains("'rows-per-second' = '0.001'");
    assertThat(IncomingOrders.script(1000)).contains("'rows-per-second' = '1000'");
  }

  private void assertEachOrderIsStartedOnce(long rows) {
    List<HistoricProcessInstance> orders =
        history.createHistoricProcessInstanceQuery().processDefinitionKey("order").list();
    assertThat(orders).hasSize((int) rows);
    assertThat(orders)
        .extracting(HistoricProcessInstance::getBusinessKey)
        .doesNotHaveDuplicates()
        .contains("1", "2", "3");
  }

  private void assertBooksHoldTheShippedOrdersOnly(Overview seen) {
    assertThat(seen.books().reserved()).isZero();
    assertThat(seen.books().charges()).isEqualTo(seen.orders().shipped());
    assertThat(seen.books().shipments()).isEqualTo(seen.orders().shipped());
    assertThat(
            JdbcClient.create(database)
                .sql(
                    """
                    SELECT s.sku FROM stock s
                    WHERE s.received - s.qty <> (SELECT COALESCE(SUM(quantity), 0)
                                                 FROM shipments WHERE sku = s.sku)""")
                .query(Long.class)
                .list())
        .as("articles whose stock does not agree with their shipments")
        .isEmpty();
  }

  private Overview.Pipeline pipeline() {
    return overview.read().pipelines().stream().findFirst().orElseThrow();
  }

  private void stopArrivals() throws SQLException {
    try (Connection connection = database.getConnection()) {
      millrace.store().wishes().setState(connection, "incoming-orders", PipelineState.STOPPED);
    }
  }

  /** People say yes to whatever they are asked. */
  private boolean everyOrderHasEnded() {
    for (Task task : tasks.createTaskQuery().list()) {
      tasks.complete(task.getId(), Map.of("decision", "approve"));
    }
    Overview seen = overview.read();
    long ended = seen.orders().shipped() + seen.orders().cancelled();
    return ended == seen.pipelines().get(0).rowsOut() && seen.orders().running() == 0;
  }
}
