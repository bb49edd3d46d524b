// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.fault.FaultPoint;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * How pipelines come to their scripts. A name is taken by the tenant that deployed it first. Part
 * of the caller's transaction; thread-safe.
 */
public final class PipelineDeployments {
  private static final String DUPLICATE = "23505";

  private final StoreClock clock;
  private final PipelineWishes wishes;

  PipelineDeployments(StoreClock clock, PipelineWishes wishes) {
    this.clock = clock;
    this.wishes = wishes;
  }

  /**
   * What is deployed.
   *
   * @param scriptHash at most 64 characters
   * @param deploymentId null if it is not of a deployment
   * @param tenantId null without one
   * @param remembers what its plan remembers, as {@code dev.millrace.plan.Memory}
   * @param sources what its plan reads, as {@code dev.millrace.plan.Sources}
   */
  public record NewPipeline(
      String name,
      String script,
      String scriptHash,
      String deploymentId,
      String tenantId,
      String remembers,
      String sources) {
    /** As tenants are compared: empty without one. */
    private String owner() {
      return tenantId == null ? "" : tenantId;
    }
  }

  /** What becomes of a pipeline that is deployed again. */
  public enum Redeployment {
    /** The new script goes on at once, with what the old one remembers. */
    REPLACE,
    /** The new script goes on at once, and remembers nothing. */
    DISCARD_STATE,
    /** As {@link #DISCARD_STATE}, and its sources begin as their start options say. */
    DISCARD_POSITIONS,
    /** The old script fires its windows and ends first; the new one remembers nothing. */
    DRAIN
  }

  /**
   * Makes a pipeline known, or gives a known one a new script: the node that runs the old one loses
   * it, or drains it first. Positions stay, see {@link Positions#keep}; the state too, but for
   * {@link PipelineState#STOPPED} and {@link PipelineState#INCIDENT}, which run again.
   *
   * @return whether the new script goes on at once; else the old one is drained first
   * @throws dev.millrace.spi.error.MillraceException if there is one of that name that is of
   *     another tenant, or was made at the same moment
   */
  public boolean deploy(Connection connection, NewPipeline pipeline, Redeployment redeployment)
      throws SQLException {
    boolean drains = redeployment == Redeployment.DRAIN && follow(connection, pipeline);
    if (!drains) {
      forget(connection, pipeline.name(), redeployment);
      if (!replace(connection, pipeline)) {
        insert(connection, pipeline);
      }
    }
    FaultPoint.PIPELINE_DEPLOYED.reached();
    return !drains;
  }

  private static void forget(Connection connection, String pipeline, Redeployment redeployment)
      throws SQLException {
    switch (redeployment) {
      case REPLACE, DRAIN -> {}
      case DISCARD_STATE -> Snapshots.forget(connection, pipeline);
      case DISCARD_POSITIONS -> Positions.forget(connection, pipeline);
    }
  }

  private static boolean replace(Connection connection, NewPipeline pipeline) throws SQLException {
    return Sql.update(
            connection,
            """
            UPDATE MR_PIPELINE
            SET SCRIPT = ?, SCRIPT_HASH = ?, DEPLOYMENT_ID = ?, TENANT_ID = ?, REMEMBERS = ?,
                SOURCES = ?,
                STATE = CASE WHEN STATE = 'PAUSED' THEN 'PAUSED' ELSE 'RUNNING' END,
                EPOCH = EPOCH + 1, OWNER = NULL, LEASE_UNTIL = NULL, DUE_AT = NULL, ATTEMPTS = 0,
                PROGRESS = NULL,
                TAKEOVERS = 0, WISH = NULL, NEXT_SCRIPT = NULL, NEXT_SCRIPT_HASH = NULL,
                NEXT_DEPLOYMENT_ID = NULL, NEXT_TENANT_ID = NULL, NEXT_REMEMBERS = NULL,
                NEXT_SOURCES = NULL
            WHERE NAME = ? AND COALESCE(TENANT_ID, '') = ?
            """,
            pipeline.script(),
            pipeline.scriptHash(),
            pipeline.deploymentId(),
            pipeline.tenantId(),
            pipeline.remembers(),
            pipeline.sources(),
            pipeline.name(),
            pipeline.owner())
        == 1;
  }

  /** A pipeline that has never committed has nothing to drain. */
  private static boolean follow(Connection connection, NewPipeline pipeline) throws SQLException {
    return Sql.update(
            connection,
            """
                UPDATE MR_PIPELINE
                SET NEXT_SCRIPT = ?, NEXT_SCRIPT_HASH = ?, NEXT_DEPLOYMENT_ID = ?,
                    NEXT_TENANT_ID = ?, NEXT_REMEMBERS = ?, NEXT_SOURCES = ?, WISH = 'DRAIN', DUE_AT = NULL,
                    STATE = CASE WHEN STATE = 'PAUSED' THEN 'PAUSED' ELSE 'RUNNING' END,
                    ATTEMPTS = 0, TAKEOVERS = 0
                WHERE NAME = ? AND COALESCE(TENANT_ID, '') = ? AND COMMITS > 0
                """,
            pipeline.script(),
            pipeline.scriptHash(),
            pipeline.deploymentId(),
            pipeline.tenantId(),
            pipeline.remembers(),
            pipeline.sources(),
            pipeline.name(),
            pipeline.owner())
        == 1;
  }

  private void insert(Connection connection, NewPipeline pipeline) throws SQLException {
    try {
      Sql.update(
          connection,
          """
        INSERT INTO MR_PIPELINE (NAME, SCRIPT, SCRIPT_HASH, DEPLOYMENT_ID, TENANT_ID, REMEMBERS,
          SOURCES, STATE, EPOCH, ATTEMPTS, ROWS_IN, ROWS_OUT, ROWS_LATE, ROWS_DEAD, COMMITS, CREATED_AT)
        VALUES (?, ?, ?, ?, ?, ?, ?, 'RUNNING', 0, 0, 0, 0, 0, 0, 0, ?)
        """,
          pipeline.name(),
          pipeline.script(),
          pipeline.scriptHash(),
          pipeline.deploymentId(),
          pipeline.tenantId(),
          pipeline.remembers(),
          pipeline.sources(),
          clock.now(connection));
    } catch (SQLException e) {
      if (DUPLICATE.equals(e.getSQLState())) {
        throw StoreErrors.pipelineTaken(pipeline.name(), e);
      }
      throw e;
    }
  }

  /**
   * Ends a drained pipeline, after {@link Pipelines#lock}: what it remembered is used up; it goes
   * on as what was deployed meanwhile, or stops. Returns whether it goes on.
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
                    REMEMBERS = NEXT_REMEMBERS, SOURCES = NEXT_SOURCES, NEXT_SCRIPT = NULL, NEXT_SCRIPT_HASH = NULL,
                    NEXT_DEPLOYMENT_ID = NULL, NEXT_TENANT_ID = NULL, NEXT_REMEMBERS = NULL,
                    NEXT_SOURCES = NULL, WISH = NULL, EPOCH = EPOCH + 1, OWNER = NULL, LEASE_UNTIL = NULL
                WHERE NAME = ? AND NEXT_SCRIPT IS NOT NULL
                """,
                claim.id())
            == 1;
    if (!goesOn) {
      wishes.setState(connection, claim.id(), PipelineState.STOPPED);
    }
    return goesOn;
  }
}
