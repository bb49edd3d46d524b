// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import dev.millrace.camunda.run.IncidentJobs;
import dev.millrace.camunda.transaction.EngineTransaction;
import dev.millrace.store.Rollback;
import dev.millrace.store.Rollbacks;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/** Tries a rollback again, as it was, when an operator retries its job. Thread-safe. */
public final class RetryRollback extends IncidentJobs.Handler {
  private final Rollbacks rollbacks;
  private final Runnable wake;

  public RetryRollback(Rollbacks rollbacks, Runnable wake) {
    super(RollbackWork.JOB);
    this.rollbacks = rollbacks;
    this.wake = wake;
  }

  @Override
  public void execute(
      IncidentJobs.WorkId id, ExecutionEntity execution, CommandContext command, String tenantId) {
    EngineTransaction transaction = EngineTransaction.current();
    Connection db = transaction.connection();
    try {
      Optional<Rollback> rollback = Rollbacks.find(db, id.value());
      if (rollback.isPresent()) {
        rollbacks.resume(db, id.value(), rollback.get().origin().onConflict());
      }
    } catch (SQLException e) {
      throw new IllegalStateException("rollback " + id.value() + " could not be queued", e);
    }
    transaction.afterCommit(wake);
  }
}
