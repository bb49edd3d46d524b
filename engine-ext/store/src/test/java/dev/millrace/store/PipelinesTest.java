// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.DeadLetter;
import dev.millrace.engine.PipelineProgress;
import dev.millrace.engine.RunMetrics;
import dev.millrace.spi.error.ErrorCategory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PipelinesTest {
  private static final RunFailure FAILURE =
      new RunFailure(ErrorCategory.CONNECTOR, "MR-JDBC-050", "no answer");

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

    private void deploy(String hash) throws SQLException {
      inTransaction(
          connection -> {
            store
                .deployments()
                .deploy(
                    connection,
                    new PipelineDeployments.NewPipeline(
                        "orders", "orders.sql", hash, "d1", null, "", ""),
                    PipelineDeployments.Redeployment.REPLACE);
            return null;
          });
    }

    private void advance(Claim claim, Map<String, String> positions) throws SQLException {
      inTransaction(
          connection -> {
            assertThat(store.pipelines().lock(connection, claim)).isTrue();
            store.pipelines().advance(connection, claim, positions, METRICS);
            return null;
          });
    }

    @Test
    void positionsAdvanceWithTheirCommits() throws SQLException {
      deploy("1");
      Claim claim = store.pipelines().claim("node", 9, LEASE).get(0).claim();
      assertThat(store.pipelines().claim("other", 9, LEASE)).isEmpty();
      advance(claim, Map.of("orders", "7", "items", "x"));
      advance(claim, Map.of("orders", "9"));
      assertThat(store.positions().of("orders")).isEqualTo(Map.of("items", "x", "orders", "9"));
      Pipeline pipeline = store.pipelines().find("orders").orElseThrow();
      assertThat(pipeline.totals()).isEqualTo(new Pipeline.Totals(10, 8, 6, 4, 2));
      assertThat(pipeline.committedAt()).isPresent();
    }

    @Test
    void redeployTakesThePipelineFromItsNodeAndKeepsPositions() throws SQLException {
      deploy("1");
      Claim old = store.pipelines().claim("node", 9, LEASE).get(0).claim();
      advance(old, Map.of("orders", "7"));
      deploy("2");
      assertThat(holds(c -> store.pipelines().lock(c, old))).isFalse();
      assertThat(store.pipelines().renew("node", List.of(old), LEASE)).isEmpty();
      Pipeline taken = store.pipelines().claim("other", 9, LEASE).get(0);
      assertThat(taken.scriptHash()).isEqualTo("2");
      assertThat(store.positions().of("orders")).containsEntry("orders", "7");
      assertThat(store.pipelines().list()).hasSize(1);
    }

    @Test
    void positionsGoOnUnderOtherNamesOrGo() throws SQLException {
      deploy("1");
      Claim claim = store.pipelines().claim("node", 9, LEASE).get(0).claim();
      Map<String, String> positions = Map.of("a", "1", "b", "2", "c", "3");
      advance(claim, positions);
      store.snapshots().save(claim, 1, new byte[] {1}, positions, List.of());
      inTransaction(
          connection -> {
            Positions.keep(connection, "orders", Map.of("a", "b", "b", "a"));
            return null;
          });
      assertThat(store.positions().of("orders")).isEqualTo(Map.of("a", "2", "b", "1"));
      List<String> readAgain =
          inTransaction(connection -> Snapshots.positioned(connection, "orders"));
      assertThat(readAgain).isEmpty();
    }

    @Test
    void pausedPipelineStopsAndGoesOn() throws SQLException {
      deploy("1");
      Claim claim = store.pipelines().claim("node", 9, LEASE).get(0).claim();
      assertThat(holds(c -> store.wishes().setState(c, "orders", PipelineState.PAUSED))).isTrue();
      assertThat(holds(c -> store.pipelines().lock(c, claim))).isFalse();
      assertThat(store.pipelines().claim("node", 9, LEASE)).isEmpty();
      deploy("2");
      assertThat(store.pipelines().claim("node", 9, LEASE)).isEmpty();
      holds(c -> store.wishes().setState(c, "orders", PipelineState.RUNNING));
      assertThat(store.pipelines().claim("node", 9, LEASE)).hasSize(1);
    }

    @Test
    void failedPipelineIsRetriedAndThenWaits() throws SQLException {
      deploy("1");
      Claim first = store.pipelines().claim("node", 9, LEASE).get(0).claim();
      store.pipelines().fail(first, FAILURE, new AfterFailure.Retry(Duration.ofSeconds(5)));
      assertThat(store.pipelines().claim("node", 9, LEASE)).isEmpty();
      clock.advance(Duration.ofSeconds(5));
      Pipeline again = store.pipelines().claim("node", 9, LEASE).get(0);
      assertThat(again.attempts()).isEqualTo(1);
      assertThat(again.failure()).contains(FAILURE);
      assertThat(store.pipelines().fail(first, FAILURE, new AfterFailure.Incident())).isFalse();
      store.pipelines().fail(again.claim(), FAILURE, new AfterFailure.Incident());
      assertThat(store.pipelines().find("orders").orElseThrow().state())
          .isEqualTo(PipelineState.INCIDENT);
      clock.advance(LEASE.multipliedBy(2));
      assertThat(store.pipelines().claim("node", 9, LEASE)).isEmpty();
    }

    @Test
    void deadNodeLosesItsPipeline() throws SQLException {
      deploy("1");
      Claim lost = store.pipelines().claim("node", 9, LEASE).get(0).claim();
      clock.advance(LEASE.plusMillis(1));
      assertThat(store.pipelines().claim("other", 9, LEASE)).hasSize(1);
      assertThat(holds(c -> store.pipelines().lock(c, lost))).isFalse();
    }

    private int tell(Claim claim, long rowsIn) throws SQLException {
      RunMetrics metrics = new RunMetrics(rowsIn, 0, 0, 0, Long.MIN_VALUE, 0);
      return store
          .progress()
          .tell(
              Map.of(claim, new PipelineProgress(metrics, List.of(), List.of(), Optional.empty())));
    }

    private Optional<Long> told() throws SQLException {
      return store.progress().of("orders").map(told -> told.progress().metrics().rowsIn());
    }

    @Test
    void whatADeadNodeToldIsNotShownForItsSuccessor() throws SQLException {
      deploy("1");
      Claim lost = store.pipelines().claim("node", 9, LEASE).get(0).claim();
      assertThat(tell(lost, 7)).isEqualTo(1);
      assertThat(told()).contains(7L);
      clock.advance(LEASE.plusMillis(1));
      Claim taken = store.pipelines().claim("other", 9, LEASE).get(0).claim();
      assertThat(told()).isEmpty();
      assertThat(tell(lost, 8)).isZero();
      assertThat(told()).isEmpty();
      assertThat(tell(taken, 9)).isEqualTo(1);
      assertThat(told()).contains(9L);
    }

    @Test
    void whatATransactionHoldsIsToldAnotherTimeAndNotWaitedFor() throws SQLException {
      deploy("1");
      Claim claim = store.pipelines().claim("node", 9, LEASE).get(0).claim();
      int told =
          inTransaction(
              connection -> {
                assertThat(store.pipelines().lock(connection, claim)).isTrue();
                return tell(claim, 7);
              });
      assertThat(told).isZero();
      assertThat(tell(claim, 7)).isEqualTo(1);
    }

    @Test
    void deadNodesOfAPipelineAreCountedUntilItCommits() throws SQLException {
      deploy("1");
      assertThat(store.pipelines().claim("node", 9, LEASE).get(0).takeovers()).isZero();
      clock.advance(LEASE.plusMillis(1));
      assertThat(store.pipelines().claim("other", 9, LEASE).get(0).takeovers()).isEqualTo(1);
      assertThat(store.pipelines().releaseDead("other")).isEqualTo(1);
      Pipeline again = store.pipelines().claim("other", 9, LEASE).get(0);
      assertThat(again.takeovers()).isEqualTo(2);
      store.pipelines().release("other");
      Pipeline given = store.pipelines().claim("node", 9, LEASE).get(0);
      assertThat(given.takeovers()).isEqualTo(2);
      advance(given.claim(), Map.of("orders", "7"));
      assertThat(store.pipelines().find("orders").orElseThrow().takeovers()).isZero();
    }

    @Test
    void deadLettersAreKeptInOrder() throws SQLException {
      DeadLetters letters = store.deadLetters();
      inTransaction(
          connection -> {
            letters.appendToRun(
                connection,
                "r",
                List.of(
                    new DeadLetter("a,b", "orders.csv:1", "no number"),
                    new DeadLetter("\u0000,c", "x".repeat(5_000), "y".repeat(5_000))));
            letters.appendToPipeline(connection, "p", List.of(new DeadLetter("z", "", "too late")));
            return null;
          });
      List<StoredDeadLetter> ofRun = letters.ofRun("r", 0, 10);
      assertThat(ofRun)
          .extracting(letter -> letter.letter().record())
          .containsExactly("a,b", "\uFFFD,c");
      assertThat(letters.ofRun("r", ofRun.get(0).id(), 10)).hasSize(1);
      assertThat(letters.countOfRun("r")).isEqualTo(2);
      assertThat(letters.countOfPipeline("p")).isEqualTo(1);
      assertThat(letters.ofPipeline("p", 0, 10).get(0).letter())
          .isEqualTo(new DeadLetter("z", "", "too late"));
      assertThat(letters.count()).isEqualTo(3);
    }
  }
}
