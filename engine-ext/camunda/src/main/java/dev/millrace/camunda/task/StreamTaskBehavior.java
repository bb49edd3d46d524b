// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.task;

import dev.millrace.camunda.script.ScriptSource;
import dev.millrace.store.NewRun;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.core.variable.mapping.value.ParameterValueProvider;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;

/**
 * {@code ${streamTask}}: queues a run and waits for it. Immutable; its activity is a scope, so that
 * the execution is its own.
 */
public final class StreamTaskBehavior extends ParkedBehavior {
  private final Optional<ScriptSource> source;
  private final WorkQueue queue;

  /**
   * @param source empty if the model was deployed unchecked and names no script
   */
  public StreamTaskBehavior(Optional<ScriptSource> source, WorkQueue queue) {
    this.source = source;
    this.queue = queue;
  }

  public Optional<ScriptSource> source() {
    return source;
  }

  @Override
  public void execute(ActivityExecution activityExecution) {
    ExecutionEntity execution = (ExecutionEntity) activityExecution;
    ActivityImpl activity = execution.getActivity();
    ScriptSource script = source.orElseThrow(() -> TaskErrors.taskNotValidated(activity.getId()));
    queue.run(
        new NewRun(
            script.reference(),
            execution.getProcessDefinition().getDeploymentId(),
            execution.getProcessInstanceId(),
            execution.getRootProcessInstanceId(),
            execution.getProcessDefinitionId(),
            execution.getId(),
            activity.getId(),
            execution.getActivityInstanceId(),
            Scopes.ofTask(execution),
            execution.getTenantId(),
            execution.getProcessBusinessKey(),
            priority(execution, activity)));
  }

  /** The job priority of the task, or else of the process: a number or an expression. */
  private static long priority(ExecutionEntity execution, ActivityImpl activity) {
    for (ScopeImpl each : List.<ScopeImpl>of(activity, execution.getProcessDefinition())) {
      if (each.getProperty(BpmnParse.PROPERTYNAME_JOB_PRIORITY)
              instanceof ParameterValueProvider provider
          && provider.getValue(execution) instanceof Number number) {
        return number.longValue();
      }
    }
    return 0;
  }

  /** An {@code end} listener: tells the queue if the activity ends without its run. */
  public ExecutionListener endListener() {
    return execution -> {
      if (execution.isCanceled()) {
        queue.cancelRun((ExecutionEntity) execution);
      }
    };
  }

  /** Lets the activity go on: its run is completed in this transaction. */
  public static void runCompleted(ExecutionEntity execution) {
    complete(execution);
  }
}
