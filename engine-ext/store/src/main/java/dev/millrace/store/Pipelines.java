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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Scripts that run on, each on one node at a time. Leased and fenced as {@link Runs}; positions are
 * written in the transaction of the effects they stand for.
 */
public final class Pipelines {
  private static final Leases.Table TABLE =
      new Leases.Table("MR_PIPELINE", "NAME", "RUNNING", "RUNNING", "");

  private final Transactions transactions;
  private final StoreClock clock;
  private final Leases leases;

  Pipelines(Transactions transactions, StoreClock clock) {
    this.transactions = transactions;
    this.clock = clock;
    leases = new Leases(transactions, clock, TABLE);
  }

  /**
   * What is deployed.
   *
   * @param scriptHash at most 64 characters
   * @param deploymentId null if it is not of a deployment
   * @param tenantId null without one
   * @param remembers what its plan remembers, as {@code dev.millrace.plan.Memory}
   */
  public record NewPipeline(
      String name,
      String script,
      String scriptHash,
      String deploymentId,
      String tenantId,
      String remembers) {}

  /** What becomes of a pipeline that is deployed again. */
  public enum Redeployment {
    /** The new script goes on at once, with what the old one remembers. */
    REPLACE,
    /** The new script goes on at once, and remembers nothing. */
    DISCARD_STATE,
    /** The old script fires its windows and ends first; the new one remembers nothing. */
    DRAIN
  }

  /**
   * Makes a pipeline known, or gives a known one a new script: the node that runs the old one loses
   * it, or drains it first. Positions stay; the state too, but for {@link PipelineState#STOPPED}
   * and {@link PipelineState#INCIDENT}, which run again.
   */
  public void deploy(Connection connection, NewPipeline pipeline, Redeployment redeployment)
      throws SQLException {
    boolean known =
        switch (redeployment) {
          case REPLACE -> replace(connection, pipeline);
          case DISCARD_STATE -> {
            Snapshots.forget(connection, pipeline.name());
            yield replace(connection, pipeline);
          }
          case DRAIN -> follow(connection, pipeline);
        };
    if (!known) {
      insert(connection, pipeline);
    }
    FaultPoint.PIPELINE_DEPLOYED.reached();
  }

  private static boolean replace(Connection connection, NewPipeline pipeline) throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE MR_PIPELINE
            SET SCRIPT = ?, SCRIPT_HASH = ?, DEPLOYMENT_ID = ?, TENANT_ID = ?, REMEMBERS = ?,
                STATE = CASE WHEN STATE = 'PAUSED' THEN 'PAUSED' ELSE 'RUNNING' END,
                EPOCH = EPOCH + 1, OWNER = NULL, LEASE_UNTIL = NULL, DUE_AT = NULL, ATTEMPTS = 0,
                TAKEOVERS = 0, WISH = NULL, NEXT_SCRIPT = NULL, NEXT_SCRIPT_HASH = NULL,
                NEXT_DEPLOYMENT_ID = NULL, NEXT_TENANT_ID = NULL, NEXT_REMEMBERS = NULL
            WHERE NAME = ?
            """,
            pipeline.script(),
            pipeline.scriptHash(),
            pipeline.deploymentId(),
            pipeline.tenantId(),
            pipeline.remembers(),
            pipeline.name())
        == 1;
  }

  /** A pipeline that has never committed has nothing to drain. */
  private static boolean follow(Connection connection, NewPipeline pipeline) throws SQLException {
    boolean drains =
        Sql.update(
                connection,
                """
                UPDATE MR_PIPELINE
                SET NEXT_SCRIPT = ?, NEXT_SCRIPT_HASH = ?, NEXT_DEPLOYMENT_ID = ?,
                    NEXT_TENANT_ID = ?, NEXT_REMEMBERS = ?, WISH = 'DRAIN', DUE_AT = NULL,
                    STATE = CASE WHEN STATE = 'PAUSED' THEN 'PAUSED' ELSE 'RUNNING' END,
                    ATTEMPTS = 0, TAKEOVERS = 0
                WHERE NAME = ? AND COMMITS > 0
                """,
                pipeline.script(),
                pipeline.scriptHash(),
                pipeline.deploymentId(),
                pipeline.tenantId(),
                pipeline.remembers(),
                pipeline.name())
            == 1;
    return drains || replace(connection, pipeline);
  }

  private void insert(Connection connection, NewPipeline pipeline) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO MR_PIPELINE (NAME, SCRIPT, SCRIPT_HASH, DEPLOYMENT_ID, TENANT_ID, REMEMBERS,
          STATE, EPOCH, ATTEMPTS, ROWS_IN, ROWS_OUT, ROWS_LATE, ROWS_DEAD, COMMITS, CREATED_AT)
        VALUES (?, ?, ?, ?, ?, ?, 'RUNNING', 0, 0, 0, 0, 0, 0, 0, ?)
        """,
        pipeline.name(),
        pipeline.script(),
        pipeline.scriptHash(),
        pipeline.deploymentId(),
        pipeline.tenantId(),
        pipeline.remembers(),
        clock.now(connection));
  }

  /**
   * Ends a drained pipeline, after {@link #lock}: what it remembered is used up; it goes on as what
   * was deployed meanwhile, or stops. Returns whether it goes on.
   */
  public boolean drained(Connection connection, Claim claim) throws SQLException {
    Snapshots.forget(connection, claim.id());
    boolean goesOn =
        Sql.update(
                connection,
                """
                UPDATE MR_PIPELINE
                SET SCRIPT = NEXT_SCRIPT, SCRIPT_HASH = NEXT_SCRIPT_HASH,
                    DEPLOYMENT_ID = NEXT_DEPLOYMENT_ID, TENANT_ID = NEXT_TENANT_ID,
                    REMEMBERS = NEXT_REMEMBERS, NEXT_SCRIPT = NULL, NEXT_SCRIPT_HASH = NULL,
                    NEXT_DEPLOYMENT_ID = NULL, NEXT_TENANT_ID = NULL, NEXT_REMEMBERS = NULL,
                    WISH = NULL, EPOCH = EPOCH + 1, OWNER = NULL, LEASE_UNTIL = NULL
                WHERE NAME = ? AND NEXT_SCRIPT IS NOT NULL
                """,
                claim.id())
            == 1;
    if (!goesOn) {
      setState(connection, claim.id(), PipelineState.STOPPED);
    }
    return goesOn;
  }

  /**
   * Writes down what an operator wants; the node that runs the pipeline sees to it. What nobody
   * runs is paused at once; what is paused and shall be drained runs again for that.
   *
   * @return false if there is no such pipeline, or it does not run and the wish needs that
   */
  public boolean wish(Connection connection, String name, PipelineWish wish) throws SQLException {
    return switch (wish) {
      case CHECKPOINT -> want(connection, name, wish, "STATE = 'RUNNING'");
      case DRAIN -> {
        Sql.update(
            connection,
            "UPDATE MR_PIPELINE SET STATE = 'RUNNING' WHERE NAME = ? AND STATE = 'PAUSED'",
            name);
        yield want(connection, name, wish, "STATE = 'RUNNING'");
      }
      case PAUSE ->
          want(connection, name, wish, "STATE = 'RUNNING' AND OWNER IS NOT NULL")
              || setState(connection, name, PipelineState.PAUSED);
    };
  }

  private static boolean want(
      Connection connection, String name, PipelineWish wish, String condition) throws SQLException {
    return Sql.update(
            connection,
            "UPDATE MR_PIPELINE SET WISH = ? WHERE NAME = ? AND " + condition,
            wish.name(),
            name)
        == 1;
  }

  /** What is wanted of a node's pipelines, by name. */
  public Map<String, PipelineWish> wishes(String owner) throws SQLException {
    return transactions.read(
        connection -> {
          Map<String, PipelineWish> wishes = new LinkedHashMap<>();
          Sql.list(
              connection,
              row -> wishes.put(row.getString("NAME"), PipelineWish.valueOf(row.getString("WISH"))),
              "SELECT NAME, WISH FROM MR_PIPELINE WHERE OWNER = ? AND WISH IS NOT NULL",
              owner);
          return wishes;
        });
  }

  /** A wish has come true, after {@link #lock}. */
  public void fulfilled(Connection connection, Claim claim, PipelineWish wish) throws SQLException {
    Sql.update(
        connection,
        "UPDATE MR_PIPELINE SET WISH = NULL WHERE NAME = ? AND WISH = ?",
        claim.id(),
        wish.name());
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
    for (Map.Entry<String, String> position : positions.entrySet()) {
      writePosition(connection, claim.id(), position.getKey(), position.getValue());
    }
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

  private static void writePosition(
      Connection connection, String pipeline, String table, String position) throws SQLException {
    int updated =
        Sql.update(
            connection,
            "UPDATE MR_POSITION SET POSITION_TEXT = ? WHERE PIPELINE = ? AND TABLE_NAME = ?",
            position,
            pipeline,
            table);
    if (updated == 0) {
      Sql.update(
          connection,
          "INSERT INTO MR_POSITION (POSITION_TEXT, PIPELINE, TABLE_NAME) VALUES (?, ?, ?)",
          position,
          pipeline,
          table);
    }
  }

  /** Where each source goes on, by table name. */
  public Map<String, String> positions(String pipeline) throws SQLException {
    return transactions.read(
        connection -> {
          Map<String, String> positions = new LinkedHashMap<>();
          Sql.list(
              connection,
              row -> positions.put(row.getString("TABLE_NAME"), row.getString("POSITION_TEXT")),
              """
              SELECT TABLE_NAME, POSITION_TEXT FROM MR_POSITION WHERE PIPELINE = ?
              ORDER BY TABLE_NAME
              """,
              pipeline);
          return positions;
        });
  }

  /** Forgets where sources are, and with it all that is remembered: they start anew. */
  public void forgetPositions(Connection connection, String pipeline) throws SQLException {
    Snapshots.forget(connection, pipeline);
    Sql.update(connection, "DELETE FROM MR_POSITION WHERE PIPELINE = ?", pipeline);
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

  /**
   * Pauses, resumes or stops a pipeline at once: what it has not committed it does again one day.
   * The node that runs it learns it by {@link #renew} or its next {@link #lock}. Returns false if
   * there is no such pipeline.
   */
  public boolean setState(Connection connection, String name, PipelineState state)
      throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE MR_PIPELINE
            SET STATE = ?, EPOCH = EPOCH + 1, OWNER = NULL, LEASE_UNTIL = NULL, DUE_AT = NULL,
                ATTEMPTS = 0, TAKEOVERS = 0,
                WISH = CASE WHEN NEXT_SCRIPT IS NULL THEN NULL ELSE 'DRAIN' END
            WHERE NAME = ?
            """,
            state.name(),
            name)
        == 1;
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
