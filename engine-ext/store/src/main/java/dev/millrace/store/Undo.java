// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.effect.EffectUndoer;
import dev.millrace.spi.effect.UndoOutcome;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.spi.fault.Write;
import dev.millrace.spi.outbox.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Takes back the effects of runs, newest first.
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
  private final Outboxes outboxes;
  private final boolean keepsFinals;

  Undo(
      Transactions transactions,
      StoreClock clock,
      Collection<EffectUndoer> undoers,
      Outboxes outboxes) {
    this(
        transactions,
        clock,
        undoers.stream()
            .collect(Collectors.toUnmodifiableMap(EffectUndoer::connector, undoer -> undoer)),
        outboxes,
        false);
  }

  private Undo(
      Transactions transactions,
      StoreClock clock,
      Map<String, EffectUndoer> undoers,
      Outboxes outboxes,
      boolean keepsFinals) {
    this.transactions = transactions;
    this.clock = clock;
    this.undoers = undoers;
    this.outboxes = outboxes;
    this.keepsFinals = keepsFinals;
  }

  /** This undo with one undoer more, in place of the one of its connector. */
  public Undo with(EffectUndoer undoer) {
    Map<String, EffectUndoer> more = new HashMap<>(undoers);
    more.put(undoer.connector(), undoer);
    return new Undo(transactions, clock, Map.copyOf(more), outboxes, keepsFinals);
  }

  /**
   * This undo, but for effects that no undoer takes back: they are skipped, and no conflict, under
   * any policy.
   */
  public Undo keepingFinals() {
    return new Undo(transactions, clock, undoers, outboxes, true);
  }

  /** What undoing a run would do now. Locks its rows for that moment. */
  public UndoReport preview(String runId) throws SQLException {
    return preview(List.of(runId), step -> {}).get(0);
  }

  /**
   * What undoing these runs, one after the other, would do now. A row in conflict is left as it is,
   * and what comes after it is looked at all the same.
   *
   * @param observer told of every effect, in the order of the undo
   */
  public List<UndoReport> preview(List<String> runIds, Consumer<UndoStep> observer)
      throws SQLException {
    return transactions.rollBack(
        connection -> {
          List<UndoReport> reports = new ArrayList<>();
          for (String runId : runIds) {
            Run run = lock(connection, runId);
            reports.add(undo(connection, run, ConflictPolicy.FAIL, observer));
          }
          return reports;
        });
  }

  /** As {@link #undoAll(Connection, List, ConflictPolicy, Consumer)}, in its own transaction. */
  public List<UndoReport> undoAll(List<String> runIds, ConflictPolicy policy) throws SQLException {
    return transactions.commit(
        Write.UNDO, connection -> undoAll(connection, runIds, policy, step -> {}));
  }

  /**
   * Undoes these runs one after the other, or none of them.
   *
   * @return one report a run; if one has conflicts, nothing was changed
   * @throws dev.millrace.spi.error.MillraceException if a compensation handler is about to undo one
   *     of them, or it has not ended
   */
  public List<UndoReport> undoAll(
      Connection connection,
      List<String> runIds,
      ConflictPolicy policy,
      Consumer<UndoStep> observer)
      throws SQLException {
    Savepoint start = connection.setSavepoint();
    List<UndoReport> reports = undoEach(connection, runIds, policy, observer);
    if (reports.stream().allMatch(UndoReport::isClean)) {
      connection.releaseSavepoint(start);
      return reports;
    }
    connection.rollback(start);
    return reports.stream()
        .map(report -> new UndoReport(report.runId(), 0, List.of(), report.conflicts()))
        .toList();
  }

  private List<UndoReport> undoEach(
      Connection connection,
      List<String> runIds,
      ConflictPolicy policy,
      Consumer<UndoStep> observer)
      throws SQLException {
    List<UndoReport> reports = new ArrayList<>();
    for (String runId : runIds) {
      Run run = lock(connection, runId);
      if (run.state() == RunState.UNDOING) {
        throw StoreErrors.claimedByHandler(run);
      }
      reports.add(undo(connection, run, policy, observer));
    }
    return reports;
  }

  /** As {@link #undo(Connection, String, ConflictPolicy)}, in a transaction of its own. */
  public UndoReport undo(String runId, ConflictPolicy policy) throws SQLException {
    return transactions.commit(
        Write.UNDO, connection -> undo(connection, runId, policy, step -> {}));
  }

  /** As {@link #undo(Connection, String, ConflictPolicy, Consumer)}, unobserved. */
  public UndoReport undo(Connection connection, String runId, ConflictPolicy policy)
      throws SQLException {
    return undo(connection, runId, policy, step -> {});
  }

  /**
   * Undoes a run that has ended, for the handler that has claimed it; one that is undone already is
   * left alone.
   *
   * @return with conflicts only under {@link ConflictPolicy#FAIL}; nothing was then changed
   * @throws dev.millrace.spi.error.MillraceException if there is no such run, or it has not ended
   */
  public UndoReport undo(
      Connection connection, String runId, ConflictPolicy policy, Consumer<UndoStep> observer)
      throws SQLException {
    Savepoint start = connection.setSavepoint();
    UndoReport report = undo(connection, lock(connection, runId), policy, observer);
    if (report.isClean()) {
      connection.releaseSavepoint(start);
      return report;
    }
    connection.rollback(start);
    return new UndoReport(runId, 0, List.of(), report.conflicts());
  }

  private static Run lock(Connection connection, String runId) throws SQLException {
    return Sql.first(connection, RunRows::read, RunRows.SELECT + "WHERE ID = ? FOR UPDATE", runId)
        .orElseThrow(() -> StoreErrors.unknownRun(runId));
  }

  private UndoReport undo(
      Connection connection, Run run, ConflictPolicy policy, Consumer<UndoStep> observer)
      throws SQLException {
    return switch (run.state()) {
      case UNDONE -> new UndoReport(run.id(), 0, List.of(), List.of());
      case COMPLETED, UNDOING, FAILED, CANCELLED -> attempt(connection, run.id(), policy, observer);
      case QUEUED, RUNNING, INCIDENT -> throw StoreErrors.notUndoable(run);
    };
  }

  private UndoReport attempt(
      Connection connection, String runId, ConflictPolicy policy, Consumer<UndoStep> observer)
      throws SQLException {
    Tally tally = new Tally(clock.now(connection));
    PendingOutbox outbox = outboxes.ofRun(connection, runId, Long.MAX_VALUE);
    long below = Long.MAX_VALUE;
    List<JournaledEffect> page = page(connection, runId, below);
    while (!page.isEmpty()) {
      for (JournaledEffect journaled : page) {
        UndoStep step = undo(connection, journaled, policy, outbox);
        record(connection, step, tally);
        observer.accept(step);
        FaultPoint.UNDO_STEP_MARKED.reached();
        below = journaled.sequence();
      }
      page = page(connection, runId, below);
    }
    outbox.flush();
    Sql.update(connection, "UPDATE MR_RUN SET STATE = 'UNDONE' WHERE ID = ?", runId);
    FaultPoint.UNDO_RUN_UNDONE.reached();
    return new UndoReport(runId, tally.undone, tally.skipped.lines(), tally.conflicts.lines());
  }

  private static final class Tally {
    private final Instant now;
    private long undone;
    private final Reasons skipped = new Reasons();
    private final Reasons conflicts = new Reasons();

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

  private UndoStep undo(
      Connection connection, JournaledEffect journaled, ConflictPolicy policy, Outbox outbox)
      throws SQLException {
    EffectUndoer undoer = undoers.get(journaled.effect().connector());
    UndoOutcome outcome =
        undoer == null
            ? cannotUndo(journaled, policy)
            : undoer.undo(journaled.effect(), policy, connection, outbox);
    FaultPoint.UNDO_STEP.reached();
    return new UndoStep(
        journaled.runId(), journaled.sequence(), journaled.effect(), outcome, undoer == null);
  }

  private UndoOutcome cannotUndo(JournaledEffect journaled, ConflictPolicy policy) {
    String reason =
        "%s %s: final, effects of connector '%s' cannot be taken back"
            .formatted(
                journaled.effect().target(),
                journaled.effect().key(),
                journaled.effect().connector());
    return policy == ConflictPolicy.FAIL && !keepsFinals
        ? new UndoOutcome.Conflict(reason)
        : new UndoOutcome.Skipped(reason);
  }

  private static void record(Connection connection, UndoStep step, Tally tally)
      throws SQLException {
    if (step.outcome() instanceof UndoOutcome.Undone) {
      tally.undone++;
      mark(connection, step, JournaledEffect.State.UNDONE, null, tally.now);
    } else if (step.outcome() instanceof UndoOutcome.Skipped skipped) {
      tally.skipped.add(skipped.reason());
      mark(connection, step, JournaledEffect.State.SKIPPED, skipped.reason(), tally.now);
    } else if (step.outcome() instanceof UndoOutcome.Conflict conflict) {
      tally.conflicts.add(conflict.reason());
    }
  }

  private static void mark(
      Connection connection, UndoStep step, JournaledEffect.State state, String note, Instant now)
      throws SQLException {
    Sql.update(
        connection,
        "UPDATE MR_EFFECT SET STATE = ?, NOTE = ?, UNDONE_AT = ? WHERE SEQ = ?",
        state.name(),
        note,
        now,
        step.sequence());
  }

  /** The journal of a run, oldest effect first. */
  public List<JournaledEffect> effects(String runId, int max) throws SQLException {
    return effects(runId, 0, max);
  }

  /** A page of the journal of a run, oldest effect first. */
  public List<JournaledEffect> effects(String runId, int first, int max) throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                JournaledEffect::read,
                JournaledEffect.SELECT + "WHERE RUN_ID = ? ORDER BY SEQ LIMIT ? OFFSET ?",
                runId,
                max,
                first));
  }

  /** How many effects a run's journal holds. */
  public long countEffects(String runId) throws SQLException {
    return transactions.read(
        connection ->
            Sql.first(
                    connection,
                    row -> row.getLong(1),
                    "SELECT COUNT(*) FROM MR_EFFECT WHERE RUN_ID = ?",
                    runId)
                .orElseThrow());
  }

  /**
   * A table a run has changed.
   *
   * @param effects how many rows it has changed there
   */
  public record Target(String connection, String table, long effects) {}

  /** The tables a run has changed. */
  public List<Target> targets(String runId) throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                row -> new Target(row.getString(1), row.getString(2), row.getLong(3)),
                """
                SELECT CONNECTION_NAME, TARGET, COUNT(*) FROM MR_EFFECT WHERE RUN_ID = ?
                GROUP BY CONNECTION_NAME, TARGET ORDER BY CONNECTION_NAME, TARGET
                """,
                runId));
  }

  /** A page of all effects on a table, newest first. */
  public List<JournaledEffect> effectsOn(String table, int first, int max) throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                JournaledEffect::read,
                JournaledEffect.SELECT + "WHERE TARGET = ? ORDER BY SEQ DESC LIMIT ? OFFSET ?",
                table,
                max,
                first));
  }

  /** All effects of one connector in a run's journal that still stand. */
  public static List<JournaledEffect> standing(
      Connection connection, String runId, String connector) throws SQLException {
    return Sql.list(
        connection,
        JournaledEffect::read,
        JournaledEffect.SELECT + "WHERE RUN_ID = ? AND CONNECTOR = ? AND STATE = 'DONE'",
        runId,
        connector);
  }
}
