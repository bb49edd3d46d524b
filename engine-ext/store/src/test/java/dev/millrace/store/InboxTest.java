// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.DeadLetter;
import dev.millrace.spi.connector.Origin;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final Duration TTL = Duration.ofMinutes(1);

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

    private static NewInboxMessage message(String businessKey, Origin origin) {
      return new NewInboxMessage(
          "Paid",
          Optional.of(businessKey),
          Map.of(),
          Map.of(),
          TTL,
          "DEAD_LETTER",
          Optional.empty(),
          Optional.of("paid"),
          Map.of("id", businessKey),
          origin);
    }

    private long keep(NewInboxMessage message) throws SQLException {
      inTransaction(
          connection -> {
            store.inbox().add(connection, List.of(Inbox.Entry.waiting(message)));
            return true;
          });
      return store.inboxQuery().list(InboxQuery.Filter.all(100)).stream()
          .mapToLong(InboxMessage::id)
          .max()
          .orElseThrow();
    }

    private void expireAndRetry(long id) throws SQLException {
      inTransaction(
          connection -> {
            store.inbox().end(connection, id, InboxState.EXPIRED, null, null);
            return store.inbox().retry(connection, List.of(id));
          });
    }

    @Test
    void messagesAreCountedBySenderAndThoseOfAForgottenRunThatNobodyNeedsGoWithIt()
        throws SQLException {
      String run = completed("instance", "Tell", "scope");
      Origin task =
          Origin.ofRun(run, new Origin.Task("tell", "instance", "Tell"), Optional.of("a"));
      long delivered = keep(message("k1", task));
      long waiting = keep(message("k2", task));
      keep(message("k3", Origin.ofPipeline("p", Optional.empty())));
      InboxQuery.Sender sender = InboxQuery.Sender.of(task);
      InboxQuery.Sender pipeline =
          new InboxQuery.Sender(
              Optional.empty(), Optional.of("p"), Optional.empty(), Optional.empty());
      assertThat(store.inboxQuery().countBySender(InboxQuery.Filter.all(1), true))
          .isEqualTo(Map.of(sender, 2L, pipeline, 1L));
      assertThat(
              store
                  .inboxQuery()
                  .countBySender(InboxQuery.Filter.all(1).in(InboxState.BUFFERED), false))
          .isEqualTo(Map.of(sender.ofAllInstances(), 2L, pipeline, 1L));
      assertThat(store.inboxQuery().find(waiting).orElseThrow().origin()).isEqualTo(task);
      inTransaction(
          connection -> {
            store.inbox().end(connection, delivered, InboxState.DELIVERED, "other", null);
            return store.retention().forget(connection, "instance");
          });
      assertThat(store.inboxQuery().list(InboxQuery.Filter.all(9)))
          .extracting(InboxMessage::id)
          .doesNotContain(delivered)
          .hasSize(2)
          .contains(waiting);
    }

    @Test
    void aMessageWaitsForItsTimeToLiveEachTimeItIsRetried() throws SQLException {
      long id = keep(message("k", Origin.ofPipeline("p", Optional.empty())));
      clock.advance(Duration.ofDays(1));
      expireAndRetry(id);
      clock.advance(Duration.ofHours(1));
      expireAndRetry(id);
      clock.advance(TTL.minusSeconds(1));
      assertThat(store.inbox().expired(9)).isEmpty();
      clock.advance(Duration.ofSeconds(1));
      assertThat(store.inbox().expired(9)).containsExactly(id);
    }

    private boolean somebodyWaits() throws SQLException {
      boolean h2;
      try (Connection connection = dataSource.getConnection()) {
        h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
      }
      return inTransaction(
          connection ->
              Sql.first(
                      connection,
                      row -> row.getLong(1),
                      h2
                          ? "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS"
                              + " WHERE BLOCKER_ID IS NOT NULL"
                          : "SELECT COUNT(*) FROM pg_stat_activity"
                              + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                  .filter(waiting -> waiting > 0)
                  .isPresent());
    }

    @Test
    void aMessageWhoseLetterIsBeingReplayedDoesNotWaitAgain() throws Exception {
      long id = keep(message("k", Origin.ofPipeline("p", Optional.empty())));
      InboxMessage message = store.inboxQuery().find(id).orElseThrow();
      DeadLetter letter =
          new DeadLetter(
              DeadLetter.Side.SINK,
              "paid",
              null,
              Map.of("id", "k"),
              "k",
              message.letterPosition(),
              "expired",
              false);
      inTransaction(
          connection -> {
            store.inbox().end(connection, id, InboxState.EXPIRED, null, null);
            store.deadLetters().appendToPipeline(connection, "p", List.of(letter));
            return null;
          });
      long letterId = store.deadLetters().ofPipeline("p", 0, 9).get(0).id();
      CompletableFuture<Integer> retried;
      try (Connection replay = dataSource.getConnection()) {
        replay.setAutoCommit(false);
        store.deadLetters().end(replay, letterId, StoredDeadLetter.State.REPLAYED, "demo");
        retried =
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return inTransaction(
                        connection -> store.inbox().retry(connection, List.of(id)));
                  } catch (SQLException e) {
                    throw new CompletionException(e);
                  }
                });
        await().until(this::somebodyWaits);
        replay.commit();
      }
      assertThat(retried.get(10, TimeUnit.SECONDS)).isZero();
      assertThat(store.inboxQuery().find(id).orElseThrow().state()).isEqualTo(InboxState.EXPIRED);
    }
  }
}
