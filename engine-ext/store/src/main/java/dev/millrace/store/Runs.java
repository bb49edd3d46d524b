// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.engine.RunMetrics;
import dev.millrace.spi.fault.FaultPoint;
import dev.millrace.spi.fault.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The life of runs (see {@link RunState}).
 *
 * <p>Leased and fenced as {@link Leases} says: who commits calls {@link #lock} first, in the same
 * transaction.
 */
public final class Runs {
  private static final String LOST =
      """
      WHERE STATE = 'RUNNING' AND LEASE_UNTIL NOT BETWEEN ? AND ?
      ORDER BY PRIORITY DESC, CREATED_AT, ID
      LIMIT ?
      FOR UPDATE SKIP LOCKED
      """;

  /**
   * The inner query is answered by the index alone, its order and its constant column included.
   * Without it H2 locks all that is queued, however few are wanted.
   */
  private static final String QUEUED =
      """
      WHERE STATE = 'QUEUED' AND (DUE_AT IS NULL OR DUE_AT <= ? OR DUE_AT > ?)
        AND ID IN (
          SELECT ID FROM MR_RUN WHERE STATE = 'QUEUED' AND (DUE_AT IS NULL OR DUE_AT <= ? OR DUE_AT > ?)%s
          ORDER BY STATE, PRIORITY DESC, CREATED_AT, ID
          LIMIT ?)
      ORDER BY PRIORITY DESC, CREATED_AT, ID
      LIMIT ?
      FOR UPDATE SKIP LOCKED
      """;

  private static final String RUNS_OF_TENANTS =
      """
      SELECT TENANT_ID, COUNT(*) FROM MR_RUN WHERE STATE = 'RUNNING' AND TENANT_ID IS NOT NULL
      GROUP BY TENANT_ID
      """;

  /** Nodes that heed limits of tenants count and take in turn. */
  private static final String IN_TURN =
      "SELECT VAL FROM MR_PROPERTY WHERE NAME = 'schema.version' FOR UPDATE";

  /** No limit to the runs of a tenant. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** How many runs a node looks at beyond those it wants: others may be claiming the first. */
  private static final int LOOK_AHEAD = 32;

  private static final Leases.Table TABLE =
      new Leases.Table("MR_RUN", "ID", "RUNNING", "QUEUED", ", STARTED_AT = ?");

  private final Transactions transactions;
  private final StoreClock clock;
  private final Leases leases;

  Runs(Transactions transactions, StoreClock clock) {
    this.transactions = transactions;
    this.clock = clock;
    leases = new Leases(transactions, clock, TABLE);
  }

  /**
   * Queues a run; nodes see it once the transaction commits.
   *
   * @return its id
   */
  public String insert(Connection connection, NewRun run) throws SQLException {
    String id = UUID.randomUUID().toString();
    Sql.update(
        connection,
        """
        INSERT INTO MR_RUN (ID, SCRIPT, DEPLOYMENT_ID, PROC_INST_ID, ROOT_PROC_INST_ID,
          PROC_DEF_ID, EXECUTION_ID, ACT_ID, ACT_INST_ID, SCOPE_ID, TENANT_ID, BUSINESS_KEY,
          PRIORITY, STATE, EPOCH, ATTEMPTS, ROWS_IN, ROWS_OUT, ROWS_LATE, ROWS_DEAD,
          ELAPSED_NANOS, CREATED_AT)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'QUEUED', 0, 0, 0, 0, 0, 0, 0, ?)
        """,
        id,
        run.script(),
        run.deploymentId(),
        run.processInstanceId(),
        run.rootProcessInstanceId(),
        run.processDefinitionId(),
        run.executionId(),
        run.activityId(),
        run.activityInstanceId(),
        run.scopeId(),
        run.tenantId(),
        run.businessKey(),
        run.priority(),
        clock.now(connection));
    FaultPoint.RUN_QUEUED.reached();
    return id;
  }

  /**
   * Takes runs that are queued and due, or whose node let its lease end: these first, then highest
   * priority, then oldest. Never waits for a run that another node is claiming.
   *
   * @param owner the node's name, unique among nodes
   * @param max runs
   * @return the runs, now {@link RunState#RUNNING} and this node's
   */
  public List<Run> claim(String owner, int max, Duration lease) throws SQLException {
    return claim(owner, max, lease, UNLIMITED);
  }

  /**
   * As {@link #claim(String, int, Duration)}.
   *
   * @param maxPerTenant runs of one tenant at work at once, in the whole cluster; its others wait,
   *     and those of other tenants overtake them
   */
  public List<Run> claim(String owner, int max, Duration lease, int maxPerTenant)
      throws SQLException {
    if (max <= 0) {
      return List.of();
    }
    return transactions.commit(
        Write.LEASE_CLAIM,
        connection -> {
          Instant now = clock.now(connection);
          List<Run> found =
              new ArrayList<>(
                  Sql.list(
                      connection,
                      RunRows::read,
                      RunRows.SELECT + LOST,
                      now,
                      Leases.horizon(now),
                      max));
          int more = max - found.size();
          if (more > 0) {
            found.addAll(
                maxPerTenant == UNLIMITED
                    ? queued(connection, more, now, List.of())
                    : queued(connection, more, now, maxPerTenant));
          }
          leases.take(connection, found.stream().map(Run::id).toList(), owner, now, lease);
          List<Run> claimed = new ArrayList<>(found.size());
          for (Run run : found) {
            claimed.add(RunQuery.find(connection, run.id()).orElseThrow());
          }
          return claimed;
        });
  }

  /** Without those of some tenants. */
  private static List<Run> queued(
      Connection connection, int max, Instant now, List<String> fullTenants) throws SQLException {
    String others =
        fullTenants.isEmpty()
            ? ""
            : " AND (TENANT_ID IS NULL OR TENANT_ID NOT IN (%s))"
                .formatted(String.join(", ", Collections.nCopies(fullTenants.size(), "?")));
    Instant horizon = Leases.horizon(now);
    List<Object> parameters = new ArrayList<>(List.of(now, horizon, now, horizon));
    parameters.addAll(fullTenants);
    parameters.addAll(List.of(max + LOOK_AHEAD, max));
    return Sql.list(
        connection, RunRows::read, RunRows.SELECT + QUEUED.formatted(others), parameters.toArray());
  }

  private static List<Run> queued(Connection connection, int max, Instant now, int maxPerTenant)
      throws SQLException {
    Sql.list(connection, row -> row.getString(1), IN_TURN);
    Map<String, Integer> atWork = new HashMap<>();
    Sql.list(connection, row -> atWork.put(row.getString(1), row.getInt(2)), RUNS_OF_TENANTS);
    List<String> full =
        atWork.entrySet().stream()
            .filter(tenant -> tenant.getValue() >= maxPerTenant)
            .map(Map.Entry::getKey)
            .toList();
    List<Run> within = new ArrayList<>();
    for (Run run : queued(connection, max, now, full)) {
      String tenant = run.origin().tenantId();
      if (tenant == null || atWork.merge(tenant, 1, Integer::sum) <= maxPerTenant) {
        within.add(run);
      }
    }
    return within;
  }

  /**
   * Prolongs leases.
   *
   * @return the claims that still hold; work on the others is lost (taken over or cancelled) and
   *     must stop
   */
  public Set<Claim> renew(String owner, Collection<Claim> held, Duration lease)
      throws SQLException {
    return leases.renew(owner, held, lease);
  }

  /** Gives all of a node's runs back to the queue, when it stops. Returns how many. */
  public int release(String owner) throws SQLException {
    return leases.release(owner);
  }

  /** As {@link #release}, of a node that died with them: each counts as taken over. */
  public int releaseDead(String owner) throws SQLException {
    return leases.releaseDead(owner);
  }

  /**
   * Locks the run's row until the transaction ends.
   *
   * @return whether this claim still holds and the run is {@link RunState#RUNNING}; if not, the
   *     caller must not commit anything for it
   */
  public boolean lock(Connection connection, Claim claim) throws SQLException {
    return leases.lock(connection, claim);
  }

  /**
   * Ends a run with success, after its effects were journaled in the same transaction: draws its
   * place in the journal's order.
   *
   * @return false if the claim no longer holds: roll back
   */
  public boolean complete(Connection connection, Claim claim, RunMetrics metrics)
      throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE MR_RUN
            SET STATE = 'COMPLETED', OWNER = NULL, LEASE_UNTIL = NULL, ERROR_CATEGORY = NULL,
                ERROR_CODE = NULL, ERROR_TEXT = NULL, ROWS_IN = ?, ROWS_OUT = ?, ROWS_LATE = ?,
                ROWS_DEAD = ?, ELAPSED_NANOS = ?, ENDED_AT = ?, COMMIT_SEQ = %s
            WHERE ID = ? AND EPOCH = ? AND STATE = 'RUNNING'
            """
                .formatted(transactions.database().nextValue("MR_EFFECT_SEQ")),
            metrics.rowsIn(),
            metrics.rowsOut(),
            metrics.late(),
            metrics.dead(),
            metrics.elapsedNanos(),
            clock.now(connection),
            claim.id(),
            claim.epoch())
        == 1;
  }

  /**
   * Ends a run's execution with a failure.
   *
   * @return false if the claim no longer holds: someone else decides
   */
  public boolean fail(Connection connection, Claim claim, RunFailure failure, AfterFailure then)
      throws SQLException {
    Instant now = clock.now(connection);
    RunState next;
    Instant dueAt = null;
    Instant endedAt = null;
    if (then instanceof AfterFailure.Retry retry) {
      next = RunState.QUEUED;
      dueAt = now.plus(retry.delay());
    } else if (then instanceof AfterFailure.Incident) {
      next = RunState.INCIDENT;
    } else {
      next = RunState.FAILED;
      endedAt = now;
    }
    return Sql.update(
            connection,
            """
            UPDATE MR_RUN
            SET STATE = ?, OWNER = NULL, LEASE_UNTIL = NULL, DUE_AT = ?,
                ENDED_AT = ?, ATTEMPTS = ATTEMPTS + 1,
                ERROR_CATEGORY = ?, ERROR_CODE = ?, ERROR_TEXT = ?
            WHERE ID = ? AND EPOCH = ? AND STATE = 'RUNNING'
            """,
            next.name(),
            dueAt,
            endedAt,
            failure.category().name(),
            failure.code(),
            failure.text(),
            claim.id(),
            claim.epoch())
        == 1;
  }

  /**
   * Gives a run back that cannot be done now through no fault of its own: no attempt is counted.
   *
   * @return false if the claim no longer holds
   */
  public boolean postpone(Connection connection, Claim claim, Duration delay) throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE MR_RUN SET STATE = 'QUEUED', OWNER = NULL, LEASE_UNTIL = NULL, DUE_AT = ?
            WHERE ID = ? AND EPOCH = ? AND STATE = 'RUNNING'
            """,
            clock.now(connection).plus(delay),
            claim.id(),
            claim.epoch())
        == 1;
  }

  /** As {@link #fail(Connection, Claim, RunFailure, AfterFailure)}, in a transaction of its own. */
  public boolean fail(Claim claim, RunFailure failure, AfterFailure then) throws SQLException {
    return transactions.commit(
        Write.RUN_FAILURE, connection -> fail(connection, claim, failure, then));
  }

  /**
   * Queues a run again that waits as an incident, with all its attempts.
   *
   * @return false if it is no incident
   */
  public boolean requeue(Connection connection, String runId) throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE MR_RUN SET STATE = 'QUEUED', ATTEMPTS = 0, TAKEOVERS = 0, DUE_AT = NULL
            WHERE ID = ? AND STATE = 'INCIDENT'
            """,
            runId)
        == 1;
  }

  /**
   * Ends the unfinished run of an activity instance that is gone. Waits for a commit of that run
   * that is under way; if that succeeds, there is nothing left to cancel.
   *
   * @return the runs cancelled; a node that works on one learns it by {@link #renew}
   */
  public List<Run> cancelActivityInstance(Connection connection, String activityInstanceId)
      throws SQLException {
    return cancel(connection, "ACT_INST_ID", activityInstanceId);
  }

  /** As {@link #cancelActivityInstance}, by the execution that waits. */
  public List<Run> cancelExecution(Connection connection, String executionId) throws SQLException {
    return cancel(connection, "EXECUTION_ID", executionId);
  }

  private List<Run> cancel(Connection connection, String column, String value) throws SQLException {
    List<Run> unfinished =
        Sql.list(
            connection,
            RunRows::read,
            RunRows.SELECT
                + "WHERE "
                + column
                + " = ? AND STATE IN ('QUEUED', 'RUNNING', 'INCIDENT') ORDER BY ID FOR UPDATE",
            value);
    List<Run> cancelled = new ArrayList<>(unfinished.size());
    for (Run run : unfinished) {
      Sql.update(
          connection,
          """
          UPDATE MR_RUN
          SET STATE = 'CANCELLED', OWNER = NULL, LEASE_UNTIL = NULL, DUE_AT = NULL, ENDED_AT = ?
          WHERE ID = ?
          """,
          clock.now(connection),
          run.id());
      cancelled.add(RunQuery.find(connection, run.id()).orElseThrow());
      FaultPoint.RUN_CANCELLED.reached();
    }
    return cancelled;
  }

  /**
   * Tells that runs of a scope are from now on claimed in another one: the engine replaces the
   * execution of a sub-process that completes.
   */
  public void moveScope(
      Connection connection, String processInstanceId, String fromScopeId, String toScopeId)
      throws SQLException {
    Sql.update(
        connection,
        "UPDATE MR_RUN SET SCOPE_ID = ? WHERE PROC_INST_ID = ? AND SCOPE_ID = ?",
        toScopeId,
        processInstanceId,
        fromScopeId);
  }
}
