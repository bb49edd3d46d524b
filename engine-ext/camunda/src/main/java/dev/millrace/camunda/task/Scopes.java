// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.task;

import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.runtime.PvmExecutionImpl;

/**
 * In which scope a compensation handler finds the runs of its task.
 *
 * <p>It is the execution of the task's flow scope: the process instance, a sub-process or a
 * multi-instance body. When a sub-process with something to compensate completes, the engine puts a
 * new execution, an "event scope", in its place; a listener tells the journal. Compensation later
 * starts handlers as children of that execution.
 */
public final class Scopes {
  private Scopes() {}

  static String ofTask(ExecutionEntity execution) {
    return execution.findExecutionForFlowScope(execution.getActivity().getFlowScope()).getId();
  }

  static String ofHandler(ExecutionEntity execution) {
    ScopeImpl flowScope = execution.getActivity().getFlowScope();
    ExecutionEntity parent = execution.getParent();
    return parent.getActivity() == flowScope
        ? parent.getId()
        : parent.findExecutionForFlowScope(flowScope).getId();
  }

  /** An {@code end} listener for every scope that holds a stream task with a handler. */
  public static ExecutionListener endListener(WorkQueue queue) {
    return delegate -> {
      ExecutionEntity ended = (ExecutionEntity) delegate;
      ExecutionEntity eventScope = newEventScope(ended);
      if (eventScope != null) {
        queue.moveScope(ended.getProcessInstanceId(), ended.getId(), eventScope.getId());
      }
    };
  }

  /** The event scope made for this execution: the newest of its activity in this transaction. */
  private static ExecutionEntity newEventScope(ExecutionEntity ended) {
    ActivityImpl activity = ended.getActivity();
    PvmExecutionImpl outer = ended.findExecutionForFlowScope(activity.getFlowScope());
    ExecutionEntity newest = null;
    for (PvmExecutionImpl each : outer.getEventScopeExecutions()) {
      if (each.getActivity() == activity && isNew((ExecutionEntity) each)) {
        newest = (ExecutionEntity) each;
      }
    }
    return newest;
  }

  private static boolean isNew(ExecutionEntity execution) {
    return Context.getCommandContext()
        .getDbEntityManager()
        .getDbEntityCache()
        .isTransient(execution);
  }
}
