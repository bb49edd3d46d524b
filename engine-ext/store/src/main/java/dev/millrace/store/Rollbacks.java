// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.effect.ConflictPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Compensation handlers that wait for their undo.
 *
 * <p>The engine calls the handlers of a compensation all at once and in any order. Each {@link
 * #park}s; when the throwing transaction has committed, the set is complete. A node then {@link
 * #claim}s all parked handlers of a process instance together and works through them in the order
 * given, newest run first. One that meets a conflict becomes an incident, and what is older waits.
 *
 * <pre>
 *   park ──→ PARKED ── lock, Undo, done ──→ DONE
 *              ↑ │ └── retry later
 *       resume │ └──→ INCIDENT            PARKED, INCIDENT ── cancel ──→ CANCELLED
 *              └────────┘
 * </pre>
 */
public final class Rollbacks {
  private final Transactions transactions;
  private final StoreClock clock;

  Rollbacks(Transactions transactions, StoreClock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Parks a handler; nodes see it once the transaction commits.
   *
   * @return its id
   */
  public String park(Connection connection, NewRollback rollback) throws SQLException {
    String id = UUID.randomUUID().toString();
    Sql.update(
        connection,
        """
        INSERT INTO MR_ROLLBACK (ID, PROC_INST_ID, EXECUTION_ID, ACT_ID, ACT_INST_ID,
          COMPENSATED_ACT_ID, SCOPE_ID, ON_CONFLICT, STATE, EPOCH, ATTEMPTS, CREATED_AT)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'PARKED', 0, 0, ?)
        """,
        id,
        rollback.processInstanceId(),
        rollback.executionId(),
        rollback.activityId(),
        rollback.activityInstanceId(),
        rollback.compensatedActivityId(),
        rollback.scopeId(),
        rollback.onConflict().name(),
        clock.now(connection));
    return id;
  }

  /**
   * Process instances with handlers to be worked on: none of them leased, waiting for a due date,
   * or an incident.
   */
  public List<String> instancesWithParked(int max) throws SQLException {
    return transactions.commit(
        connection -> {
          Instant now = clock.now(connection);
          return Sql.list(
              connection,
              row -> row.getString("PROC_INST_ID"),
              """
              SELECT P.PROC_INST_ID FROM MR_ROLLBACK P
              WHERE P.STATE = 'PARKED'
                AND NOT EXISTS (
                  SELECT 1 FROM MR_ROLLBACK B
                  WHERE B.PROC_INST_ID = P.PROC_INST_ID
                    AND (B.STATE = 'INCIDENT'
                      OR B.STATE = 'PARKED' AND (B.LEASE_UNTIL >= ? OR B.DUE_AT > ?)))
              GROUP BY P.PROC_INST_ID
              ORDER BY MIN(P.CREATED_AT)
              LIMIT ?
              """,
              now,
              now,
              max);
        });
  }

  /**
   * Takes all parked handlers of a process instance, and claims for each the newest completed, not
   * yet undone run of its activity in its scope.
   *
   * @return the handlers in the order in which they are to be undone, those with nothing to undo
   *     first; empty if another node has them, or one of them waits for a due date or an operator
   */
  public List<Rollback> claim(String owner, String processInstanceId, Duration lease)
      throws SQLException {
    return transactions.commit(
        connection -> {
          Instant now = clock.now(connection);
          List<Rollback> unfinished = lockUnfinished(connection, processInstanceId);
          for (Rollback rollback : unfinished) {
            if (!isFree(rollback, now)) {
              return List.of();
            }
          }
          for (Rollback rollback : unfinished) {
            take(connection, rollback, owner, now.plus(lease));
          }
          return inOrder(connection, unfinished);
        });
  }

  private static List<Rollback> lockUnfinished(Connection connection, String processInstanceId)
      throws SQLException {
    return Sql.list(
        connection,
        RollbackRows::read,
        RollbackRows.SELECT
            + """
            WHERE B.PROC_INST_ID = ? AND B.STATE IN ('PARKED', 'INCIDENT')
            ORDER BY B.ID
            FOR UPDATE
            """,
        processInstanceId);
  }

  private static boolean isFree(Rollback rollback, Instant now) {
    return rollback.state() == RollbackState.PARKED
        && rollback.leaseUntil().filter(until -> !until.isBefore(now)).isEmpty()
        && rollback.dueAt().filter(due -> due.isAfter(now)).isEmpty();
  }

  private static void take(Connection connection, Rollback rollback, String owner, Instant until)
      throws SQLException {
    Optional<String> run =
        rollback.runId().isPresent() ? rollback.runId() : claimRun(connection, rollback.origin());
    Sql.update(
        connection,
        """
        UPDATE MR_ROLLBACK
        SET EPOCH = EPOCH + 1, OWNER = ?, LEASE_UNTIL = ?, DUE_AT = NULL, RUN_ID = ?
        WHERE ID = ?
        """,
        owner,
        until,
        run.orElse(null),
        rollback.id());
  }

  private static Optional<String> claimRun(Connection connection, NewRollback rollback)
      throws SQLException {
    Optional<String> newest =
        Sql.first(
            connection,
            row -> row.getString("ID"),
            """
            SELECT ID FROM MR_RUN
            WHERE PROC_INST_ID = ? AND ACT_ID = ? AND SCOPE_ID = ? AND STATE = 'COMPLETED'
            ORDER BY COMMIT_SEQ DESC
            LIMIT 1
            FOR UPDATE
            """,
            rollback.processInstanceId(),
            rollback.compensatedActivityId(),
            rollback.scopeId());
    if (newest.isPresent()) {
      Sql.update(
          connection, "UPDATE MR_RUN SET STATE = 'UNDOING' WHERE ID = ?", newest.orElseThrow());
    }
    return newest;
  }

  private static List<Rollback> inOrder(Connection connection, List<Rollback> taken)
      throws SQLException {
    if (taken.isEmpty()) {
      return taken;
    }
    return Sql.list(
        connection,
        RollbackRows::read,
        RollbackRows.SELECT
            + """
            LEFT JOIN MR_RUN R ON R.ID = B.RUN_ID
            WHERE B.PROC_INST_ID = ? AND B.STATE = 'PARKED'
            ORDER BY CASE WHEN R.COMMIT_SEQ IS NULL THEN 0 ELSE 1 END, R.COMMIT_SEQ DESC, B.ID
            """,
        taken.get(0).origin().processInstanceId());
  }

  /** Prolongs leases; returns the claims that still hold. */
  public Set<Claim> renew(String owner, Collection<Claim> held, Duration lease)
      throws SQLException {
    return transactions.commit(
        connection -> {
          Instant until = clock.now(connection).plus(lease);
          Set<Claim> kept = new HashSet<>();
          for (Claim claim : held) {
            int updated =
                Sql.update(
                    connection,
                    """
                    UPDATE MR_ROLLBACK SET LEASE_UNTIL = ?
                    WHERE ID = ? AND EPOCH = ? AND OWNER = ? AND STATE = 'PARKED'
                    """,
                    until,
                    claim.id(),
                    claim.epoch(),
                    owner);
            if (updated == 1) {
              kept.add(claim);
            }
          }
          return kept;
        });
  }

  /** Gives all of a node's handlers back, when it stops. Returns how many. */
  public int release(String owner) throws SQLException {
    return transactions.commit(
        connection ->
            Sql.update(
                connection,
                """
                UPDATE MR_ROLLBACK SET OWNER = NULL, LEASE_UNTIL = NULL
                WHERE OWNER = ? AND STATE = 'PARKED'
                """,
                owner));
  }

  /**
   * Locks the handler's row until the transaction ends.
   *
   * @return whether this claim still holds; if not, the caller must not undo or signal anything
   */
  public boolean lock(Connection connection, Claim claim) throws SQLException {
    return Sql.first(
            connection,
            row ->
                row.getLong("EPOCH") == claim.epoch()
                    && RollbackState.valueOf(row.getString("STATE")) == RollbackState.PARKED,
            "SELECT EPOCH, STATE FROM MR_ROLLBACK WHERE ID = ? FOR UPDATE",
            claim.id())
        .orElse(false);
  }

  /** Ends a handler in the transaction of its undo. Returns false if the claim no longer holds. */
  public boolean done(Connection connection, Claim claim) throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE MR_ROLLBACK
            SET STATE = 'DONE', OWNER = NULL, LEASE_UNTIL = NULL, ERROR_TEXT = NULL, ENDED_AT = ?
            WHERE ID = ? AND EPOCH = ? AND STATE = 'PARKED'
            """,
            clock.now(connection),
            claim.id(),
            claim.epoch())
        == 1;
  }

  /**
   * Ends an attempt without success, and gives the whole process instance back.
   *
   * @param error for a person: the conflicts, or what failed
   * @return false if the claim no longer holds
   */
  public boolean fail(Connection connection, Claim claim, String error, AfterFailure then)
      throws SQLException {
    boolean retried = then instanceof AfterFailure.Retry;
    Instant dueAt =
        then instanceof AfterFailure.Retry retry ? clock.now(connection).plus(retry.delay()) : null;
    int failed =
        Sql.update(
            connection,
            """
            UPDATE MR_ROLLBACK
            SET STATE = ?, DUE_AT = ?, ATTEMPTS = ATTEMPTS + 1, ERROR_TEXT = ?
            WHERE ID = ? AND EPOCH = ? AND STATE = 'PARKED'
            """,
            (retried ? RollbackState.PARKED : RollbackState.INCIDENT).name(),
            dueAt,
            error,
            claim.id(),
            claim.epoch());
    Sql.update(
        connection,
        """
        UPDATE MR_ROLLBACK SET OWNER = NULL, LEASE_UNTIL = NULL
        WHERE STATE IN ('PARKED', 'INCIDENT')
          AND OWNER = (SELECT F.OWNER FROM MR_ROLLBACK F WHERE F.ID = ? AND F.EPOCH = ?)
          AND PROC_INST_ID = (SELECT F.PROC_INST_ID FROM MR_ROLLBACK F WHERE F.ID = ?)
        """,
        claim.id(),
        claim.epoch(),
        claim.id());
    return failed == 1;
  }

  /** As {@link #fail(Connection, Claim, String, AfterFailure)}, in a transaction of its own. */
  public boolean fail(Claim claim, String error, AfterFailure then) throws SQLException {
    return transactions.commit(connection -> fail(connection, claim, error, then));
  }

  /**
   * An operator's decision: tries an incident again.
   *
   * @param onConflict from now on
   * @return false if it is no incident
   */
  public boolean resume(Connection connection, String rollbackId, ConflictPolicy onConflict)
      throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE MR_ROLLBACK SET STATE = 'PARKED', ON_CONFLICT = ?, ATTEMPTS = 0, DUE_AT = NULL
            WHERE ID = ? AND STATE = 'INCIDENT'
            """,
            onConflict.name(),
            rollbackId)
        == 1;
  }

  /**
   * Ends the unfinished handler of an activity instance that is gone; its run can be claimed again.
   *
   * @return the handlers as they were
   */
  public List<Rollback> cancelActivityInstance(Connection connection, String activityInstanceId)
      throws SQLException {
    List<Rollback> unfinished =
        Sql.list(
            connection,
            RollbackRows::read,
            RollbackRows.SELECT
                + """
                WHERE B.ACT_INST_ID = ? AND B.STATE IN ('PARKED', 'INCIDENT')
                ORDER BY B.ID
                FOR UPDATE
                """,
            activityInstanceId);
    List<Rollback> cancelled = new ArrayList<>(unfinished);
    for (Rollback rollback : unfinished) {
      cancel(connection, rollback);
    }
    return cancelled;
  }

  private void cancel(Connection connection, Rollback rollback) throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE MR_ROLLBACK
        SET STATE = 'CANCELLED', OWNER = NULL, LEASE_UNTIL = NULL, ENDED_AT = ? WHERE ID = ?
        """,
        clock.now(connection),
        rollback.id());
    Sql.update(
        connection,
        "UPDATE MR_RUN SET STATE = 'COMPLETED' WHERE ID = ? AND STATE = 'UNDOING'",
        rollback.runId().orElse(null));
  }

  public static Optional<Rollback> find(Connection connection, String rollbackId)
      throws SQLException {
    return Sql.first(
        connection, RollbackRows::read, RollbackRows.SELECT + "WHERE B.ID = ?", rollbackId);
  }

  public Optional<Rollback> find(String rollbackId) throws SQLException {
    return transactions.commit(connection -> find(connection, rollbackId));
  }

  /** All handlers of a process instance, oldest first. */
  public List<Rollback> ofProcessInstance(String processInstanceId) throws SQLException {
    return transactions.commit(
        connection ->
            Sql.list(
                connection,
                RollbackRows::read,
                RollbackRows.SELECT + "WHERE B.PROC_INST_ID = ? ORDER BY B.CREATED_AT, B.ID",
                processInstanceId));
  }
}
