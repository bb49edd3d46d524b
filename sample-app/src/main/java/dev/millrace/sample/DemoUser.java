// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.spring.boot.starter.property.AdminUserProperty;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets the sample's user decide on orders. */
@Component
class DemoUser {
  private static final String APPROVERS = "approvers";

  private final IdentityService identities;
  private final AdminUserProperty user;

  DemoUser(IdentityService identities, CamundaBpmProperties camunda) {
    this.identities = identities;
    this.user = camunda.getAdminUser();
  }

  @EventListener(ApplicationReadyEvent.class)
  void becomesApprover() {
    if (identities.createGroupQuery().groupId(APPROVERS).count() == 0) {
      Group approvers = identities.newGroup(APPROVERS);
      approvers.setName("Approvers of orders");
      approvers.setType("WORKFLOW");
      identities.saveGroup(approvers);
    }
    if (identities.createUserQuery().userId(user.getId()).memberOfGroup(APPROVERS).count() == 0) {
      identities.createMembership(user.getId(), APPROVERS);
    }
  }
}
