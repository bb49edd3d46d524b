// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.engine.PipelineProgress;
import dev.millrace.spi.fault.Write;
import dev.millrace.store.codec.ProgressJson;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

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

  /** Tells how far pipelines have come whose claims hold. Returns of how many. */
  public int tell(Map<Claim, PipelineProgress> progress) throws SQLException {
    if (progress.isEmpty()) {
      return 0;
    }
    return transactions.commit(
        Write.LEASE_RENEWAL,
        connection -> {
          int told = 0;
          for (Map.Entry<Claim, PipelineProgress> each : progress.entrySet()) {
            told +=
                Sql.update(
                    connection,
                    """
                    UPDATE MR_PIPELINE SET PROGRESS = ?, PROGRESS_AT = ?
                    WHERE NAME = ? AND EPOCH = ? AND OWNER IS NOT NULL
                    """,
                    ProgressJson.write(each.getValue()),
                    clock.now(connection),
                    each.getKey().id(),
                    each.getKey().epoch());
          }
          return told;
        });
  }

  /** What was last told of a pipeline that runs; empty if it does not, or its node is new to it. */
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
