// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.fault.FaultPoint;
import java.sql.Connection;
import java.sql.SQLException;

/** Forgets what nobody will ask for again. */
public final class Retention {
  Retention() {}

  /**
   * Deletes the runs of a process instance with their journals, dead letters and rollbacks, once
   * the instance has ended and its history is gone: nothing of it can be undone. Unfinished runs
   * stay.
   *
   * @return how many runs were deleted
   */
  public int forget(Connection connection, String processInstanceId) throws SQLException {
    String ended =
        """
        SELECT R.ID FROM MR_RUN R
        WHERE R.PROC_INST_ID = ? AND R.STATE IN ('COMPLETED', 'FAILED', 'CANCELLED', 'UNDONE')
        """;
    Sql.update(
        connection, "DELETE FROM MR_EFFECT WHERE RUN_ID IN (" + ended + ")", processInstanceId);
    Sql.update(
        connection,
        "DELETE FROM MR_DEAD_LETTER WHERE RUN_ID IN (" + ended + ")",
        processInstanceId);
    Sql.update(
        connection,
        "DELETE FROM MR_ROLLBACK WHERE PROC_INST_ID = ? AND STATE IN ('DONE', 'CANCELLED')",
        processInstanceId);
    int forgotten =
        Sql.update(connection, "DELETE FROM MR_RUN WHERE ID IN (" + ended + ")", processInstanceId);
    FaultPoint.RUNS_FORGOTTEN.reached();
    return forgotten;
  }
}
