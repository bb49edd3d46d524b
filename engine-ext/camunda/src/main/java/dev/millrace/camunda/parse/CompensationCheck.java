// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.parse;

import dev.millrace.camunda.task.StreamRollbackBehavior;
import dev.millrace.camunda.task.StreamTaskBehavior;
import dev.millrace.plan.Insert;
import dev.millrace.plan.Plan;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.store.OnFinal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Whether what handlers shall undo can be undone. For one process of a new deployment. */
record CompensationCheck(ProcessDefinitionEntity process, DeploymentCheck deployment) {
  void check(ScopeImpl scope, Element element) {
    Map<ActivityImpl, List<String>> tasksByHandler = new LinkedHashMap<>();
    collect(scope, tasksByHandler);
    tasksByHandler.forEach(
        (handler, tasks) -> {
          if (tasks.size() > 1) {
            add(DeploymentErrors.handlerShared(tasks), element);
          }
        });
  }

  private void collect(ScopeImpl scope, Map<ActivityImpl, List<String>> tasksByHandler) {
    for (ActivityImpl activity : scope.getActivities()) {
      ActivityImpl handler = activity.findCompensationHandler();
      if (handler != null
          && handler.getActivityBehavior() instanceof StreamRollbackBehavior behavior) {
        tasksByHandler.computeIfAbsent(handler, each -> new ArrayList<>()).add(activity.getId());
        checkTask(activity, behavior.onFinal());
      }
      collect(activity, tasksByHandler);
    }
  }

  private void checkTask(ActivityImpl activity, OnFinal onFinal) {
    if (!(activity.getActivityBehavior() instanceof StreamTaskBehavior)) {
      add(DeploymentErrors.handlerOfOther(activity.getId()), null);
      return;
    }
    DeploymentCheck.ValidTask task = deployment.valid(activity);
    if (task != null && onFinal == OnFinal.REFUSE) {
      checkSinks(task.plan(), task.element());
    }
  }

  private void checkSinks(Plan plan, Element element) {
    for (Insert insert : plan.inserts()) {
      if (insert.sink().effectClass() == EffectClass.FINAL) {
        add(DeploymentErrors.finalSink(insert.table(), plan.script()), element);
      }
    }
  }

  private void add(MillraceException error, Element element) {
    deployment.add(error, element, process::getResourceName);
  }
}
