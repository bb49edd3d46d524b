// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.By;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The pages a newcomer sees, in a real browser; screenshots go to {@code target/screenshots}. */
@EnabledIf(
    value = "dev.millrace.sample.Browser#isInstalled",
    disabledReason = "no Chromium at /usr/bin/chromium with /usr/bin/chromedriver")
@RunningSample
class BrowserTest {
  @LocalServerPort private int port;
  @Autowired private RuntimeService runtime;
  @Autowired private HistoryService history;
  private Browser browser;
  private ProcessInstance approval;

  @BeforeEach
  void open() throws IOException {
    approval =
        runtime.startProcessInstanceByKey(
            "approval",
            "4711",
            Map.of("orderKey", 4711L, "customer", 42L, "amount", 391_250.5, "risk", 31));
    browser = new Browser(port);
  }

  @AfterEach
  void close() {
    browser.close();
    if (isRunning()) {
      runtime.deleteProcessInstance(approval.getId(), "end of test");
    }
  }

  @Test
  void frontPageShowsFiguresAndNoErrors() throws IOException {
    browser.open("/");
    browser.see(By.cssSelector("#state.live"));
    assertThat(browser.see(By.cssSelector("[data-figure='books.stock']")).getText())
        .isEqualTo("12,000,000");
    assertThat(browser.see(By.cssSelector("[data-figure='approvalsWaiting']")).getText())
        .isEqualTo("1");
    browser.screenshot("front-page");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void cockpitShowsTheDiagramOfARunningApproval() throws IOException {
    browser.open("/camunda/app/cockpit/default/#/process-instance/" + approval.getId());
    browser.logIn("demo", "demo");
    browser.see(By.cssSelector("[data-element-id='DecideOnOrder']"));
    browser.see(By.cssSelector(".djs-overlays"));
    browser.screenshot("cockpit-approval");
  }

  @Test
  void approverDecidesInTasklist() throws IOException {
    String task = "/camunda/app/tasklist/default/#/?task=" + taskId();
    browser.open(task);
    browser.logIn("demo", "demo");
    browser.seeText("Why a person is asked");
    browser.screenshot("tasklist-form");
    browser.seeText("Claim").click();
    browser.click(By.xpath("(//input[@type='radio'][not(@disabled)])[2]"));
    browser.click(By.xpath("//button[contains(., 'Complete')][not(@disabled)]"));
    await().until(() -> !isRunning());
    assertThat(
            history
                .createHistoricActivityInstanceQuery()
                .processInstanceId(approval.getId())
                .activityId("Rejected")
                .count())
        .isEqualTo(1);
  }

  private String taskId() {
    return history
        .createHistoricTaskInstanceQuery()
        .processInstanceId(approval.getId())
        .singleResult()
        .getId();
  }

  private boolean isRunning() {
    return runtime.createProcessInstanceQuery().processInstanceId(approval.getId()).count() > 0;
  }
}
