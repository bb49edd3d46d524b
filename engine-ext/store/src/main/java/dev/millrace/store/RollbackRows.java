// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.effect.ConflictPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Rows of MR_ROLLBACK as {@link Rollback}. */
final class RollbackRows {
  /** Select list that {@link #read} understands. */
  static final String SELECT =
      """
      SELECT B.ID, B.PROC_INST_ID, B.EXECUTION_ID, B.ACT_ID, B.ACT_INST_ID, B.COMPENSATED_ACT_ID,
             B.SCOPE_ID, B.ON_CONFLICT, B.ON_FINAL, B.STATE, B.RUN_ID, B.EPOCH, B.OWNER, B.LEASE_UNTIL,
             B.DUE_AT, B.ATTEMPTS, B.TAKEOVERS, B.ERROR_TEXT, B.CREATED_AT, B.ENDED_AT
      FROM MR_ROLLBACK B
      """;

  private RollbackRows() {}

  static Rollback read(ResultSet row) throws SQLException {
    return new Rollback(
        row.getString("ID"),
        new NewRollback(
            row.getString("PROC_INST_ID"),
            row.getString("EXECUTION_ID"),
            row.getString("ACT_ID"),
            row.getString("ACT_INST_ID"),
            row.getString("COMPENSATED_ACT_ID"),
            row.getString("SCOPE_ID"),
            ConflictPolicy.valueOf(row.getString("ON_CONFLICT")),
            OnFinal.valueOf(row.getString("ON_FINAL"))),
        RollbackState.valueOf(row.getString("STATE")),
        Optional.ofNullable(row.getString("RUN_ID")),
        row.getLong("EPOCH"),
        Optional.ofNullable(row.getString("OWNER")),
        Columns.instant(row, "LEASE_UNTIL"),
        Columns.instant(row, "DUE_AT"),
        row.getInt("ATTEMPTS"),
        row.getInt("TAKEOVERS"),
        Optional.ofNullable(row.getString("ERROR_TEXT")),
        Columns.instant(row, "CREATED_AT").orElseThrow(),
        Columns.instant(row, "ENDED_AT"));
  }
}
