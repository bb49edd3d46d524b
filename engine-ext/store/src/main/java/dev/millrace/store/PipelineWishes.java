// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What operators want of pipelines: at once, or of the node that runs them. Thread-safe; nothing
 * here asks who may want it.
 */
public final class PipelineWishes {
  private final Transactions transactions;

  PipelineWishes(Transactions transactions) {
    this.transactions = transactions;
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
  public Map<String, PipelineWish> of(String owner) throws SQLException {
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

  /** A wish has come true, after {@link Pipelines#lock}. */
  public void fulfilled(Connection connection, Claim claim, PipelineWish wish) throws SQLException {
    Sql.update(
        connection,
        "UPDATE MR_PIPELINE SET WISH = NULL WHERE NAME = ? AND WISH = ?",
        claim.id(),
        wish.name());
  }

  /**
   * Pauses, resumes or stops a pipeline at once: what it has not committed it does again one day.
   * The node that runs it learns it by {@link Pipelines#renew} or its next {@link Pipelines#lock}.
   * Returns false if there is no such pipeline.
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
}
