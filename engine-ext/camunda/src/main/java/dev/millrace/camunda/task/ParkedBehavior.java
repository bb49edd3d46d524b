// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.task;

import org.camunda.bpm.engine.impl.bpmn.behavior.AbstractBpmnActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.helper.CompensationUtil;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;

/** Waits until {@link #complete} is called; any other signal is refused. Stateless. */
abstract class ParkedBehavior extends AbstractBpmnActivityBehavior {
  /** Nobody outside this JVM, and nothing stored, can hand this over. */
  private static final Object DONE = new Object();

  /** Lets a parked execution go on, in the current command. The caller knows that it may. */
  static void complete(ExecutionEntity execution) {
    execution.signal(null, DONE);
  }

  @Override
  public void signal(ActivityExecution execution, String signalName, Object signalData)
      throws Exception {
    if (signalData == DONE) {
      leave(execution);
    } else if (CompensationUtil.SIGNAL_COMPENSATION_DONE.equals(signalName)) {
      super.signal(execution, signalName, signalData);
    } else {
      throw TaskErrors.foreignSignal(execution.getActivity().getId());
    }
  }
}
