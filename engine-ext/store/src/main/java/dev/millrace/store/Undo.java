// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.Effect;
import dev.millrace.spi.effect.EffectUndoer;
import dev.millrace.spi.effect.UndoOutcome;
import dev.millrace.spi.fault.FaultPoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Takes back the effects of a run, newest first.
 *
 * <p>What is undone is marked so in the same transaction: a crash leaves either both or neither,
 * and the next attempt goes on with what is left. Under {@link ConflictPolicy#FAIL} a conflict
 * takes the whole attempt back, and all conflicts are reported. A preview is an undo that is rolled
 * back: it tells exactly what an undo would do at that moment.
 */
public final class Undo {
  private static final int PAGE_SIZE = 500;

  private final Transactions transactions;
  private final StoreClock clock;
  private final Map<String, EffectUndoer> undoers;

  Undo(Transactions transactions, StoreClock clock, Collection<EffectUndoer> undoers) {
    this.transactions = transactions;
    this.clock = clock;
    this.undoers =
        undoers.stream()
            .collect(Collectors.toUnmodifiableMap(EffectUndoer::connector, undoer -> undoer));
  }

  /** What undoing a run would do now. Locks its rows for that moment. */
  public UndoReport preview(String runId) throws SQLException {
    return transactions.rollBack(connection -> undo(connection, runId, ConflictPolicy.FAIL));
  }

  /** What undoing these runs, one after the other, would do now. */
  public List<UndoReport> preview(List<String> runIds) throws SQLException {
    return transactions.rollBack(connection -> undoEach(connection, runIds, ConflictPolicy.FAIL));
  }

  /**
   * Undoes these runs one after the other, or none of them.
   *
   * @return one report a run; if one has conflicts, nothing was changed
   */
  public List<UndoReport> undoAll(List<String> runIds, ConflictPolicy policy) throws SQLException {
    return transactions.commit(
        connection -> {
          Savepoint start = connection.setSavepoint();
          List<UndoReport> reports = undoEach(connection, runIds, policy);
          if (!reports.stream().allMatch(UndoReport::isClean)) {
            connection.rollback(start);
          }
          return reports;
        });
  }

  private List<UndoReport> undoEach(
      Connection connection, List<String> runIds, ConflictPolicy policy) throws SQLException {
    List<UndoReport> reports = new ArrayList<>();
    for (String runId : runIds) {
      reports.add(undo(connection, runId, policy));
    }
    return reports;
  }

  /** As {@link #undo(Connection, String, ConflictPolicy)}, in a transaction of its own. */
  public UndoReport undo(String runId, ConflictPolicy policy) throws SQLException {
    return transactions.commit(connection -> undo(connection, runId, policy));
  }

  /**
   * Undoes a run that has ended; one that is undone already is left alone.
   *
   * @return with conflicts only under {@link ConflictPolicy#FAIL}; nothing was then changed
   * @throws dev.millrace.spi.error.MillraceException if there is no such run, or it has not ended
   */
  public UndoReport undo(Connection connection, String runId, ConflictPolicy policy)
      throws SQLException {
    Run run =
        Sql.first(connection, RunRows::read, RunRows.SELECT + "WHERE ID = ? FOR UPDATE", runId)
            .orElseThrow(() -> StoreErrors.unknownRun(runId));
    return switch (run.state()) {
      case UNDONE -> new UndoReport(runId, 0, List.of(), List.of());
      case COMPLETED, UNDOING, FAILED, CANCELLED -> attempt(connection, runId, policy);
      case QUEUED, RUNNING, INCIDENT -> throw StoreErrors.notUndoable(run);
    };
  }

  private UndoReport attempt(Connection connection, String runId, ConflictPolicy policy)
      throws SQLException {
    Savepoint start = connection.setSavepoint();
    Tally tally = new Tally(clock.now(connection));
    long below = Long.MAX_VALUE;
    List<JournaledEffect> page = page(connection, runId, below);
    while (!page.isEmpty()) {
      for (JournaledEffect journaled : page) {
        undo(connection, journaled, policy, tally);
        below = journaled.sequence();
      }
      page = page(connection, runId, below);
    }
    if (tally.conflicts.isEmpty()) {
      Sql.update(connection, "UPDATE MR_RUN SET STATE = 'UNDONE' WHERE ID = ?", runId);
      FaultPoint.UNDO_RUN_UNDONE.reached();
      connection.releaseSavepoint(start);
      return new UndoReport(runId, tally.undone, tally.skipped, List.of());
    }
    connection.rollback(start);
    return new UndoReport(runId, 0, List.of(), tally.conflicts);
  }

  private static final class Tally {
    private final Instant now;
    private long undone;
    private final List<String> skipped = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();

    private Tally(Instant now) {
      this.now = now;
    }
  }

  private static List<JournaledEffect> page(Connection connection, String runId, long below)
      throws SQLException {
    return Sql.list(
        connection,
        JournaledEffect::read,
        JournaledEffect.SELECT
            + "WHERE RUN_ID = ? AND STATE = 'DONE' AND SEQ < ? ORDER BY SEQ DESC LIMIT ?",
        runId,
        below,
        PAGE_SIZE);
  }

  private void undo(
      Connection connection, JournaledEffect journaled, ConflictPolicy policy, Tally tally)
      throws SQLException {
    UndoOutcome outcome = undo(connection, journaled.effect(), policy);
    if (outcome instanceof UndoOutcome.Undone) {
      tally.undone++;
      FaultPoint.UNDO_STEP.reached();
      mark(connection, journaled, JournaledEffect.State.UNDONE, null, tally.now);
    } else if (outcome instanceof UndoOutcome.Skipped skipped) {
      tally.skipped.add(skipped.reason());
      mark(connection, journaled, JournaledEffect.State.SKIPPED, skipped.reason(), tally.now);
    } else if (outcome instanceof UndoOutcome.Conflict conflict) {
      tally.conflicts.add(conflict.reason());
    }
  }

  private UndoOutcome undo(Connection connection, Effect effect, ConflictPolicy policy)
      throws SQLException {
    EffectUndoer undoer = undoers.get(effect.connector());
    if (undoer != null) {
      return undoer.undo(effect, policy, connection);
    }
    String reason =
        "%s %s: nothing here can undo effects of connector '%s'"
            .formatted(effect.target(), effect.key(), effect.connector());
    return policy == ConflictPolicy.FAIL
        ? new UndoOutcome.Conflict(reason)
        : new UndoOutcome.Skipped(reason);
  }

  private static void mark(
      Connection connection,
      JournaledEffect journaled,
      JournaledEffect.State state,
      String note,
      Instant now)
      throws SQLException {
    Sql.update(
        connection,
        "UPDATE MR_EFFECT SET STATE = ?, NOTE = ?, UNDONE_AT = ? WHERE SEQ = ?",
        state.name(),
        note,
        now,
        journaled.sequence());
    FaultPoint.UNDO_STEP_MARKED.reached();
  }

  /** The journal of a run, oldest effect first. */
  public List<JournaledEffect> effects(String runId, int max) throws SQLException {
    return transactions.commit(
        connection ->
            Sql.list(
                connection,
                JournaledEffect::read,
                JournaledEffect.SELECT + "WHERE RUN_ID = ? ORDER BY SEQ LIMIT ?",
                runId,
                max));
  }
}
