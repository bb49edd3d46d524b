// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;

/** Whether all pieces of work were done exactly once. */
final class Books {
  private Books() {}

  /** What is not done yet, for a person. */
  static List<String> unfinished(Server server) throws SQLException {
    return server.texts(
        """
        SELECT 'run ' || STATE || ' ' || ACT_ID || ' of ' || PROC_INST_ID || ', owner '
            || COALESCE(OWNER, '-') || ', lease ' || COALESCE(CAST(LEASE_UNTIL AS TEXT), '-')
            || ', due ' || COALESCE(CAST(DUE_AT AS TEXT), '-') || ' ' || COALESCE(ERROR_TEXT, '')
          FROM MR_RUN WHERE STATE NOT IN ('COMPLETED', 'UNDONE', 'FAILED', 'CANCELLED')
        UNION ALL
        SELECT 'rollback ' || STATE || ' ' || ACT_ID || ' of ' || PROC_INST_ID || ', owner '
            || COALESCE(OWNER, '-') || ', lease ' || COALESCE(CAST(LEASE_UNTIL AS TEXT), '-')
            || ', due ' || COALESCE(CAST(DUE_AT AS TEXT), '-') || ' ' || COALESCE(ERROR_TEXT, '')
          FROM MR_ROLLBACK WHERE STATE NOT IN ('DONE', 'CANCELLED')
        UNION ALL
        SELECT 'execution at ' || COALESCE(ACT_ID_, '-') || ' of ' || PROC_INST_ID_
          FROM ACT_RU_EXECUTION
        UNION ALL
        SELECT 'incident ' || INCIDENT_MSG_ || ' of ' || PROC_INST_ID_ FROM ACT_RU_INCIDENT
        UNION ALL SELECT 'now ' || CAST(CURRENT_TIMESTAMP AS TEXT)""");
  }

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
            server.texts(
                "SELECT NAME FROM MR_PIPELINE WHERE NAME <> 'numbers' AND STATE NOT IN ('STOPPED', 'INCIDENT')"))
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
                SELECT MESSAGE || ' ' || BUSINESS_KEY || ' ' || STATE || ' ' || COUNT(*) FROM MR_INBOX
                WHERE STATE NOT IN ('DELIVERED', 'EXPIRED') OR STATE = 'EXPIRED' AND NOT EXISTS (
                  SELECT 1 FROM MR_DEAD_LETTER WHERE RECORD_TEXT LIKE '%' || BUSINESS_KEY || '%')
                GROUP BY MESSAGE, BUSINESS_KEY, STATE
                UNION ALL
                SELECT BUSINESS_KEY || ' twice' FROM MR_INBOX GROUP BY BUSINESS_KEY HAVING COUNT(*) > 1"""))
        .as("after %s: messages lost or doubled", after)
        .isEmpty();
    assertThat(
            server.texts(
                """
                SELECT P.NAME FROM MR_PIPELINE P
                WHERE P.STATE = 'STOPPED' AND P.NAME NOT LIKE '%%-m' AND P.NAME NOT LIKE '%%-o_' AND P.NAME NOT LIKE '%%-t' AND P.NAME NOT LIKE '%%-l' AND %1$d <> (
                    SELECT COUNT(DISTINCT N) FROM ENTRY WHERE 'p' || PIECE / 2 || '-' || PIECE = P.NAME)"""
                    .formatted(Workload.ROWS)))
        .as("after %s: pipelines that lost rows", after)
        .isEmpty();
    assertThat(
            server.texts(
                "SELECT PIECE || ': ' || N FROM ENTRY GROUP BY PIECE, N HAVING COUNT(*) > 1"))
        .as("after %s: rows written twice", after)
        .isEmpty();
    assertThat(
            server.texts(
                """
                SELECT P.NAME FROM MR_PIPELINE P JOIN TOTAL T ON P.NAME = 'p' || T.PIECE || '-t'
                WHERE T.N <> P.ROWS_IN OR T.S <> T.N * (T.N + 1) / 2"""))
        .as("after %s: sums that are wrong", after)
        .isEmpty();
    assertThat(
            server.texts(
                """
                SELECT P.NAME FROM MR_PIPELINE P JOIN TOTAL T ON P.NAME = 'p' || T.PIECE || '-l'
                WHERE T.N <> P.ROWS_IN OR T.S <> (T.N - 2) * (T.N - 1) / 2 + 2 * %d"""
                    .formatted(Flows.CORRECTED)))
        .as("after %s: letters counted too often or too seldom", after)
        .isEmpty();
    assertThat(
            server.texts(
                """
                SELECT STEP FROM STEP_DONE WHERE STEP LIKE 'letters%' AND 2 <> (
                  SELECT COUNT(*) FROM ENTRY
                  WHERE PIECE = 2 * CAST(SUBSTR(STEP, 8) AS BIGINT) + 1 AND N >= 1000)"""))
        .as("after %s: dead letters not replayed once", after)
        .isEmpty();
    checkDeliveries(server, after);
  }

  private static void checkDeliveries(Server server, String after) throws SQLException {
    assertThat(
            server.texts(
                """
                SELECT NAME FROM MR_HOOK H WHERE NEWEST <> 1 OR 1 <> (
                  SELECT COUNT(*) FROM MR_HOOK_BODY B WHERE B.HOOK = H.NAME)"""))
        .as("after %s: hooks that lost a body or have one twice", after)
        .isEmpty();
    assertThat(server.number("SELECT COUNT(*) FROM MR_HISTORY_EVENT")).isZero();
    assertThat(server.texts("SELECT STEP FROM STEP_DONE WHERE STEP LIKE 'event%' ORDER BY 1"))
        .as("after %s: events of the history", after)
        .hasSameSizeAs(server.texts("SELECT CONTENT FROM MR_CHANNEL_EVENT"));
    assertThat(server.number("SELECT COUNT(*) FROM MR_OUTBOX")).isZero();
    assertThat(server.texts("SELECT PIPELINE FROM MR_DEAD_LETTER WHERE PIPELINE LIKE 'p%-o_'"))
        .as("after %s: records refused", after)
        .doesNotHaveDuplicates();
  }
}
