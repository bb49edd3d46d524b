// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UndoTest {
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

    @BeforeEach
    void createCounters() throws SQLException {
      inTransaction(c -> Sql.update(c, CounterUndoer.TABLE));
      inTransaction(c -> Sql.update(c, "INSERT INTO COUNTER VALUES ('a', 0), ('b', 0)"));
    }

    private int amount(String name) throws SQLException {
      return inTransaction(
          c ->
              Sql.first(c, row -> row.getInt(1), "SELECT AMOUNT FROM COUNTER WHERE NAME = ?", name)
                  .orElseThrow());
    }

    private void set(String name, int amount) throws SQLException {
      inTransaction(
          c -> Sql.update(c, "UPDATE COUNTER SET AMOUNT = ? WHERE NAME = ?", amount, name));
    }

    /** A run that counts each name up by one. */
    private String counted(String... names) throws SQLException {
      String id = queue(newRun("p", "count", "s"));
      Run run = store.runs().claim("node", 1, LEASE).get(0);
      inTransaction(
          connection -> {
            store.runs().lock(connection, run.claim());
            count(connection, id, names);
            return store.runs().complete(connection, run.claim(), METRICS);
          });
      return id;
    }

    private void count(Connection connection, String runId, String... names) throws SQLException {
      try (Journal journal = Journal.open(connection, runId)) {
        for (String name : names) {
          int before =
              Sql.first(
                      connection,
                      row -> row.getInt(1),
                      "SELECT AMOUNT FROM COUNTER WHERE NAME = ? FOR UPDATE",
                      name)
                  .orElseThrow();
          Sql.update(connection, "UPDATE COUNTER SET AMOUNT = AMOUNT + 1 WHERE NAME = ?", name);
          journal.append(CounterUndoer.effect(name, before, before + 1));
        }
      }
    }

    @Test
    void effectsAreUndoneNewestFirst() throws SQLException {
      String run = counted("a", "a", "b");
      UndoReport report = store.undo().undo(run, ConflictPolicy.FAIL);
      assertThat(report).isEqualTo(new UndoReport(run, 3, List.of(), List.of()));
      assertThat(amount("a")).isZero();
      assertThat(amount("b")).isZero();
      assertThat(stateOf(run)).isEqualTo(RunState.UNDONE);
      assertThat(store.undo().effects(run, 10))
          .hasSize(3)
          .allMatch(effect -> effect.state() == JournaledEffect.State.UNDONE)
          .allMatch(effect -> effect.undoneAt().isPresent());
    }

    @Test
    void undoIsNeverDoneTwice() throws SQLException {
      String run = counted("a");
      store.undo().undo(run, ConflictPolicy.FAIL);
      set("a", 1);
      assertThat(store.undo().undo(run, ConflictPolicy.FORCE).undone()).isZero();
      assertThat(amount("a")).isEqualTo(1);
    }

    @Test
    void rolledBackUndoCanBeDoneAgain() throws SQLException {
      String run = counted("a");
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        assertThat(store.undo().undo(connection, run, ConflictPolicy.FAIL).undone()).isEqualTo(1);
        connection.rollback();
      }
      assertThat(amount("a")).isEqualTo(1);
      assertThat(stateOf(run)).isEqualTo(RunState.COMPLETED);
      assertThat(store.undo().undo(run, ConflictPolicy.FAIL).undone()).isEqualTo(1);
    }

    @Test
    void conflictChangesNothingAndListsAllRows() throws SQLException {
      String run = counted("a", "b", "a");
      set("a", 7);
      UndoReport report = store.undo().undo(run, ConflictPolicy.FAIL);
      assertThat(report.isClean()).isFalse();
      assertThat(report.undone()).isZero();
      assertThat(report.conflicts().get(0)).isEqualTo("a: expected 2, found 7");
      assertThat(amount("a")).isEqualTo(7);
      assertThat(amount("b")).isEqualTo(1);
      assertThat(stateOf(run)).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void skipLeavesConflictsAndSaysSo() throws SQLException {
      String run = counted("a", "b");
      set("a", 7);
      UndoReport report = store.undo().undo(run, ConflictPolicy.SKIP);
      assertThat(report.undone()).isEqualTo(1);
      assertThat(report.skipped()).containsExactly("a: expected 1, found 7");
      assertThat(amount("a")).isEqualTo(7);
      assertThat(amount("b")).isZero();
      assertThat(store.undo().effects(run, 1).get(0).note()).contains("a: expected 1, found 7");
    }

    @Test
    void forcePutsTheBeforeImageBack() throws SQLException {
      String run = counted("a");
      set("a", 7);
      assertThat(store.undo().undo(run, ConflictPolicy.FORCE).undone()).isEqualTo(1);
      assertThat(amount("a")).isZero();
    }

    @Test
    void previewTellsAndChangesNothing() throws SQLException {
      String run = counted("a", "b");
      assertThat(store.undo().preview(run)).isEqualTo(new UndoReport(run, 2, List.of(), List.of()));
      assertThat(amount("a")).isEqualTo(1);
      set("b", 5);
      assertThat(store.undo().preview(run).conflicts()).hasSize(1);
      assertThat(stateOf(run)).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void longJournalsAreUndoneInPages() throws SQLException {
      String[] names = new String[1_234];
      Arrays.fill(names, "a");
      String run = counted(names);
      assertThat(store.undo().undo(run, ConflictPolicy.FAIL).undone()).isEqualTo(1_234);
      assertThat(amount("a")).isZero();
    }

    @Test
    void effectsNobodyCanUndoAreConflicts() throws SQLException {
      String id = queue(newRun("p", "a", "s"));
      Run run = store.runs().claim("node", 1, LEASE).get(0);
      Effect mail =
          new Effect(
              "mail",
              "smtp",
              "inbox",
              Map.of("to", "x"),
              Optional.empty(),
              Optional.empty(),
              Set.of(),
              Map.of());
      inTransaction(
          connection -> {
            try (Journal journal = Journal.open(connection, id)) {
              journal.append(mail);
            }
            return store.runs().complete(connection, run.claim(), METRICS);
          });
      assertThat(store.undo().undo(id, ConflictPolicy.FAIL).conflicts().get(0)).contains("'mail'");
      assertThat(store.undo().undo(id, ConflictPolicy.SKIP).skipped()).hasSize(1);
    }

    @Test
    void forgottenInstanceLeavesOnlyUnfinishedRuns() throws SQLException {
      String ended = counted("a", "b");
      String waiting = queue(newRun("p", "count", "s"));
      int forgotten = inTransaction(c -> store.retention().forget(c, "p"));
      assertThat(forgotten).isEqualTo(1);
      assertThat(store.runQuery().ofProcessInstance("p"))
          .extracting(Run::id)
          .containsExactly(waiting);
      assertThat(store.undo().effects(ended, 10)).isEmpty();
    }

    @Test
    void unfinishedRunsAreNotUndone() throws SQLException {
      String id = queue(newRun("p", "a", "s"));
      assertThatThrownBy(() -> store.undo().undo(id, ConflictPolicy.FAIL))
          .hasMessageContaining("QUEUED");
      assertThatThrownBy(() -> store.undo().undo("none", ConflictPolicy.FAIL))
          .hasMessageContaining("no run none");
    }
  }
}
