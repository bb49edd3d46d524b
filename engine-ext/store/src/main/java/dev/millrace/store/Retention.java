// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import dev.millrace.spi.fault.FaultPoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Forgets what nobody will ask for again, and knows since when. Thread-safe. */
public final class Retention {
  private final Transactions transactions;
  private final StoreClock clock;

  Retention(Transactions transactions, StoreClock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * A process instance whose journal is gone: it can no longer be undone.
   *
   * @param since when the journal was removed
   */
  public record Forgotten(
      String processInstanceId,
      String processDefinitionId,
      Optional<String> tenantId,
      Instant since) {}

  /**
   * Deletes the runs of a process instance with their journals, dead letters, rollbacks and the
   * messages that need nobody any more, once the instance has ended and its history is gone:
   * nothing of it can be undone. Unfinished runs stay. That it was forgotten is noted.
   *
   * @return how many runs were deleted
   */
  public int forget(Connection connection, String processInstanceId) throws SQLException {
    String ended =
        """
        SELECT R.ID FROM MR_RUN R
        WHERE R.PROC_INST_ID = ? AND R.STATE IN ('COMPLETED', 'FAILED', 'CANCELLED', 'UNDONE')
        """;
    note(connection, processInstanceId);
    Sql.update(
        connection, "DELETE FROM MR_EFFECT WHERE RUN_ID IN (" + ended + ")", processInstanceId);
    Sql.update(
        connection,
        "DELETE FROM MR_DEAD_LETTER WHERE RUN_ID IN (" + ended + ")",
        processInstanceId);
    Sql.update(
        connection,
        "DELETE FROM MR_INBOX WHERE STATE IN ('DELIVERED', 'EXPIRED') AND RUN_ID IN ("
            + ended
            + ")",
        processInstanceId);
    Sql.update(
        connection,
        "DELETE FROM MR_ROLLBACK WHERE PROC_INST_ID = ? AND STATE IN ('DONE', 'CANCELLED')",
        processInstanceId);
    Sql.update(
        connection,
        "DELETE FROM MR_ROLLBACK_ORDER WHERE PROC_INST_ID = ? AND STATE IN ('DONE', 'CANCELLED')",
        processInstanceId);
    Sql.update(connection, "DELETE FROM MR_LINEAGE WHERE PROC_INST_ID = ?", processInstanceId);
    int forgotten =
        Sql.update(connection, "DELETE FROM MR_RUN WHERE ID IN (" + ended + ")", processInstanceId);
    FaultPoint.RUNS_FORGOTTEN.reached();
    return forgotten;
  }

  private void note(Connection connection, String processInstanceId) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO MR_FORGOTTEN (PROC_INST_ID, PROC_DEF_ID, TENANT_ID, FORGOTTEN_AT)
        SELECT R.PROC_INST_ID, MIN(R.PROC_DEF_ID), MIN(R.TENANT_ID), ? FROM MR_RUN R
        WHERE R.PROC_INST_ID = ?
          AND NOT EXISTS (SELECT 1 FROM MR_FORGOTTEN F WHERE F.PROC_INST_ID = R.PROC_INST_ID)
        GROUP BY R.PROC_INST_ID
        """,
        clock.now(connection),
        processInstanceId);
  }

  /** When the journal of a process instance was removed, if it was. */
  public Optional<Forgotten> forgotten(String processInstanceId) throws SQLException {
    return transactions.read(connection -> forgotten(connection, processInstanceId));
  }

  public static Optional<Forgotten> forgotten(Connection connection, String processInstanceId)
      throws SQLException {
    return Sql.first(
        connection,
        Retention::read,
        """
        SELECT PROC_INST_ID, PROC_DEF_ID, TENANT_ID, FORGOTTEN_AT FROM MR_FORGOTTEN
        WHERE PROC_INST_ID = ?
        """,
        processInstanceId);
  }

  private static Forgotten read(ResultSet row) throws SQLException {
    return new Forgotten(
        row.getString("PROC_INST_ID"),
        row.getString("PROC_DEF_ID"),
        Optional.ofNullable(row.getString("TENANT_ID")),
        Columns.instant(row, "FORGOTTEN_AT").orElseThrow());
  }

  /** Removes notes of forgetting that are this old. Returns how many. */
  public int forgetNotes(Connection connection, Duration age) throws SQLException {
    return Sql.update(
        connection,
        "DELETE FROM MR_FORGOTTEN WHERE FORGOTTEN_AT < ?",
        clock.now(connection).minus(age));
  }

  /** Removes dead letters that ended this long ago. Returns how many. */
  public int forgetDeadLetters(Connection connection, Duration age) throws SQLException {
    return Sql.update(
        connection,
        "DELETE FROM MR_DEAD_LETTER WHERE STATE <> 'OPEN' AND ENDED_AT < ?",
        clock.now(connection).minus(age));
  }
}
