// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An order is shipped, or leaves no trace: whatever step fails, stock, charges and shipments are as
 * before, row by row. On each database the same.
 */
@ExtendWith(OutputCaptureExtension.class)
abstract class OrderStories {
  private static final AtomicLong ORDER_KEYS = new AtomicLong(1_000_000);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** An order nobody objects to: a good customer, a region whose carrier takes ten pieces. */
  private static final Map<String, Object> ORDINARY =
      Map.of("customer", 1L, "amount", 1000.5, "sku", 3L, "quantity", 10, "region", "ASIA");

  @Autowired private RuntimeService runtime;
  @Autowired private HistoryService history;
  @Autowired private TaskService tasks;
  @Autowired private JdbcClient database;
  private Map<String, List<Map<String, Object>>> before;
  private long orderKey;

  @BeforeEach
  void readBooks() {
    orderKey = ORDER_KEYS.incrementAndGet();
    before = books();
  }

  @Test
  void ordinaryOrderIsShippedAndBookedOnce() {
    ProcessInstance order = order(Map.of());
    assertThat(endOf(order)).isEqualTo("OrderShipped");
    assertThat(stockOf(3)).isEqualTo(stockBefore(3) - 10);
    assertThat(rowsOfThisOrder("charges"))
        .singleElement()
        .satisfies(charge -> assertThat(charge).containsEntry("AMOUNT", new BigDecimal("1000.50")));
    assertThat(rowsOfThisOrder("shipments"))
        .singleElement()
        .satisfies(
            shipment ->
                assertThat(shipment)
                    .containsEntry("CARRIER", "Lotus Lines")
                    .containsEntry("QUANTITY", 10));
  }

  @Test
  void stockThatDoesNotSufficeCancelsTheOrder(CapturedOutput log) {
    ProcessInstance order = order(Map.of("quantity", 2_000_000));
    assertCancelled(order, "ReserveStockFailed");
    assertThat(log)
        .as("an outcome of the business is one line, no error")
        .contains("ReserveStock failed: MR-JDBC-")
        .doesNotContainPattern("Z +ERROR \\d+ |\tat ");
  }

  @Test
  void orderThatCannotBeScoredGivesItsStockBack() {
    ProcessInstance order = order(Map.of("amount", "a lot"));
    assertCancelled(order, "ScoreRiskFailed", "PutBackStock");
  }

  @Test
  void orderRejectedByRuleGivesItsStockBack() {
    ProcessInstance order = order(Map.of("customer", 25L, "amount", 1_000_000.0));
    assertCancelled(order, "PutBackStock", "ForgetRisk");
  }

  @Test
  void orderRejectedByAPersonGivesItsStockBack() {
    ProcessInstance order = order(Map.of("amount", 400_000.0));
    tasks.complete(decisionOn(order).getId(), Map.of("decision", "reject"));
    assertCancelled(order, "PutBackStock", "ForgetRisk");
  }

  @Test
  void orderApprovedByAPersonIsShipped() {
    ProcessInstance order = order(Map.of("amount", 400_000.0));
    tasks.complete(decisionOn(order).getId(), Map.of("decision", "approve"));
    assertThat(endOf(order)).isEqualTo("OrderShipped");
    assertThat(rowsOfThisOrder("shipments")).hasSize(1);
  }

  @Test
  void orderThatCannotBeChargedGivesItsStockBack() {
    database
        .sql("INSERT INTO charges (order_key, customer, amount) VALUES (?, 1, 1)")
        .params(orderKey)
        .update();
    before = books();
    ProcessInstance order = order(Map.of());
    assertCancelled(order, "ChargeCustomerFailed", "PutBackStock", "ForgetRisk");
  }

  @Test
  void orderThatCannotBeBookedForShippingIsRefunded() {
    database
        .sql("INSERT INTO shipments (order_key, sku, quantity, carrier) VALUES (?, 1, 1, 'other')")
        .params(orderKey)
        .update();
    before = books();
    ProcessInstance order = order(Map.of());
    assertCancelled(order, "ShipOrderFailed", "Refund", "PutBackStock", "ForgetRisk");
  }

  @Test
  void orderRefusedByTheCarrierLeavesNoTrace() {
    ProcessInstance order = order(Map.of("region", "MIDDLE EAST", "quantity", 8));
    assertCancelled(order, "ShipOrderFailed", "Refund", "PutBackStock", "ForgetRisk");
    assertThat(
            history
                .createHistoricActivityInstanceQuery()
                .activityId("CancelShipment")
                .processInstanceId(calledBy(order, "shipping"))
                .finished()
                .count())
        .isEqualTo(1);
  }

  @Test
  void regionWithoutCarrierLeavesNoTrace() {
    ProcessInstance order = order(Map.of("region", "ATLANTIS"));
    assertCancelled(order, "ShipOrderFailed", "Refund", "PutBackStock", "ForgetRisk");
  }

  private ProcessInstance order(Map<String, Object> unusual) {
    Map<String, Object> variables = new HashMap<>(ORDINARY);
    variables.put("orderKey", orderKey);
    variables.putAll(unusual);
    return runtime.startProcessInstanceByKey("order", Long.toString(orderKey), variables);
  }

  private Task decisionOn(ProcessInstance order) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                tasks
                    .createTaskQuery()
                    .processInstanceBusinessKey(order.getBusinessKey())
                    .singleResult(),
            task -> task != null);
  }

  private void assertCancelled(ProcessInstance order, String... steps) {
    assertThat(endOf(order)).isEqualTo("OrderCancelled");
    assertThat(stepsOf(order)).contains(steps);
    assertThat(books()).isEqualTo(before);
  }

  /** The end event an order reached; fails at once with the incident, if there is one. */
  private String endOf(ProcessInstance order) {
    return await()
        .atMost(PATIENCE)
        .failFast("an incident", () -> assertNoIncident(order))
        .until(
            () ->
                history
                    .createHistoricActivityInstanceQuery()
                    .processInstanceId(order.getId())
                    .activityType("noneEndEvent")
                    .finished()
                    .singleResult(),
            end -> end != null)
        .getActivityId();
  }

  private void assertNoIncident(ProcessInstance order) {
    List<Incident> incidents =
        runtime.createIncidentQuery().processInstanceId(order.getId()).list();
    assertThat(incidents)
        .extracting(Incident::getActivityId, Incident::getIncidentMessage)
        .isEmpty();
  }

  private List<String> stepsOf(ProcessInstance order) {
    return history
        .createHistoricActivityInstanceQuery()
        .processInstanceId(order.getId())
        .finished()
        .list()
        .stream()
        .map(HistoricActivityInstance::getActivityId)
        .toList();
  }

  private String calledBy(ProcessInstance order, String process) {
    return history
        .createHistoricProcessInstanceQuery()
        .superProcessInstanceId(order.getId())
        .processDefinitionKey(process)
        .singleResult()
        .getId();
  }

  private Map<String, List<Map<String, Object>>> books() {
    return Map.of(
        "stock", rows("SELECT * FROM stock ORDER BY sku"),
        "charges", rows("SELECT * FROM charges ORDER BY order_key"),
        "shipments", rows("SELECT * FROM shipments ORDER BY order_key"));
  }

  private List<Map<String, Object>> rows(String sql) {
    return database.sql(sql).query().listOfRows();
  }

  private List<Map<String, Object>> rowsOfThisOrder(String table) {
    return database
        .sql("SELECT * FROM " + table + " WHERE order_key = ?")
        .params(orderKey)
        .query()
        .listOfRows();
  }

  private int stockOf(long sku) {
    return database
        .sql("SELECT qty FROM stock WHERE sku = ?")
        .params(sku)
        .query(Integer.class)
        .single();
  }

  private int stockBefore(long sku) {
    return before.get("stock").stream()
        .filter(row -> row.get("SKU").equals(sku))
        .map(row -> (Integer) row.get("QTY"))
        .findFirst()
        .orElseThrow();
  }
}
