// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.DeadLetter;
import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.error.ErrorCategory;
import dev.millrace.spi.error.MillraceException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** One tenant may not fill what is everybody's. */
class TenantUsageTest {
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

    @Override
    TenantQuotas quotas() {
      return new TenantQuotas(2, 3, 1, 1_000);
    }

    private void deploy(String pipeline, String tenant) throws SQLException {
      inTransaction(
          connection -> {
            store
                .deployments()
                .deploy(
                    connection,
                    new PipelineDeployments.NewPipeline(
                        pipeline, "s.sql", "hash", "d1", tenant, "", ""),
                    PipelineDeployments.Redeployment.REPLACE);
            return null;
          });
    }

    private void letters(String pipeline, int count) throws SQLException {
      inTransaction(
          connection -> {
            store
                .deadLetters()
                .appendToPipeline(
                    connection,
                    pipeline,
                    Collections.nCopies(count, new DeadLetter("bad", "", "no number")));
            return null;
          });
    }

    private void snapshot(String pipeline, long commit, int bytes) throws SQLException {
      inTransaction(
          connection -> {
            store.snapshots().add(connection, pipeline, commit, new byte[bytes], Map.of());
            store.snapshots().prune(connection, pipeline, List.of());
            return null;
          });
    }

    private static void refused(ThrowingCallable work, String noun, String property) {
      assertThatThrownBy(work)
          .isInstanceOf(MillraceException.class)
          .hasMessageContainingAll("tenant 'a'", noun, property)
          .extracting(thrown -> ((MillraceException) thrown).category())
          .isEqualTo(ErrorCategory.RESOURCE);
    }

    @Test
    void deadLettersOfATenantAreBounded() throws SQLException {
      deploy("ofA", "a");
      deploy("ofB", "b");
      deploy("ofNobody", null);
      letters("ofA", 3);
      refused(
          () -> letters("ofA", 1), "4 open dead letters", "millrace.max-dead-letters-per-tenant");
      letters("ofB", 3);
      letters("ofNobody", 10);
      inTransaction(
          connection ->
              Sql.update(connection, "UPDATE MR_DEAD_LETTER SET STATE = 'DISCARDED' WHERE ID = 1"));
      letters("ofA", 1);
    }

    @Test
    void snapshotsOfATenantAreBounded() throws SQLException {
      deploy("ofA", "a");
      deploy("alsoOfA", "a");
      snapshot("ofA", 1, 600);
      refused(
          () -> snapshot("alsoOfA", 1, 600),
          "1,200 bytes in snapshots",
          "millrace.max-state-bytes-per-tenant");
      snapshot("alsoOfA", 1, 300);
    }

    @Test
    void aPipelineReplacesItsSnapshotsWithinTheBound() throws SQLException {
      deploy("ofA", "a");
      for (int commit = 1; commit <= 5; commit++) {
        snapshot("ofA", commit, 500);
      }
    }

    @Test
    void journalsOfATenantAreBounded() throws SQLException {
      String run = completed("i1", "A", "scope");
      inTransaction(
          connection -> {
            Sql.update(connection, "UPDATE MR_RUN SET TENANT_ID = 'a' WHERE ID = ?", run);
            try (Journal journal = Journal.open(connection, run)) {
              journal.append(CounterUndoer.effect("k", 1, 2));
            }
            store.usage().checkJournal(connection, "a", 1);
            return null;
          });
      inTransaction(
          connection -> {
            refused(
                () -> {
                  try (Journal journal = Journal.open(connection, run)) {
                    journal.append(CounterUndoer.effect("k", 2, 3));
                  }
                  store.usage().checkJournal(connection, "a", 1);
                },
                "2 changes of rows in its journals",
                "millrace.max-journal-effects-per-tenant");
            store.usage().checkJournal(connection, "a", 0);
            store.usage().checkJournal(connection, "b", 1);
            store.usage().checkJournal(connection, null, 1);
            return null;
          });
    }

    @Test
    void waitingMessagesOfATenantAreBounded() throws SQLException {
      keep("a", 2);
      refused(() -> keep("a", 1), "3 messages in the inbox", "millrace.max-inbox-per-tenant");
      keep("b", 2);
    }

    private void keep(String tenant, int count) throws SQLException {
      inTransaction(
          connection -> {
            store
                .inbox()
                .add(connection, Collections.nCopies(count, Inbox.Entry.waiting(message(tenant))));
            return null;
          });
    }

    private static NewInboxMessage message(String tenant) {
      return new NewInboxMessage(
          "paid",
          Optional.of("4711"),
          Map.of(),
          Map.of(),
          Duration.ofHours(1),
          "DISCARD",
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          Origin.ofPipeline("orders", Optional.of(tenant)));
    }
  }
}
