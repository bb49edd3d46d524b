// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/**
 * The engine as it comes has the holes: the attacks of {@link GuardedApplicationTest} are real.
 * What fails here is closed by the engine itself, and its guard can go.
 */
@TestApplication.Served
@TestPropertySource(properties = "millrace.enabled=false")
class EngineHolesTest {
  @Autowired private Canary canary;
  @Autowired private IdentityService identity;
  private final Attacker attacker;

  EngineHolesTest(@LocalServerPort int port) {
    attacker = new Attacker(port);
  }

  @ParameterizedTest
  @EnumSource
  void theEngineEvaluatesWhatStrangersSend(ExpressionAttack attack) {
    attack.strike(attacker);
    assertThat(canary.songs() > 0).isEqualTo(attack.works);
  }

  @Test
  void whoComesFirstIsAdministrator() {
    String setup = "/camunda/api/admin/setup/default/user/create";
    assertThat(attacker.setUp(setup, "mallory").statusCode()).isEqualTo(204);
    assertThat(identity.createUserQuery().memberOfGroup("camunda-admin").list())
        .extracting(user -> user.getId())
        .containsExactly("mallory");
    assertThat(identity.checkPassword("mallory", "mallory")).isTrue();
  }
}
