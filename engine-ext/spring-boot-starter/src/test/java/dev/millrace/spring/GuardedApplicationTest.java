// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spring;

import static dev.millrace.spring.Attacker.id;
import static dev.millrace.spring.Attacker.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Attacks that work against the engine as it comes, see {@link EngineHolesTest}, fail here. */
@TestApplication.Served
class GuardedApplicationTest {
  @Autowired private Canary canary;
  @Autowired private IdentityService identity;
  @Autowired private TaskService tasks;
  @Autowired private JdbcTemplate database;
  private final Attacker attacker;

  GuardedApplicationTest(@LocalServerPort int port) {
    attacker = new Attacker(port);
  }

  @ParameterizedTest
  @EnumSource
  void noExpressionOfAStrangerIsEvaluated(ExpressionAttack attack) {
    int status = attack.strike(attacker).statusCode();
    assertThat(canary.songs()).isZero();
    if (attack.works) {
      assertThat(status).isEqualTo(400);
    }
  }

  @Test
  void theRefusalSaysWhatIsAllowed() {
    assertThat(attacker.post("/engine-rest/task", json("{'orQueries':[{'ownerExpression':'!'}]}")))
        .extracting(HttpResponse::body)
        .asString()
        .contains("forbidden in ad-hoc queries, also inside orQueries");
    assertThat(attacker.storeFilter(json("{'orQueries':[{'ownerExpression':'!'}]}")))
        .extracting(HttpResponse::body)
        .asString()
        .contains("The expression for taskOwner in filter 'bait' is not allowed")
        .contains("${currentUser()}");
  }

  @Test
  void queriesOfJavaProgramsAreGuardedToo() {
    TaskQuery query =
        tasks.createTaskQuery().or().taskAssigneeExpression(Canary.EXPRESSION).endOr();
    assertThatThrownBy(query::list).isInstanceOf(BadUserRequestException.class);
    assertThatThrownBy(query::count).isInstanceOf(BadUserRequestException.class);
    assertThatThrownBy(query::singleResult).isInstanceOf(BadUserRequestException.class);
    assertThatThrownBy(() -> query.listPage(0, 1)).isInstanceOf(BadUserRequestException.class);
    assertThat(canary.songs()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{'assigneeExpression':'!'}", "{'orQueries':[{'assigneeExpression':'!'}]}"})
  void aFilterStoredBeforeTheGuardCameIsNotExecuted(String query) {
    String id = id(attacker.storeFilter("{}"));
    String stored = json(query).replace("assignee", "taskAssignee");
    assertThat(database.update("UPDATE ACT_RU_FILTER SET QUERY_ = ? WHERE ID_ = ?", stored, id))
        .isOne();
    String filter = "/engine-rest/filter/" + id;
    assertThat(attacker.get(filter + "/list").statusCode()).isEqualTo(400);
    assertThat(attacker.get(filter + "/list?firstResult=0&maxResults=9").statusCode())
        .isEqualTo(400);
    assertThat(attacker.get(filter + "/count").statusCode()).isEqualTo(400);
    assertThat(attacker.get(filter + "/singleResult").statusCode()).isEqualTo(400);
    assertThat(attacker.post(filter + "/list", "{\"name\":\"x\"}").statusCode()).isEqualTo(400);
    assertThat(canary.songs()).isZero();
  }

  @Test
  void filtersWithTheEnginesOwnFunctionsWork() {
    Task task = tasks.newTask();
    task.setName("due");
    tasks.saveTask(task);
    try {
      HttpResponse<String> stored =
          attacker.storeFilter(
              json(
                  """
                  {'name':'due', 'createdBeforeExpression':'${dateTime().plusDays(1)}',
                   'orQueries':[{'createdAfterExpression':'${dateTime().minusDays(1)}',
                                 'owner':'nobody'}]}
                  """));
      assertThat(stored.statusCode()).isEqualTo(200);
      String filter = "/engine-rest/filter/" + id(stored);
      assertThat(attacker.get(filter + "/count").body()).contains("\"count\":1");
      assertThat(attacker.storeFilter(json("{'assigneeExpression':'${ currentUser() }'}")))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(200);
    } finally {
      tasks.deleteTask(task.getId(), true);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/camunda/api/admin/setup/default/user/create, false",
    "/camunda/api/admin/setup/default/user/create, true",
    "/camunda//api/admin/setup/default/user/create, false",
    "/camunda/api//admin///setup/default/user/create, false",
    "/camunda/api/admin;x=y/setup/default/user/create, false",
    "/camunda/api/admin/setup;/default/user/create, false",
    "/camunda/api/%61dmin/setup/default/user/create, false",
    "/camunda/api/admin/%73etup/default/user/create, false",
    "/camunda/api/admin/./setup/default/user/create, false",
    "/camunda/app/../api/admin/setup/default/user/create, false",
    "/camunda/api/admin%2Fsetup/default/user/create, false"
  })
  void nobodyMakesHimselfAdministrator(String path, boolean thereIsOne) {
    if (thereIsOne) {
      hireAdministrator();
    }
    try {
      assertThat(attacker.setUp(path, "mallory").statusCode()).isIn(400, 404);
      assertThat(identity.createUserQuery().userId("mallory").count()).isZero();
      assertThat(identity.createUserQuery().memberOfGroup("camunda-admin").count())
          .isEqualTo(thereIsOne ? 1 : 0);
    } finally {
      identity.deleteUser("alice");
      identity.deleteGroup("camunda-admin");
    }
  }

  private void hireAdministrator() {
    User alice = identity.newUser("alice");
    alice.setPassword("alice");
    identity.saveUser(alice);
    Group administrators = identity.newGroup("camunda-admin");
    identity.saveGroup(administrators);
    identity.createMembership("alice", "camunda-admin");
  }
}
