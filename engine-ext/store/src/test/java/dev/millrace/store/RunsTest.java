// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.spi.error.ErrorCategory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RunsTest {
  private static final RunFailure FAILURE =
      new RunFailure(ErrorCategory.CONNECTOR, "MR-JDBC-001", "no answer");

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

    @Test
    void runIsQueuedClaimedAndCompleted() throws SQLException {
      String id = queue(newRun("p", "a", "s"));
      assertThat(stateOf(id)).isEqualTo(RunState.QUEUED);

      Run claimed = store.runs().claim("node-1", 8, LEASE).get(0);
      assertThat(claimed.id()).isEqualTo(id);
      assertThat(claimed.state()).isEqualTo(RunState.RUNNING);
      assertThat(claimed.owner()).contains("node-1");
      assertThat(claimed.epoch()).isEqualTo(1);
      assertThat(claimed.origin()).isEqualTo(newRun("p", "a", "s"));

      boolean completed =
          inTransaction(
              connection ->
                  store.runs().lock(connection, claimed.claim())
                      && store.runs().complete(connection, claimed.claim(), METRICS));
      assertThat(completed).isTrue();
      Run after = store.runQuery().find(id).orElseThrow();
      assertThat(after.state()).isEqualTo(RunState.COMPLETED);
      assertThat(after.metrics().rowsIn()).isEqualTo(5);
      assertThat(after.metrics().dead()).isEqualTo(2);
      assertThat(after.owner()).isEmpty();
      assertThat(after.commitSequence()).isPresent();
      assertThat(store.runQuery().countByState()).isEqualTo(Map.of(RunState.COMPLETED, 1L));
      assertThat(store.runQuery().totals()).isEqualTo(new RunQuery.Totals(1, 5, 4, 3, 2));
    }

    @Test
    void uncommittedRunIsNotSeen() throws SQLException {
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        store.runs().insert(connection, newRun("p", "a", "s"));
        assertThat(store.runs().claim("node-1", 8, LEASE)).isEmpty();
        connection.rollback();
      }
      assertThat(store.runs().claim("node-1", 8, LEASE)).isEmpty();
    }

    @Test
    void deadNodeLosesItsRunAndCannotCommitIt() throws SQLException {
      queue(newRun("p", "a", "s"));
      Claim first = store.runs().claim("node-1", 8, LEASE).get(0).claim();
      assertThat(store.runs().claim("node-2", 8, LEASE)).isEmpty();

      clock.advance(LEASE.plusMillis(1));
      Claim second = store.runs().claim("node-2", 8, LEASE).get(0).claim();

      assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
      assertThat(holds(c -> store.runs().lock(c, first))).isFalse();
      assertThat(holds(c -> store.runs().complete(c, first, METRICS))).isFalse();
      assertThat(store.runs().fail(first, FAILURE, new AfterFailure.Incident())).isFalse();
      assertThat(store.runs().renew("node-1", List.of(first), LEASE)).isEmpty();
      assertThat(holds(c -> store.runs().lock(c, second))).isTrue();
    }

    @Test
    void renewedLeaseHolds() throws SQLException {
      queue(newRun("p", "a", "s"));
      Claim claim = store.runs().claim("node-1", 8, LEASE).get(0).claim();
      clock.advance(LEASE.minusSeconds(1));
      assertThat(store.runs().renew("node-1", List.of(claim), LEASE)).containsExactly(claim);
      clock.advance(LEASE.minusSeconds(1));
      assertThat(store.runs().claim("node-2", 8, LEASE)).isEmpty();
    }

    @Test
    void aClockSetBackByAnHourHoldsNothingUp() throws SQLException {
      queue(newRun("p", "a", "s"));
      queue(newRun("p", "b", "s"));
      List<Run> claimed = store.runs().claim("node-1", 8, LEASE);
      store
          .runs()
          .fail(claimed.get(1).claim(), FAILURE, new AfterFailure.Retry(Duration.ofSeconds(10)));
      clock.advance(Duration.ofHours(-1));
      assertThat(store.runs().claim("node-2", 8, LEASE)).hasSize(2);
      assertThat(holds(c -> store.runs().lock(c, claimed.get(0).claim()))).isFalse();
    }

    @Test
    void releasedRunsCanBeClaimedAtOnce() throws SQLException {
      queue(newRun("p", "a", "s"));
      Claim claim = store.runs().claim("node-1", 8, LEASE).get(0).claim();
      assertThat(store.runs().release("node-1")).isEqualTo(1);
      assertThat(holds(c -> store.runs().lock(c, claim))).isFalse();
      assertThat(store.runs().claim("node-2", 8, LEASE)).hasSize(1);
    }

    @Test
    void failedRunIsRetriedWhenDue() throws SQLException {
      String id = queue(newRun("p", "a", "s"));
      Claim claim = store.runs().claim("node-1", 8, LEASE).get(0).claim();
      store.runs().fail(claim, FAILURE, new AfterFailure.Retry(Duration.ofSeconds(10)));

      Run failed = store.runQuery().find(id).orElseThrow();
      assertThat(failed.state()).isEqualTo(RunState.QUEUED);
      assertThat(failed.attempts()).isEqualTo(1);
      assertThat(failed.failure()).contains(FAILURE);
      assertThat(store.runs().claim("node-1", 8, LEASE)).isEmpty();
      clock.advance(Duration.ofSeconds(10));
      assertThat(store.runs().claim("node-1", 8, LEASE)).hasSize(1);
    }

    @Test
    void incidentIsRequeued() throws SQLException {
      String id = queue(newRun("p", "a", "s"));
      Claim claim = store.runs().claim("node-1", 8, LEASE).get(0).claim();
      store.runs().fail(claim, FAILURE, new AfterFailure.Incident());
      assertThat(store.runs().claim("node-1", 8, LEASE)).isEmpty();

      assertThat(holds(c -> store.runs().requeue(c, id))).isTrue();
      assertThat(holds(c -> store.runs().requeue(c, id))).isFalse();
      assertThat(store.runs().claim("node-1", 8, LEASE).get(0).attempts()).isZero();
    }

    @Test
    void finallyFailedRunHasEnded() throws SQLException {
      String id = queue(newRun("p", "a", "s"));
      Claim claim = store.runs().claim("node-1", 8, LEASE).get(0).claim();
      store.runs().fail(claim, FAILURE, new AfterFailure.Final());
      assertThat(stateOf(id)).isEqualTo(RunState.FAILED);
      clock.advance(LEASE.multipliedBy(2));
      assertThat(store.runs().claim("node-1", 8, LEASE)).isEmpty();
    }

    @Test
    void cancelledRunCannotCommit() throws SQLException {
      String id = queue(newRun("p", "a", "s"));
      Claim claim = store.runs().claim("node-1", 8, LEASE).get(0).claim();
      List<Run> cancelled =
          inTransaction(c -> store.runs().cancelActivityInstance(c, "a-instance"));
      assertThat(cancelled).extracting(Run::id).containsExactly(id);
      assertThat(stateOf(id)).isEqualTo(RunState.CANCELLED);
      assertThat(holds(c -> store.runs().lock(c, claim))).isFalse();
      assertThat(store.runs().renew("node-1", List.of(claim), LEASE)).isEmpty();
    }

    @Test
    void completedRunIsNotCancelled() throws SQLException {
      String id = completed("p", "a", "s");
      List<Run> cancelled = inTransaction(c -> store.runs().cancelExecution(c, "execution-a"));
      assertThat(cancelled).isEmpty();
      assertThat(stateOf(id)).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void higherPriorityIsClaimedFirst() throws SQLException {
      queue(newRun("p", "low", "s"));
      NewRun normal = newRun("p", "high", "s");
      String high =
          queue(
              new NewRun(
                  normal.script(),
                  null,
                  "p",
                  "p",
                  "d",
                  "e",
                  "high",
                  "high-instance",
                  "s",
                  "tenant",
                  null,
                  7));
      assertThat(store.runs().claim("node-1", 1, LEASE)).extracting(Run::id).containsExactly(high);
    }

    private NewRun ofTenant(String activity, String tenant, long priority) {
      return new NewRun(
          "s.sql", null, "p", "p", "d", "e", activity, activity, "s", tenant, null, priority);
    }

    @Test
    void runsOfATenantBeyondItsLimitWaitAndAreOvertaken() throws SQLException {
      for (int i = 0; i < 50; i++) {
        queue(ofTenant("a" + i, "greedy", 7));
      }
      queue(ofTenant("b", "modest", 0));
      queue(ofTenant("c", null, 0));
      List<Run> first = store.runs().claim("node-1", 9, LEASE, 2);
      assertThat(first)
          .extracting(run -> run.origin().tenantId())
          .containsOnly("greedy")
          .hasSize(2);
      assertThat(store.runs().claim("node-2", 9, LEASE, 2))
          .extracting(run -> run.origin().activityId())
          .containsExactlyInAnyOrder("b", "c");
      assertThat(store.runs().claim("node-2", 9, LEASE, 2)).isEmpty();
      Claim done = first.get(0).claim();
      inTransaction(c -> store.runs().complete(c, done, METRICS));
      assertThat(store.runs().claim("node-2", 9, LEASE, 2))
          .singleElement()
          .satisfies(run -> assertThat(run.origin().tenantId()).isEqualTo("greedy"));
    }

    @Test
    void runIsFoundByWhatTheEngineKnows() throws SQLException {
      String id = queue(newRun("p", "a", "s"));
      Optional<Run> found = inTransaction(c -> RunQuery.findByActivityInstance(c, "a-instance"));
      assertThat(found.orElseThrow().id()).isEqualTo(id);
      found = inTransaction(c -> RunQuery.findByExecution(c, "execution-a"));
      assertThat(found).isPresent();
      found = inTransaction(c -> RunQuery.findByExecution(c, "other"));
      assertThat(found).isEmpty();
      assertThat(store.runQuery().ofProcessInstance("p")).hasSize(1);
      assertThat(store.runQuery().ofRootProcessInstance("p")).hasSize(1);
      assertThat(store.runQuery().inState(RunState.QUEUED, 10)).hasSize(1);
    }

    @Test
    void fourNodesClaimEachRunOnce() throws Exception {
      int runs = 60;
      for (int i = 0; i < runs; i++) {
        queue(newRun("p" + i, "a", "s"));
      }
      ExecutorService nodes = Executors.newFixedThreadPool(4);
      try {
        List<Future<List<String>>> claims = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
          String owner = "node-" + n;
          claims.add(nodes.submit(() -> claimUntilDry(owner)));
        }
        List<String> all = new ArrayList<>();
        for (Future<List<String>> claim : claims) {
          all.addAll(claim.get());
        }
        assertThat(all).doesNotHaveDuplicates();
        all.addAll(claimUntilDry("last"));
        assertThat(all).hasSize(runs).doesNotHaveDuplicates();
      } finally {
        nodes.shutdownNow();
      }
    }

    private List<String> claimUntilDry(String owner) throws SQLException {
      List<String> mine = new ArrayList<>();
      List<Run> claimed = store.runs().claim(owner, 3, LEASE);
      while (!claimed.isEmpty()) {
        claimed.forEach(run -> mine.add(run.id()));
        claimed = store.runs().claim(owner, 3, LEASE);
      }
      return mine;
    }
  }
}
