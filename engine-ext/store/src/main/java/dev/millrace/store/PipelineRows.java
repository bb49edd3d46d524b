// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Rows of MR_PIPELINE as {@link Pipeline}. */
final class PipelineRows {
  /** Select list that {@link #read} understands. */
  static final String SELECT =
      """
      SELECT NAME, SCRIPT, SCRIPT_HASH, DEPLOYMENT_ID, TENANT_ID, STATE, EPOCH, OWNER, LEASE_UNTIL,
             DUE_AT, ATTEMPTS, TAKEOVERS, ERROR_CATEGORY, ERROR_CODE, ERROR_TEXT, ROWS_IN, ROWS_OUT,
             ROWS_LATE, ROWS_DEAD, COMMITS, CREATED_AT, COMMITTED_AT, WISH, REMEMBERS, SOURCES,
             NEXT_SCRIPT, NEXT_SOURCES
      FROM MR_PIPELINE
      """;

  private PipelineRows() {}

  static Pipeline read(ResultSet row) throws SQLException {
    return new Pipeline(
        row.getString("NAME"),
        row.getString("SCRIPT"),
        row.getString("SCRIPT_HASH"),
        Optional.ofNullable(row.getString("DEPLOYMENT_ID")),
        Optional.ofNullable(row.getString("TENANT_ID")),
        PipelineState.valueOf(row.getString("STATE")),
        row.getLong("EPOCH"),
        Optional.ofNullable(row.getString("OWNER")),
        Columns.instant(row, "LEASE_UNTIL"),
        Columns.instant(row, "DUE_AT"),
        row.getInt("ATTEMPTS"),
        row.getInt("TAKEOVERS"),
        RunRows.failure(row),
        new Pipeline.Totals(
            row.getLong("ROWS_IN"),
            row.getLong("ROWS_OUT"),
            row.getLong("ROWS_LATE"),
            row.getLong("ROWS_DEAD"),
            row.getLong("COMMITS")),
        Columns.instant(row, "CREATED_AT").orElseThrow(),
        Columns.instant(row, "COMMITTED_AT"),
        Optional.ofNullable(row.getString("WISH")).map(PipelineWish::valueOf),
        Optional.ofNullable(row.getString("REMEMBERS")),
        Optional.ofNullable(row.getString("SOURCES")),
        Optional.ofNullable(row.getString("NEXT_SCRIPT")),
        Optional.ofNullable(row.getString("NEXT_SOURCES")));
  }
}
