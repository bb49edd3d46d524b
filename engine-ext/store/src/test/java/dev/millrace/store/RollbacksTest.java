// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.effect.ConflictPolicy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RollbacksTest {
  @Nested
  class OnH2 extends Cases {
    OnH2() {
      super(TestDatabase.H2);
    }
  }

  @Nested
  class OnPostgresql extends Cases {
    OnPostgresql() {
      super(TestDatabase.POSTGRESQL);
    }
  }

  abstract static class Cases extends StoreTest {
    Cases(TestDatabase database) {
      super(database);
    }

    private String park(String instance, String activity, String scope) throws SQLException {
      NewRollback handler =
          new NewRollback(
              instance,
              "handler-execution-" + activity,
              "undo-" + activity,
              "undo-" + activity + "-instance",
              activity,
              scope,
              ConflictPolicy.FAIL,
              OnFinal.REFUSE);
      return inTransaction(connection -> store.rollbacks().park(connection, handler));
    }

    private static List<String> runs(List<Rollback> rollbacks) {
      return rollbacks.stream().map(rollback -> rollback.runId().orElse("none")).toList();
    }

    private boolean finish(Rollback rollback) throws SQLException {
      return holds(
          connection -> {
            if (!store.rollbacks().lock(connection, rollback.claim())) {
              return false;
            }
            store
                .undo()
                .undo(connection, rollback.runId().orElseThrow(), rollback.origin().onConflict());
            return store.rollbacks().done(connection, rollback.claim());
          });
    }

    @Test
    void handlersAreOrderedNewestRunFirstHoweverTheyWereParked() throws SQLException {
      String first = completed("p", "a", "s");
      String second = completed("p", "b", "s");
      String third = completed("p", "c", "s");
      park("p", "b", "s");
      park("p", "a", "s");
      park("p", "c", "s");
      List<Rollback> claimed = store.rollbacks().claim("node", "p", LEASE);
      assertThat(runs(claimed)).containsExactly(third, second, first);
      assertThat(stateOf(first)).isEqualTo(RunState.UNDOING);
    }

    @Test
    void handlersOfALoopClaimOneRunEach() throws SQLException {
      String first = completed("p", "a", "s");
      String second = completed("p", "a", "s");
      park("p", "a", "s");
      List<Rollback> claimed = store.rollbacks().claim("node", "p", LEASE);
      assertThat(runs(claimed)).containsExactly(second);
      assertThat(finish(claimed.get(0))).isTrue();

      park("p", "a", "s");
      park("p", "a", "s");
      assertThat(runs(store.rollbacks().claim("node", "p", LEASE))).containsExactly("none", first);
    }

    @Test
    void handlerClaimsInItsScopeOnly() throws SQLException {
      String inner = completed("p", "a", "inner");
      completed("p", "a", "outer");
      completed("q", "a", "inner");
      park("p", "a", "inner");
      assertThat(runs(store.rollbacks().claim("node", "p", LEASE))).containsExactly(inner);
    }

    @Test
    void runsFollowTheirScopeToItsNewExecution() throws SQLException {
      String run = completed("p", "a", "sub-process");
      inTransaction(
          connection -> {
            store.runs().moveScope(connection, "p", "sub-process", "event-scope");
            return null;
          });
      park("p", "a", "event-scope");
      assertThat(runs(store.rollbacks().claim("node", "p", LEASE))).containsExactly(run);
    }

    @Test
    void instanceIsOneNodesAtATime() throws SQLException {
      completed("p", "a", "s");
      park("p", "a", "s");
      assertThat(store.rollbacks().instancesWithParked(10)).containsExactly("p");
      Rollback lost = store.rollbacks().claim("node-1", "p", LEASE).get(0);
      park("p", "b", "s");
      assertThat(store.rollbacks().instancesWithParked(10)).isEmpty();
      assertThat(store.rollbacks().claim("node-2", "p", LEASE)).isEmpty();

      clock.advance(LEASE.plusMillis(1));
      assertThat(store.rollbacks().instancesWithParked(10)).containsExactly("p");
      List<Rollback> taken = store.rollbacks().claim("node-2", "p", LEASE);
      assertThat(taken).hasSize(2);
      assertThat(taken).extracting(Rollback::runId).contains(lost.runId());
      assertThat(finish(lost)).isFalse();
      assertThat(store.rollbacks().renew("node-1", List.of(lost.claim()), LEASE)).isEmpty();
    }

    @Test
    void incidentHoldsTheWholeInstanceUntilItIsResumed() throws SQLException {
      completed("p", "a", "s");
      completed("p", "b", "s");
      park("p", "a", "s");
      park("p", "b", "s");
      Rollback newest = store.rollbacks().claim("node", "p", LEASE).get(0);
      assertThat(
              store.rollbacks().fail(newest.claim(), "row x differs", new AfterFailure.Incident()))
          .isTrue();
      assertThat(store.rollbacks().instancesWithParked(10)).isEmpty();
      assertThat(store.rollbacks().claim("node", "p", LEASE)).isEmpty();
      Rollback incident = store.rollbacks().find(newest.id()).orElseThrow();
      assertThat(incident.state()).isEqualTo(RollbackState.INCIDENT);
      assertThat(incident.error()).contains("row x differs");

      assertThat(holds(c -> store.rollbacks().resume(c, newest.id(), ConflictPolicy.SKIP)))
          .isTrue();
      List<Rollback> again = store.rollbacks().claim("other", "p", LEASE);
      assertThat(again).hasSize(2);
      assertThat(again.get(0).id()).isEqualTo(newest.id());
      assertThat(again.get(0).origin().onConflict()).isEqualTo(ConflictPolicy.SKIP);
      for (Rollback rollback : again) {
        assertThat(finish(rollback)).isTrue();
      }
      assertThat(store.rollbacks().ofProcessInstance("p"))
          .extracting(Rollback::state)
          .containsOnly(RollbackState.DONE);
    }

    @Test
    void failureOfTheDatabaseIsTriedAgainLater() throws SQLException {
      completed("p", "a", "s");
      park("p", "a", "s");
      Rollback rollback = store.rollbacks().claim("node", "p", LEASE).get(0);
      store
          .rollbacks()
          .fail(rollback.claim(), "no answer", new AfterFailure.Retry(Duration.ofSeconds(5)));
      assertThat(store.rollbacks().instancesWithParked(10)).isEmpty();
      clock.advance(Duration.ofSeconds(5));
      assertThat(store.rollbacks().instancesWithParked(10)).containsExactly("p");
      List<Rollback> again = store.rollbacks().claim("node", "p", LEASE);
      assertThat(again.get(0).attempts()).isEqualTo(1);
      assertThat(again.get(0).runId()).isEqualTo(rollback.runId());
    }

    @Test
    void cancelledHandlerGivesItsRunBack() throws SQLException {
      String run = completed("p", "a", "s");
      park("p", "a", "s");
      Rollback claimed = store.rollbacks().claim("node", "p", LEASE).get(0);
      List<Rollback> cancelled =
          inTransaction(c -> store.rollbacks().cancelActivityInstance(c, "undo-a-instance"));
      assertThat(cancelled).hasSize(1);
      assertThat(stateOf(run)).isEqualTo(RunState.COMPLETED);
      assertThat(finish(claimed)).isFalse();
      park("p", "a", "s");
      assertThat(store.rollbacks().claim("node", "p", LEASE).get(0).runId())
          .isEqualTo(Optional.of(run));
    }

    @Test
    void releasedHandlersCanBeClaimedAtOnce() throws SQLException {
      completed("p", "a", "s");
      park("p", "a", "s");
      store.rollbacks().claim("node", "p", LEASE);
      assertThat(store.rollbacks().release("node")).isEqualTo(1);
      assertThat(store.rollbacks().claim("other", "p", LEASE)).hasSize(1);
    }
  }
}
