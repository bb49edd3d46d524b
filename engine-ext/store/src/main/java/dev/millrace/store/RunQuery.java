// SPDX-License-Identifier: Apache-2.0
package dev.millrace.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs as people and the engine ask for them. */
public final class RunQuery {
  private final Transactions transactions;

  RunQuery(Transactions transactions) {
    this.transactions = transactions;
  }

  public Optional<Run> find(String runId) throws SQLException {
    return transactions.read(connection -> find(connection, runId));
  }

  public static Optional<Run> find(Connection connection, String runId) throws SQLException {
    return Sql.first(connection, RunRows::read, RunRows.SELECT + "WHERE ID = ?", runId);
  }

  /** The newest run of an activity instance. */
  public static Optional<Run> findByActivityInstance(
      Connection connection, String activityInstanceId) throws SQLException {
    return Sql.first(
        connection,
        RunRows::read,
        RunRows.SELECT + "WHERE ACT_INST_ID = ? ORDER BY CREATED_AT DESC, ID",
        activityInstanceId);
  }

  /** The newest run an execution waits for. */
  public static Optional<Run> findByExecution(Connection connection, String executionId)
      throws SQLException {
    return Sql.first(
        connection,
        RunRows::read,
        RunRows.SELECT + "WHERE EXECUTION_ID = ? ORDER BY CREATED_AT DESC, ID",
        executionId);
  }

  /** As {@link #find(String)}; nobody else changes it until the transaction ends. */
  public static Optional<Run> findLocked(Connection connection, String runId) throws SQLException {
    return Sql.first(connection, RunRows::read, RunRows.SELECT + "WHERE ID = ? FOR UPDATE", runId);
  }

  /** All runs of a process instance, oldest first. */
  public List<Run> ofProcessInstance(String processInstanceId) throws SQLException {
    return transactions.read(
        connection -> ofProcessInstances(connection, List.of(processInstanceId)));
  }

  /** All runs of a process instance and of those it called, directly or not, oldest first. */
  public List<Run> ofRootProcessInstance(String rootProcessInstanceId) throws SQLException {
    return transactions.read(
        connection -> ofRootProcessInstance(connection, rootProcessInstanceId));
  }

  /** As {@link #ofProcessInstance(String)}, of several, in the given transaction. */
  public static List<Run> ofProcessInstances(
      Connection connection, Collection<String> processInstanceIds) throws SQLException {
    List<Run> runs = new ArrayList<>();
    for (String id : processInstanceIds) {
      runs.addAll(
          Sql.list(
              connection,
              RunRows::read,
              RunRows.SELECT + "WHERE PROC_INST_ID = ? ORDER BY CREATED_AT, ID",
              id));
    }
    return runs;
  }

  /** As {@link #ofRootProcessInstance(String)}, in the given transaction. */
  public static List<Run> ofRootProcessInstance(Connection connection, String rootId)
      throws SQLException {
    return Sql.list(
        connection,
        RunRows::read,
        RunRows.SELECT + "WHERE ROOT_PROC_INST_ID = ? ORDER BY CREATED_AT, ID",
        rootId);
  }

  /**
   * Which runs are asked for.
   *
   * @param processInstanceId null for any; so the others
   */
  public record Filter(
      String processInstanceId,
      String rootProcessInstanceId,
      String processDefinitionId,
      String activityId,
      String businessKey,
      RunState state) {
    private static final String WHERE =
        """
        WHERE PROC_INST_ID = COALESCE(?, PROC_INST_ID)
          AND ROOT_PROC_INST_ID = COALESCE(?, ROOT_PROC_INST_ID)
          AND PROC_DEF_ID = COALESCE(?, PROC_DEF_ID) AND ACT_ID = COALESCE(?, ACT_ID)
          AND (CAST(? AS VARCHAR(255)) IS NULL OR BUSINESS_KEY = ?)
          AND STATE = COALESCE(?, STATE)
        """;

    private Object[] parameters(Object... more) {
      List<Object> all = new ArrayList<>();
      all.add(processInstanceId);
      all.add(rootProcessInstanceId);
      all.add(processDefinitionId);
      all.add(activityId);
      all.add(businessKey);
      all.add(businessKey);
      all.add(state == null ? null : state.name());
      all.addAll(List.of(more));
      return all.toArray();
    }
  }

  /** A page of runs, newest first. */
  public List<Run> list(Filter filter, int first, int max) throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                RunRows::read,
                RunRows.SELECT + Filter.WHERE + "ORDER BY CREATED_AT DESC, ID LIMIT ? OFFSET ?",
                filter.parameters(max, first)));
  }

  /** The newest runs in a state. */
  public List<Run> inState(RunState state, int max) throws SQLException {
    return transactions.read(
        connection ->
            Sql.list(
                connection,
                RunRows::read,
                RunRows.SELECT + "WHERE STATE = ? ORDER BY CREATED_AT DESC, ID LIMIT ?",
                state.name(),
                max));
  }

  /** How many runs are in each state; states without runs are absent. */
  public Map<RunState, Long> countByState() throws SQLException {
    return transactions.read(
        connection -> {
          Map<RunState, Long> counts = new EnumMap<>(RunState.class);
          Sql.list(
              connection,
              row -> counts.put(RunState.valueOf(row.getString("STATE")), row.getLong("RUN_COUNT")),
              "SELECT STATE, COUNT(*) AS RUN_COUNT FROM MR_RUN GROUP BY STATE");
          return counts;
        });
  }

  /**
   * Rows over all completed executions of runs.
   *
   * @param runs how many runs there are, whatever their state
   */
  public record Totals(long runs, long rowsIn, long rowsOut, long late, long dead) {}

  public Totals totals() throws SQLException {
    return transactions.read(
        connection ->
            Sql.first(
                    connection,
                    row ->
                        new Totals(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5)),
                    """
                    SELECT COUNT(*), COALESCE(SUM(ROWS_IN), 0), COALESCE(SUM(ROWS_OUT), 0),
                           COALESCE(SUM(ROWS_LATE), 0), COALESCE(SUM(ROWS_DEAD), 0)
                    FROM MR_RUN
                    """)
                .orElseThrow());
  }

  /** Completed runs of a process instance that are not undone, newest first in the journal. */
  public static List<Run> undoable(Connection connection, String processInstanceId)
      throws SQLException {
    return Sql.list(
        connection,
        RunRows::read,
        RunRows.SELECT
            + "WHERE PROC_INST_ID = ? AND STATE IN ('COMPLETED', 'UNDOING')"
            + " ORDER BY COMMIT_SEQ DESC",
        processInstanceId);
  }
}
