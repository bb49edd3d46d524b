// SPDX-License-Identifier: Apache-2.0
package dev.millrace.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The approval moves no data: a plain engine is enough. */
class ApprovalTest {
  private static ProcessEngine engine;

  @BeforeAll
  static void start() {
    engine =
        new StandaloneInMemProcessEngineConfiguration()
            .setJdbcUrl("jdbc:h2:mem:approval")
            .setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE)
            .setJobExecutorActivate(false)
            .buildProcessEngine();
    Archive.APPROVAL.addTo(engine.getRepositoryService().createDeployment()).deploy();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  void ordinaryOrderNeedsNobody() {
    assertThat(endOf(request(100_000, 40))).isEqualTo("Approved");
  }

  @Test
  void orderBeyondAllBoundsIsRejectedAtOnce() {
    assertThat(endOf(request(100_000, 95))).isEqualTo("Rejected");
  }

  @Test
  void personMayRejectALargeOrder() {
    ProcessInstance approval = request(400_000, 40);
    decide(approval, "reject");
    assertThat(endOf(approval)).isEqualTo("Rejected");
  }

  @Test
  void personMayApproveARiskyOrder() {
    ProcessInstance approval = request(100_000, 90);
    decide(approval, "approve");
    assertThat(endOf(approval)).isEqualTo("Approved");
  }

  @Test
  void proposalToApproveStandsIfNobodyDecides() {
    ProcessInstance approval = request(400_000, 40);
    timeIsUp(approval);
    assertThat(endOf(approval)).isEqualTo("Approved");
  }

  @Test
  void proposalToRejectStandsIfNobodyDecides() {
    ProcessInstance approval = request(400_000, 90);
    timeIsUp(approval);
    assertThat(endOf(approval)).isEqualTo("Rejected");
  }

  @Test
  void onlyApproversAreAskedAndFindAForm() {
    Task task = taskOf(request(400_000, 40));
    assertThat(engine.getTaskService().getIdentityLinksForTask(task.getId()))
        .extracting("groupId")
        .containsExactly("approvers");
    assertThat(engine.getFormService().getDeployedTaskForm(task.getId())).isNotEmpty();
  }

  private static ProcessInstance request(double amount, int risk) {
    return engine
        .getRuntimeService()
        .startProcessInstanceByKey("approval", Map.of("amount", amount, "risk", risk));
  }

  private static Task taskOf(ProcessInstance approval) {
    return engine
        .getTaskService()
        .createTaskQuery()
        .processInstanceId(approval.getId())
        .singleResult();
  }

  private static void decide(ProcessInstance approval, String decision) {
    engine.getTaskService().complete(taskOf(approval).getId(), Map.of("decision", decision));
  }

  private static void timeIsUp(ProcessInstance approval) {
    Job timer =
        engine
            .getManagementService()
            .createJobQuery()
            .processInstanceId(approval.getId())
            .timers()
            .singleResult();
    engine.getManagementService().executeJob(timer.getId());
  }

  /** The end event reached; fails if there is none. */
  private static String endOf(ProcessInstance approval) {
    return engine
        .getHistoryService()
        .createHistoricActivityInstanceQuery()
        .processInstanceId(approval.getId())
        .activityType(ActivityTypes.END_EVENT_NONE)
        .finished()
        .singleResult()
        .getActivityId();
  }
}
