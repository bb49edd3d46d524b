// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.task;

import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.store.NewRollback;
import dev.millrace.store.OnFinal;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;

/**
 * {@code ${streamRollback}}: parks. When the transaction that throws the compensation has
 * committed, all handlers it has reached are parked, and only then are their runs undone, newest
 * first. Immutable.
 */
public final class StreamRollbackBehavior extends ParkedBehavior {
  private final ConflictPolicy onConflict;
  private final OnFinal onFinal;
  private final WorkQueue queue;

  public StreamRollbackBehavior(ConflictPolicy onConflict, OnFinal onFinal, WorkQueue queue) {
    this.onConflict = onConflict;
    this.onFinal = onFinal;
    this.queue = queue;
  }

  @Override
  public void execute(ActivityExecution activityExecution) {
    ExecutionEntity execution = (ExecutionEntity) activityExecution;
    ActivityImpl handler = execution.getActivity();
    queue.rollBack(
        new NewRollback(
            execution.getProcessInstanceId(),
            execution.getId(),
            handler.getId(),
            execution.getActivityInstanceId(),
            compensated(handler).getId(),
            Scopes.ofHandler(execution),
            onConflict,
            onFinal));
  }

  /** What the model says about effects that nobody can take back. */
  public OnFinal onFinal() {
    return onFinal;
  }

  /** The activity a handler belongs to. */
  public static ActivityImpl compensated(ActivityImpl handler) {
    ActivityImpl boundary = handler.getProperties().get(BpmnProperties.COMPENSATION_BOUNDARY_EVENT);
    return (ActivityImpl) boundary.getEventScope();
  }

  /** An {@code end} listener: tells the queue if the handler ends without its rollback. */
  public ExecutionListener endListener() {
    return execution -> {
      if (execution.isCanceled()) {
        queue.cancelRollback((ExecutionEntity) execution);
      }
    };
  }

  /** Lets the handler go on: its run is undone in this transaction. */
  public static void rolledBack(ExecutionEntity execution) {
    complete(execution);
  }
}
