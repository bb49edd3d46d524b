// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.DeadLetter;
import dev.millrace.spi.outbox.Intent;
import dev.millrace.spi.outbox.OutboxRecord;
import dev.millrace.spi.outbox.OutboxTarget;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OutboxesTest {
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
    private static final OutboxTarget MAIN = new OutboxTarget("kafka", "main");
    private static final OutboxTarget OTHER = new OutboxTarget("kafka", "other");

    Cases(TestDatabase database) {
      super(database);
    }

    private static OutboxRecord record(String value) {
      return new OutboxRecord("orders", "topic", null, bytes(value), new byte[] {1});
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    private void commit(OutboxTarget target, String... values) throws SQLException {
      inTransaction(connection -> append(connection, target, values));
    }

    private boolean append(Connection connection, OutboxTarget target, String... values)
        throws SQLException {
      PendingOutbox outbox = store.outboxes().ofPipeline(connection, "p", 10);
      for (String value : values) {
        outbox.append(target, record(value));
      }
      return outbox.flush();
    }

    private List<String> waiting(OutboxTarget target, long after) throws SQLException {
      return store.outboxes().read(target.toString(), after, 100, 1 << 20).stream()
          .map(Cases::text)
          .toList();
    }

    private static String text(Intent intent) {
      return intent.sequence()
          + new String(intent.record().payload(), StandardCharsets.UTF_8)
          + intent.record().destination();
    }

    @Test
    void recordsAreNumberedInTheOrderOfCommitsAndByTarget() throws SQLException {
      commit(MAIN, "a", "b");
      commit(OTHER, "x");
      commit(MAIN, "c");
      assertThat(waiting(MAIN, 0)).containsExactly("1atopic", "2btopic", "3ctopic");
      assertThat(waiting(MAIN, 2)).containsExactly("3ctopic");
      assertThat(waiting(OTHER, 0)).containsExactly("1xtopic");
    }

    @Test
    void whatIsRolledBackIsNotSentAndLeavesNoGap() throws SQLException {
      commit(MAIN, "a");
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        assertThat(append(connection, MAIN, "lost")).isTrue();
        connection.rollback();
      }
      commit(MAIN, "b");
      assertThat(waiting(MAIN, 0)).containsExactly("1atopic", "2btopic");
    }

    @Test
    void aTransactionThatSendsNothingWritesNothing() throws SQLException {
      assertThat(holds(connection -> append(connection, MAIN))).isFalse();
      assertThat(store.outboxes().targets()).isEmpty();
    }

    @Test
    void readingStopsAtItsBoundOfBytes() throws SQLException {
      commit(MAIN, "aaaa", "bbbb", "cccc");
      assertThat(store.outboxes().read(MAIN.toString(), 0, 100, 6)).hasSize(2);
      assertThat(store.outboxes().read(MAIN.toString(), 0, 1, 1 << 20)).hasSize(1);
    }

    @Test
    void moreThanTheLimitMustNotWait() throws SQLException {
      commit(MAIN, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
      assertThatThrownBy(() -> commit(MAIN, "11")).hasMessageContaining("10 records wait");
      OutboxTargetState claimed = store.outboxes().claim("node", 9, LEASE).get(0);
      assertThat(store.outboxes().published(claimed.claim(), 5)).isTrue();
      commit(MAIN, "11");
      assertThat(store.outboxes().find(MAIN.toString()).orElseThrow().pending()).isEqualTo(6);
    }

    @Test
    void oneNodeAtATimeSendsAndWhatItSentIsForgotten() throws SQLException {
      commit(MAIN, "a", "b");
      OutboxTargetState first = store.outboxes().claim("one", 9, LEASE).get(0);
      assertThat(store.outboxes().claim("two", 9, LEASE)).isEmpty();
      assertThat(store.outboxes().renew("one", List.of(first.claim()), LEASE))
          .isEqualTo(Set.of(first.claim()));
      clock.advance(LEASE.plusSeconds(1));
      OutboxTargetState second = store.outboxes().claim("two", 9, LEASE).get(0);
      assertThat(second.takeovers()).isEqualTo(1);
      assertThat(second.outboxId()).isEqualTo(first.outboxId());
      assertThat(store.outboxes().holds(first.claim())).isFalse();
      assertThat(store.outboxes().published(first.claim(), 2)).isFalse();
      assertThat(waiting(MAIN, 0)).hasSize(2);
      assertThat(store.outboxes().published(second.claim(), 1)).isTrue();
      assertThat(waiting(MAIN, 0)).containsExactly("2btopic");
      assertThat(store.outboxes().published(second.claim(), 2)).isTrue();
      store.outboxes().release(second.claim());
      assertThat(store.outboxes().claim("one", 9, LEASE)).isEmpty();
    }

    @Test
    void aTargetThatFailedIsDueAgainLater() throws SQLException {
      commit(MAIN, "a");
      OutboxTargetState claimed = store.outboxes().claim("one", 9, LEASE).get(0);
      store.outboxes().fail(claimed.claim(), "no answer", Duration.ofSeconds(5));
      assertThat(store.outboxes().claim("one", 9, LEASE)).isEmpty();
      assertThat(store.outboxes().targets().get(0))
          .satisfies(
              target -> {
                assertThat(target.error()).contains("no answer");
                assertThat(target.attempts()).isEqualTo(1);
              });
      clock.advance(Duration.ofSeconds(6));
      assertThat(store.outboxes().claim("one", 9, LEASE)).hasSize(1);
    }

    @Test
    void aLeaseOfADeadNodeMadeBeforeTheClockWasSetBackDoesNotCount() throws SQLException {
      commit(MAIN, "a");
      store.outboxes().claim("dead", 9, LEASE);
      clock.advance(Duration.ofHours(-1));
      assertThat(store.outboxes().claim("one", 9, LEASE)).hasSize(1);
    }

    @Test
    void aRetryPutOffBeforeTheClockWasSetBackIsDueAtOnce() throws SQLException {
      commit(MAIN, "a");
      OutboxTargetState claimed = store.outboxes().claim("one", 9, LEASE).get(0);
      store.outboxes().fail(claimed.claim(), "no answer", Duration.ofSeconds(5));
      clock.advance(Duration.ofHours(-1));
      assertThat(store.outboxes().claim("one", 9, LEASE)).hasSize(1);
    }

    @Test
    void aRefusedRecordIsKeptAsItWasToBeSentUnlessItIsHuge() throws SQLException {
      OutboxRecord small =
          new OutboxRecord("orders", "topic", bytes("key"), bytes("small"), new byte[] {1, 2});
      OutboxRecord tombstone =
          new OutboxRecord("orders", "topic", bytes("key"), null, new byte[] {1, 2});
      OutboxRecord huge =
          new OutboxRecord("orders", "topic", null, new byte[2 << 20], new byte[] {1});
      for (OutboxRecord record : List.of(small, tombstone, huge)) {
        inTransaction(
            connection -> {
              store
                  .deadLetters()
                  .appendLate(
                      connection,
                      new LetterAuthor(Optional.empty(), Optional.of("p")),
                      letter(record),
                      Optional.of(new RefusedRecord(MAIN, record)));
              return true;
            });
      }
      List<StoredDeadLetter> stored = store.deadLetters().ofPipeline("p", 0, 9);
      assertThat(stored)
          .extracting(StoredDeadLetter::isReplayable)
          .containsExactly(true, true, false);
      assertThat(stored.get(0).refused().orElseThrow())
          .usingRecursiveComparison()
          .isEqualTo(new RefusedRecord(MAIN, small));
      assertThat(stored.get(1).refused().orElseThrow())
          .usingRecursiveComparison()
          .isEqualTo(new RefusedRecord(MAIN, tombstone));
    }

    private static DeadLetter letter(OutboxRecord record) {
      return new DeadLetter(
          DeadLetter.Side.SINK,
          record.table(),
          record.payload(),
          Map.of(),
          "text",
          "",
          "refused",
          false);
    }

    @Test
    void aRefusedRecordIsTakenOutAndNamesItsAuthor() throws SQLException {
      commit(MAIN, "a", "b");
      Claim claim = store.outboxes().claim("one", 9, LEASE).get(0).claim();
      assertThat(store.outboxes().author(MAIN.toString(), 1).orElseThrow().pipeline())
          .contains("p");
      assertThat(holds(connection -> store.outboxes().takeOut(connection, claim, 1))).isTrue();
      assertThat(holds(connection -> store.outboxes().takeOut(connection, claim, 1))).isFalse();
      assertThat(waiting(MAIN, 0)).containsExactly("2btopic");
    }
  }
}
