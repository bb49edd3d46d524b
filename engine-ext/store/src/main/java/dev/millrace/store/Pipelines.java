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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Scripts that run on, each on one node at a time. Leased and fenced as {@link Runs}; {@link
 * Positions} are written in the transaction of the effects they stand for. How they come to their
 * scripts: {@link PipelineDeployments}; what operators want of them: {@link PipelineWishes}.
 */
public final class Pipelines {
  private static final Leases.Table TABLE =
      new Leases.Table("MR_PIPELINE", "NAME", "RUNNING", "RUNNING", ", PROGRESS = NULL");

  private final Transactions transactions;
  private final StoreClock clock;
  private final Leases leases;

  Pipelines(Transactions transactions, StoreClock clock) {
    this.transactions = transactions;
    this.clock = clock;
    leases = new Leases(transactions, clock, TABLE);
  }

  /** Takes pipelines that shall run and that no living node runs. */
  public List<Pipeline> claim(String owner, int max, Duration lease) throws SQLException {
    if (max <= 0) {
      return List.of();
    }
    return transactions.commit(
        Write.LEASE_CLAIM,
        connection -> {
          Instant now = clock.now(connection);
          List<String> names =
              claimable(connection, max, now).stream().map(Pipeline::name).toList();
          leases.take(connection, names, owner, now, lease);
          List<Pipeline> claimed = new ArrayList<>();
          for (String name : names) {
            claimed.add(find(connection, name).orElseThrow());
          }
          return claimed;
        });
  }

  private static List<Pipeline> claimable(Connection connection, int max, Instant now)
      throws SQLException {
    return Sql.list(
        connection,
        PipelineRows::read,
        PipelineRows.SELECT
            + """
            WHERE STATE = 'RUNNING' AND (LEASE_UNTIL IS NULL OR LEASE_UNTIL NOT BETWEEN ? AND ?)
              AND (DUE_AT IS NULL OR DUE_AT <= ? OR DUE_AT > ?)
            ORDER BY NAME
            LIMIT ?
            FOR UPDATE SKIP LOCKED
            """,
        now,
        Leases.horizon(now),
        now,
        Leases.horizon(now),
        max);
  }

  /**
   * Prolongs leases; returns the claims that still hold. A paused, stopped or redeployed pipeline's
   * does not: its node stops it.
   */
  public Set<Claim> renew(String owner, Collection<Claim> held, Duration lease)
      throws SQLException {
    return leases.renew(owner, held, lease);
  }

  /** Gives all of a node's pipelines back, when it stops. Returns how many. */
  public int release(String owner) throws SQLException {
    return leases.release(owner);
  }

  /** As {@link #release}, of a node that died with them: each counts as taken over. */
  public int releaseDead(String owner) throws SQLException {
    return leases.releaseDead(owner);
  }

  /** Locks the pipeline's row; whether this claim still holds and it shall run. */
  public boolean lock(Connection connection, Claim claim) throws SQLException {
    return leases.lock(connection, claim);
  }

  /**
   * Records a commit, in its transaction and after {@link #lock}.
   *
   * @param positions where each source goes on, by table name
   * @param sinceLast what was done since the last commit
   * @return the commit's number, from 1 on
   */
  public long advance(
      Connection connection, Claim claim, Map<String, String> positions, RunMetrics sinceLast)
      throws SQLException {
    Positions.write(connection, claim.id(), positions);
    Sql.update(
        connection,
        """
        UPDATE MR_PIPELINE
        SET ROWS_IN = ROWS_IN + ?, ROWS_OUT = ROWS_OUT + ?, ROWS_LATE = ROWS_LATE + ?,
            ROWS_DEAD = ROWS_DEAD + ?, COMMITS = COMMITS + 1, COMMITTED_AT = ?, ATTEMPTS = 0,
            TAKEOVERS = 0, ERROR_CATEGORY = NULL, ERROR_CODE = NULL, ERROR_TEXT = NULL
        WHERE NAME = ? AND EPOCH = ?
        """,
        sinceLast.rowsIn(),
        sinceLast.rowsOut(),
        sinceLast.late(),
        sinceLast.dead(),
        clock.now(connection),
        claim.id(),
        claim.epoch());
    FaultPoint.PIPELINE_ADVANCED.reached();
    return find(connection, claim.id()).orElseThrow().totals().commits();
  }

  /** Ends an execution with a failure; false if the claim no longer holds. */
  public boolean fail(Claim claim, RunFailure failure, AfterFailure then) throws SQLException {
    return transactions.commit(
        Write.PIPELINE_FAILURE,
        connection -> {
          Instant dueAt =
              then instanceof AfterFailure.Retry retry
                  ? clock.now(connection).plus(retry.delay())
                  : null;
          PipelineState next = dueAt == null ? PipelineState.INCIDENT : PipelineState.RUNNING;
          return Sql.update(
                  connection,
                  """
                  UPDATE MR_PIPELINE
                  SET STATE = ?, DUE_AT = ?, OWNER = NULL, LEASE_UNTIL = NULL,
                      ATTEMPTS = ATTEMPTS + 1, ERROR_CATEGORY = ?, ERROR_CODE = ?, ERROR_TEXT = ?
                  WHERE NAME = ? AND EPOCH = ?
                  """,
                  next.name(),
                  dueAt,
                  failure.category().name(),
                  failure.code(),
                  failure.text(),
                  claim.id(),
                  claim.epoch())
              == 1;
        });
  }

  public Optional<Pipeline> find(String name) throws SQLException {
    return transactions.read(connection -> find(connection, name));
  }

  public static Optional<Pipeline> find(Connection connection, String name) throws SQLException {
    return Sql.first(connection, PipelineRows::read, PipelineRows.SELECT + "WHERE NAME = ?", name);
  }

  /** As {@link #find(Connection, String)}; nobody else changes it until the transaction ends. */
  public static Optional<Pipeline> findLocked(Connection connection, String name)
      throws SQLException {
    return Sql.first(
        connection, PipelineRows::read, PipelineRows.SELECT + "WHERE NAME = ? FOR UPDATE", name);
  }

  /** All pipelines, by name. */
  public List<Pipeline> list() throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(connection, PipelineRows::read, PipelineRows.SELECT + "ORDER BY NAME"));
  }
}
