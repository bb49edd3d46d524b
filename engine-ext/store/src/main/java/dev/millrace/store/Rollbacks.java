// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.spi.fault.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
  private static final Leases.Table TABLE =
      new Leases.Table("MR_ROLLBACK", "ID", "PARKED", "PARKED", "");

  private final Transactions transactions;
  private final StoreClock clock;
  private final Leases leases;

  Rollbacks(Transactions transactions, StoreClock clock) {
    this.transactions = transactions;
    this.clock = clock;
    leases = new Leases(transactions, clock, TABLE);
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
          COMPENSATED_ACT_ID, SCOPE_ID, ON_CONFLICT, ON_FINAL, STATE, EPOCH, ATTEMPTS, CREATED_AT)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'PARKED', 0, 0, ?)
        """,
        id,
        rollback.processInstanceId(),
        rollback.executionId(),
        rollback.activityId(),
        rollback.activityInstanceId(),
        rollback.compensatedActivityId(),
        rollback.scopeId(),
        rollback.onConflict().name(),
        rollback.onFinal().name(),
        clock.now(connection));
    FaultPoint.ROLLBACK_PARKED.reached();
    return id;
  }

  /**
   * Process instances with handlers to be worked on: none of them leased, waiting for a due date,
   * or an incident.
   */
  public List<String> instancesWithParked(int max) throws SQLException {
    return transactions.read(
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
                      OR B.STATE = 'PARKED'
                        AND (B.LEASE_UNTIL BETWEEN ? AND ? OR B.DUE_AT > ? AND B.DUE_AT <= ?)))
              GROUP BY P.PROC_INST_ID
              ORDER BY MIN(P.CREATED_AT)
              LIMIT ?
              """,
              now,
              Leases.horizon(now),
              now,
              Leases.horizon(now),
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
        Write.LEASE_CLAIM,
        connection -> {
          Instant now = clock.now(connection);
          List<Rollback> unfinished = lockUnfinished(connection, processInstanceId);
          for (Rollback rollback : unfinished) {
            if (!isFree(rollback, now)) {
              return List.of();
            }
          }
          leases.take(
              connection, unfinished.stream().map(Rollback::id).toList(), owner, now, lease);
          for (Rollback rollback : unfinished) {
            if (rollback.runId().isEmpty()) {
              claimRun(connection, rollback);
            }
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
        && rollback.leaseUntil().filter(until -> isAhead(until.plusNanos(1), now)).isEmpty()
        && rollback.dueAt().filter(due -> isAhead(due, now)).isEmpty();
  }

  private static boolean isAhead(Instant moment, Instant now) {
    return moment.isAfter(now) && !moment.isAfter(Leases.horizon(now));
  }

  private static void claimRun(Connection connection, Rollback rollback) throws SQLException {
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
            rollback.origin().processInstanceId(),
            rollback.origin().compensatedActivityId(),
            rollback.origin().scopeId());
    if (newest.isPresent()) {
      String run = newest.orElseThrow();
      Sql.update(connection, "UPDATE MR_RUN SET STATE = 'UNDOING' WHERE ID = ?", run);
      Sql.update(connection, "UPDATE MR_ROLLBACK SET RUN_ID = ? WHERE ID = ?", run, rollback.id());
      FaultPoint.ROLLBACK_RUN_CLAIMED.reached();
    }
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
    return leases.renew(owner, held, lease);
  }

  /** Gives all of a node's handlers back, when it stops. Returns how many. */
  public int release(String owner) throws SQLException {
    return leases.release(owner);
  }

  /** As {@link #release}, of a node that died with them: each counts as taken over. */
  public int releaseDead(String owner) throws SQLException {
    return leases.releaseDead(owner);
  }

  /**
   * Locks the handler's row until the transaction ends.
   *
   * @return whether this claim still holds; if not, the caller must not undo or signal anything
   */
  public boolean lock(Connection connection, Claim claim) throws SQLException {
    return leases.lock(connection, claim);
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
    giveInstanceBack(connection, claim);
    return failed == 1;
  }

  private static void giveInstanceBack(Connection connection, Claim claim) throws SQLException {
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
  }

  /**
   * Gives the whole process instance back for a while, through no fault of its own: no attempt is
   * counted.
   */
  public void postpone(Connection connection, Claim claim, Duration delay) throws SQLException {
    Sql.update(
        connection,
        "UPDATE MR_ROLLBACK SET DUE_AT = ? WHERE ID = ? AND EPOCH = ? AND STATE = 'PARKED'",
        clock.now(connection).plus(delay),
        claim.id(),
        claim.epoch());
    giveInstanceBack(connection, claim);
  }

  /** As {@link #fail(Connection, Claim, String, AfterFailure)}, in a transaction of its own. */
  public boolean fail(Claim claim, String error, AfterFailure then) throws SQLException {
    return transactions.commit(
        Write.ROLLBACK_FAILURE, connection -> fail(connection, claim, error, then));
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
            UPDATE MR_ROLLBACK
            SET STATE = 'PARKED', ON_CONFLICT = ?, ATTEMPTS = 0, TAKEOVERS = 0, DUE_AT = NULL
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
    return transactions.read(connection -> find(connection, rollbackId));
  }

  /** All handlers of a process instance, oldest first. */
  public List<Rollback> ofProcessInstance(String processInstanceId) throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                RollbackRows::read,
                RollbackRows.SELECT + "WHERE B.PROC_INST_ID = ? ORDER BY B.CREATED_AT, B.ID",
                processInstanceId));
  }
}
