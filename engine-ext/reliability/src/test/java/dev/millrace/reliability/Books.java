// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;

/** Whether all pieces of work were done exactly once. */
final class Books {
  private Books() {}

  static void check(Server server, String after) throws SQLException {
    assertThat(
            server.texts(
                "SELECT STATE || ' ' || ACT_ID FROM MR_RUN WHERE STATE IN ('QUEUED', 'RUNNING', 'INCIDENT', 'UNDOING')"))
        .as("after %s: unfinished runs", after)
        .isEmpty();
    assertThat(server.texts("SELECT STATE FROM MR_ROLLBACK WHERE STATE <> 'DONE'"))
        .as("after %s: unfinished rollbacks", after)
        .isEmpty();
    assertThat(
            server.texts("SELECT NAME FROM MR_PIPELINE WHERE STATE NOT IN ('STOPPED', 'INCIDENT')"))
        .as("after %s: pipelines that still run", after)
        .isEmpty();
    assertThat(server.number("SELECT COUNT(*) FROM ACT_RU_EXECUTION")).isZero();
    assertThat(server.number("SELECT COUNT(*) FROM ACT_RU_INCIDENT")).isZero();
    assertThat(server.number("SELECT COUNT(*) FROM ACT_RU_JOB")).isZero();
    assertThat(
            server.texts(
                """
                SELECT ID || ': ' || QTY FROM ITEM
                WHERE QTY <> CASE WHEN EXISTS (
                    SELECT 1 FROM STEP_DONE WHERE STEP = 'keep' || ID) THEN 12 ELSE 10 END"""))
        .as("after %s: rows incremented too often or too seldom", after)
        .isEmpty();
    assertThat(server.number("SELECT COUNT(*) FROM GONE")).isZero();
    assertThat(
            server.texts(
                """
                SELECT P.NAME FROM MR_PIPELINE P
                WHERE P.STATE = 'STOPPED' AND %1$d <> (
                    SELECT COUNT(DISTINCT N) FROM ENTRY WHERE 'p' || PIECE / 2 || '-' || PIECE = P.NAME)"""
                    .formatted(Workload.ROWS)))
        .as("after %s: pipelines that lost rows", after)
        .isEmpty();
    assertThat(
            server.texts(
                "SELECT PIECE || ': ' || N FROM ENTRY GROUP BY PIECE, N HAVING COUNT(*) > 1"))
        .as("after %s: rows written twice", after)
        .isEmpty();
  }
}
