// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.engine.PipelineProgress;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.codec.ProgressJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What nodes tell each other now and then of the pipelines they run. Thread-safe. Nothing depends
 * on it but what operators see.
 */
public final class ProgressReports {
  private final Transactions transactions;
  private final StoreClock clock;

  ProgressReports(Transactions transactions, StoreClock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Tells how far pipelines have come whose claims hold; waits for nobody: of those at which a
   * transaction works just now it is told another time. Returns of how many it was.
   */
  public int tell(Map<Claim, PipelineProgress> progress) throws SQLException {
    if (progress.isEmpty()) {
      return 0;
    }
    return transactions.commit(
        Write.LEASE_RENEWAL,
        connection -> {
          List<Claim> free = lockFree(connection, progress.keySet());
          Instant now = clock.now(connection);
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE MR_PIPELINE SET PROGRESS = ?, PROGRESS_AT = ? WHERE NAME = ?")) {
            for (Claim claim : free) {
              Columns.bind(update, ProgressJson.write(progress.get(claim)), now, claim.id());
              update.addBatch();
            }
            update.executeBatch();
          }
          return free.size();
        });
  }

  /** Locks those of some pipelines that are still held by these claims and locked by nobody. */
  private static List<Claim> lockFree(Connection connection, Set<Claim> claims)
      throws SQLException {
    return Sql.list(
            connection,
            row -> new Claim(row.getString("NAME"), row.getLong("EPOCH")),
            """
            SELECT NAME, EPOCH FROM MR_PIPELINE
            WHERE NAME IN (%s) AND OWNER IS NOT NULL
            FOR UPDATE SKIP LOCKED
            """
                .formatted(Sql.marks(claims.size())),
            claims.stream().map(Claim::id).toArray())
        .stream()
        .filter(claims::contains)
        .toList();
  }

  /**
   * What was last told of a pipeline that runs; empty if it does not, or the node that has taken it
   * has told nothing yet.
   */
  public Optional<StoredProgress> of(String pipeline) throws SQLException {
    return transactions.read(
        connection ->
            Sql.first(
                connection,
                row ->
                    new StoredProgress(
                        ProgressJson.read(row.getString("PROGRESS")),
                        Columns.instant(row, "PROGRESS_AT").orElseThrow()),
                """
                SELECT PROGRESS, PROGRESS_AT FROM MR_PIPELINE
                WHERE NAME = ? AND OWNER IS NOT NULL AND PROGRESS IS NOT NULL
                """,
                pipeline));
  }
}
