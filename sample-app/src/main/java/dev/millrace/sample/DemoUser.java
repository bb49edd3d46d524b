// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sample;

import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.spring.boot.starter.property.AdminUserProperty;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Lets the sample's user decide on orders, and says where to log in. */
@Component
class DemoUser {
  private static final Logger LOG = LoggerFactory.getLogger(DemoUser.class);
  private static final String APPROVERS = "approvers";

  /** The one password that is no secret. */
  private static final String PUBLIC = "demo";

  private final IdentityService identities;
  private final AdminUserProperty user;
  private final Environment environment;

  DemoUser(IdentityService identities, CamundaBpmProperties camunda, Environment environment) {
    this.identities = identities;
    this.user = camunda.getAdminUser();
    this.environment = environment;
  }

  @EventListener(ApplicationReadyEvent.class)
  void welcome() {
    becomesApprover();
    LOG.info(
        "Millrace sample: http://localhost:{}/ - log in as {} with {}"
            + " (Cockpit, Tasklist, Admin, and HTTP Basic under /engine-rest)",
        environment.getProperty("local.server.port"),
        user.getId(),
        user.getPassword().equals(PUBLIC) ? "password " + PUBLIC : "the configured password");
  }

  private void becomesApprover() {
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
