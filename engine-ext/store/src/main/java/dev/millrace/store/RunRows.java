// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.engine.RunMetrics;
import dev.millrace.spi.error.ErrorCategory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;

/** Rows of MR_RUN as {@link Run}. */
final class RunRows {
  /** Select list that {@link #read} understands. */
  static final String SELECT =
      """
      SELECT ID, SCRIPT, DEPLOYMENT_ID, PROC_INST_ID, ROOT_PROC_INST_ID, PROC_DEF_ID, EXECUTION_ID,
             ACT_ID, ACT_INST_ID, SCOPE_ID, TENANT_ID, BUSINESS_KEY, PRIORITY, STATE, EPOCH, OWNER,
             LEASE_UNTIL, DUE_AT, ATTEMPTS, TAKEOVERS, ERROR_CATEGORY, ERROR_CODE, ERROR_TEXT, ROWS_IN,
             ROWS_OUT, ROWS_LATE, ROWS_DEAD, ELAPSED_NANOS, COMMIT_SEQ, CREATED_AT, STARTED_AT,
             ENDED_AT
      FROM MR_RUN
      """;

  private RunRows() {}

  static Run read(ResultSet row) throws SQLException {
    return new Run(
        row.getString("ID"),
        origin(row),
        RunState.valueOf(row.getString("STATE")),
        row.getLong("EPOCH"),
        Optional.ofNullable(row.getString("OWNER")),
        Columns.instant(row, "LEASE_UNTIL"),
        Columns.instant(row, "DUE_AT"),
        row.getInt("ATTEMPTS"),
        row.getInt("TAKEOVERS"),
        failure(row),
        metrics(row),
        commitSequence(row),
        Columns.instant(row, "CREATED_AT").orElseThrow(),
        Columns.instant(row, "STARTED_AT"),
        Columns.instant(row, "ENDED_AT"));
  }

  private static NewRun origin(ResultSet row) throws SQLException {
    return new NewRun(
        row.getString("SCRIPT"),
        row.getString("DEPLOYMENT_ID"),
        row.getString("PROC_INST_ID"),
        row.getString("ROOT_PROC_INST_ID"),
        row.getString("PROC_DEF_ID"),
        row.getString("EXECUTION_ID"),
        row.getString("ACT_ID"),
        row.getString("ACT_INST_ID"),
        row.getString("SCOPE_ID"),
        row.getString("TENANT_ID"),
        row.getString("BUSINESS_KEY"),
        row.getLong("PRIORITY"));
  }

  static Optional<RunFailure> failure(ResultSet row) throws SQLException {
    String category = row.getString("ERROR_CATEGORY");
    return category == null
        ? Optional.empty()
        : Optional.of(
            new RunFailure(
                ErrorCategory.valueOf(category),
                row.getString("ERROR_CODE"),
                row.getString("ERROR_TEXT")));
  }

  private static RunMetrics metrics(ResultSet row) throws SQLException {
    return new RunMetrics(
        row.getLong("ROWS_IN"),
        row.getLong("ROWS_OUT"),
        row.getLong("ROWS_LATE"),
        row.getLong("ROWS_DEAD"),
        Long.MIN_VALUE,
        row.getLong("ELAPSED_NANOS"));
  }

  private static OptionalLong commitSequence(ResultSet row) throws SQLException {
    long sequence = row.getLong("COMMIT_SEQ");
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(sequence);
  }
}
