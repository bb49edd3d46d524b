// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.node;

import dev.millrace.camunda.task.WorkQueue;
import dev.millrace.camunda.transaction.EngineTransaction;
import dev.millrace.store.NewRollback;
import dev.millrace.store.NewRun;
import dev.millrace.store.Run;
import dev.millrace.store.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/** Work as rows of the store, in the transaction of the current command. Thread-safe. */
final class StoreQueue implements WorkQueue {
  private final Store store;
  private final Departments departments;

  StoreQueue(Store store, Departments departments) {
    this.store = store;
    this.departments = departments;
  }

  @Override
  public void run(NewRun run) {
    inTransaction(db -> store.runs().insert(db, run));
    EngineTransaction.current().afterCommit(departments.bell(Department.RUNS));
  }

  @Override
  public void cancelRun(ExecutionEntity execution) {
    List<Run> cancelled = inTransaction(db -> store.runs().cancelExecution(db, execution.getId()));
    Set<String> ids = cancelled.stream().map(Run::id).collect(Collectors.toSet());
    EngineTransaction.current().afterCommit(() -> departments.interrupt(Department.RUNS, ids));
  }

  @Override
  public void moveScope(String processInstanceId, String fromScopeId, String toScopeId) {
    inTransaction(
        db -> {
          store.runs().moveScope(db, processInstanceId, fromScopeId, toScopeId);
          return null;
        });
  }

  @Override
  public void rollBack(NewRollback rollback) {
    inTransaction(db -> store.rollbacks().park(db, rollback));
    EngineTransaction.current().afterCommit(departments.bell(Department.ROLLBACKS));
  }

  @Override
  public void cancelRollback(ExecutionEntity execution) {
    inTransaction(
        db -> store.rollbacks().cancelActivityInstance(db, execution.getActivityInstanceId()));
  }

  @FunctionalInterface
  private interface Change<T> {
    T apply(Connection db) throws SQLException;
  }

  private static <T> T inTransaction(Change<T> change) {
    try {
      return change.apply(EngineTransaction.current().connection());
    } catch (SQLException e) {
      throw new ProcessEngineException("Millrace could not write its tables: " + e.getMessage(), e);
    }
  }
}
