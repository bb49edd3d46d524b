// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pages people see, in a real browser; screenshots go to {@code target/screenshots}. */
@EnabledIf(
    value = "dev.millrace.sample.Browser#isInstalled",
    disabledReason = "no Chromium at /usr/bin/chromium with /usr/bin/chromedriver")
@RunningSample
class BrowserTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final AtomicLong ORDER_KEYS = new AtomicLong(4710);
  private static final String COCKPIT = "/camunda/app/cockpit/default/#/";
  private static final String RETRY = "a[ng-click='openJobRetryDialog(incident)']";

  /** Waits for a person. */
  private static final Map<String, Object> LARGE =
      Map.of("customer", 1L, "amount", 391_250.5, "sku", 5L, "quantity", 3, "region", "EUROPE");

  /** Is charged, and refused by the carrier. */
  private static final Map<String, Object> REFUSED =
      Map.of("customer", 1L, "amount", 1000.5, "sku", 3L, "quantity", 8, "region", "MIDDLE EAST");

  @LocalServerPort private int port;
  @Autowired private RuntimeService runtime;
  @Autowired private HistoryService history;
  @Autowired private TaskService tasks;
  @Autowired private ManagementService management;
  @Autowired private JdbcClient database;
  private Browser browser;

  @BeforeEach
  void open() throws IOException {
    browser = new Browser(port);
  }

  @AfterEach
  void close() {
    browser.close();
    await().atMost(PATIENCE).until(this::everyOrderHasEnded);
  }

  @Test
  void frontPageShowsFiguresAndNoErrors() throws IOException {
    browser.open("/");
    browser.see(By.cssSelector("#state.live"));
    assertThat(browser.see(By.cssSelector("[data-figure='books.stock']")).getText())
        .isEqualTo("12,000,000");
    assertThat(browser.see(By.cssSelector("[data-figure='approvalsWaiting']")).getText())
        .isEqualTo("0");
    browser.screenshot("front-page");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void approverRejectsAnOrderInTasklistAndItIsRolledBack() throws IOException {
    ProcessInstance order = order(LARGE);
    browser.open("/camunda/app/tasklist/default/#/?task=" + decisionOn(order).getId());
    browser.logIn("demo", "demo");
    browser.seeText("Why a person is asked");
    browser.click(By.xpath("//*[contains(normalize-space(text()), 'Claim')]"));
    browser.click(By.xpath("(//input[@type='radio'][not(@disabled)])[2]"));
    browser.screenshot("tasklist-approval");
    browser.click(By.xpath("//button[contains(., 'Complete')][not(@disabled)]"));
    awaitEnd(order, "OrderCancelled");
    assertThat(stockOf(5)).isEqualTo(1_000_000);
  }

  @Test
  void cockpitShowsWhereAnOrderWaits() throws IOException {
    ProcessInstance order = order(LARGE);
    decisionOn(order);
    browser.open(COCKPIT + "process-instance/" + order.getId());
    browser.logIn("demo", "demo");
    browser.see(tokenAt("ApproveOrder"));
    browser.screenshot("cockpit-instance");
  }

  @Test
  void rollbackThatFindsAChangedRowIsRetriedInCockpit() throws IOException {
    decisionOn(order(LARGE));
    JobDefinition booking = holdBackShipping();
    ProcessInstance order = order(REFUSED);
    await()
        .atMost(PATIENCE)
        .until(() -> chargesOf(order), List.of(new BigDecimal("1000.50"))::equals);
    setCharge(order, "999.00");
    management.activateJobDefinitionById(booking.getId(), true);
    assertThat(awaitIncident(order))
        .returns("Refund", Incident::getActivityId)
        .extracting(Incident::getIncidentMessage)
        .asString()
        .contains(
            "CHARGES {ORDER_KEY=" + order.getBusinessKey() + "}",
            "expected AMOUNT = 1000.50, found 999.00");

    browser.open(COCKPIT + "process-definition/" + order.getProcessDefinitionId());
    browser.logIn("demo", "demo");
    browser.see(tokenAt("ApproveOrder"));
    browser.see(tokenAt("Refund"));
    browser.screenshot("cockpit-order");

    browser.open(COCKPIT + "process-instance/" + order.getId());
    browser.click(By.xpath("//ul[contains(@class, 'nav-tabs')]//a[contains(., 'Incidents')]"));
    browser.seeText("Refund");
    browser.see(By.cssSelector(RETRY));
    browser.screenshot("cockpit-incident");

    setCharge(order, "1000.50");
    browser.click(By.cssSelector(RETRY));
    browser.click(By.cssSelector(".modal-footer button[type=submit]"));
    awaitEnd(order, "OrderCancelled");
    assertThat(chargesOf(order)).isEmpty();
    assertThat(stockOf(3)).isEqualTo(1_000_000);
  }

  private static By tokenAt(String activity) {
    return By.cssSelector(".djs-overlays[data-container-id='" + activity + "'] .badge");
  }

  private ProcessInstance order(Map<String, Object> order) {
    long key = ORDER_KEYS.incrementAndGet();
    Map<String, Object> variables = new HashMap<>(order);
    variables.put("orderKey", key);
    return runtime.startProcessInstanceByKey("order", Long.toString(key), variables);
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

  /** Orders that have been charged stand still until the definition is activated again. */
  private JobDefinition holdBackShipping() {
    JobDefinition booking =
        management.createJobDefinitionQuery().activityIdIn("BookShipment").singleResult();
    management.suspendJobDefinitionById(booking.getId(), true);
    return booking;
  }

  private Incident awaitIncident(ProcessInstance order) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> runtime.createIncidentQuery().processInstanceId(order.getId()).singleResult(),
            incident -> incident != null);
  }

  private void awaitEnd(ProcessInstance order, String end) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                history
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(order.getId())
                        .activityId(end)
                        .finished()
                        .count()
                    == 1);
  }

  /** Nobody's order is left to the next test. */
  private boolean everyOrderHasEnded() {
    for (Task task : tasks.createTaskQuery().list()) {
      tasks.complete(task.getId(), Map.of("decision", "reject"));
    }
    return runtime.createProcessInstanceQuery().count() == 0;
  }

  private void setCharge(ProcessInstance order, String amount) {
    database
        .sql("UPDATE charges SET amount = ? WHERE order_key = ?")
        .params(new BigDecimal(amount), Long.valueOf(order.getBusinessKey()))
        .update();
  }

  private List<BigDecimal> chargesOf(ProcessInstance order) {
    return database
        .sql("SELECT amount FROM charges WHERE order_key = ?")
        .params(Long.valueOf(order.getBusinessKey()))
        .query(BigDecimal.class)
        .list();
  }

  private int stockOf(long sku) {
    return database
        .sql("SELECT qty FROM stock WHERE sku = ?")
        .params(sku)
        .query(Integer.class)
        .single();
  }
}
