// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.parse;

import dev.millrace.camunda.script.DeploymentResources;
import dev.millrace.camunda.script.Plans;
import dev.millrace.camunda.script.ScriptSource;
import dev.millrace.camunda.task.Scopes;
import dev.millrace.camunda.task.StreamRollbackBehavior;
import dev.millrace.camunda.task.StreamTaskBehavior;
import dev.millrace.camunda.task.WorkQueue;
import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.effect.ConflictPolicy;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.error.ScriptException;
import dev.millrace.store.OnFinal;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Gives service tasks with {@code ${streamTask}} and {@code ${streamRollback}} their behaviour. The
 * expression is a name only; it is never evaluated. Thread-safe.
 */
public final class StreamTaskParseListener extends AbstractBpmnParseListener {
  private static final String TASK = "${streamTask}";
  private static final String HANDLER = "${streamRollback}";

  private final Supplier<Plans> plans;
  private final Supplier<WorkQueue> queue;

  /** Both are asked for when the first model is parsed: the engine wants its listeners before. */
  public StreamTaskParseListener(Supplier<Plans> plans, Supplier<WorkQueue> queue) {
    this.plans = plans;
    this.queue = queue;
  }

  @Override
  public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl activity) {
    String expression = delegate(element);
    if (expression.equals(TASK)) {
      task(element, activity);
    } else if (expression.equals(HANDLER)) {
      handler(element, activity);
    }
  }

  @Override
  public void parseSendTask(Element element, ScopeImpl scope, ActivityImpl activity) {
    refuse(element, activity);
  }

  @Override
  public void parseBusinessRuleTask(Element element, ScopeImpl scope, ActivityImpl activity) {
    refuse(element, activity);
  }

  private void refuse(Element element, ActivityImpl activity) {
    String expression = delegate(element);
    if (expression.equals(TASK) || expression.equals(HANDLER)) {
      problems(activity, element).accept(DeploymentErrors.onlyServiceTasks(expression));
    }
  }

  private static String delegate(Element element) {
    String text =
        element.attributeNS(
            BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, BpmnParse.PROPERTYNAME_DELEGATE_EXPRESSION);
    return text == null ? "" : text.strip().replace('#', '$');
  }

  private void task(Element element, ActivityImpl activity) {
    Consumer<MillraceException> problems = problems(activity, element);
    StreamProperties properties = StreamProperties.of(element, problems);
    properties.allowTask();
    Optional<ScriptSource> source = properties.script();
    properties.checkOnInterrupt();
    StreamTaskBehavior behavior = new StreamTaskBehavior(source, queue.get());
    if (activity.isCompensationHandler()) {
      problems.accept(DeploymentErrors.taskForCompensation());
    }
    activity.setActivityBehavior(behavior);
    activity.setScope(true);
    activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, behavior.endListener());
    newDeployment(activity)
        .ifPresent(
            deployment ->
                source.ifPresent(
                    script ->
                        check(script, DeploymentGate.resources(deployment), activity, element)));
  }

  private void check(
      ScriptSource source, DeploymentResources resources, ActivityImpl activity, Element element) {
    Consumer<MillraceException> problems = problems(activity, element);
    try {
      Plan plan = plans.get().validate(source, resources);
      if (plan.boundedness() == Boundedness.UNBOUNDED) {
        problems.accept(DeploymentErrors.unboundedTask(plan.script()));
      }
      DeploymentGate.current().validated(activity, element, plan);
    } catch (ScriptException e) {
      e.errors().forEach(problems);
    } catch (MillraceException e) {
      problems.accept(e);
    }
  }

  private void handler(Element element, ActivityImpl activity) {
    Consumer<MillraceException> problems = problems(activity, element);
    StreamProperties properties = StreamProperties.of(element, problems);
    properties.allowHandler();
    if (!activity.isCompensationHandler()) {
      problems.accept(DeploymentErrors.handlerNotForCompensation());
    }
    StreamRollbackBehavior behavior =
        new StreamRollbackBehavior(
            properties.onConflict(ConflictPolicy.FAIL),
            properties.onFinal(OnFinal.REFUSE),
            queue.get());
    activity.setActivityBehavior(behavior);
    activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, behavior.endListener());
  }

  /** Now handlers are attached: looks at tasks and handlers together. */
  @Override
  public void parseProcess(Element element, ProcessDefinitionEntity process) {
    newDeployment(process)
        .ifPresent(
            deployment ->
                new CompensationCheck(process, DeploymentGate.current()).check(process, element));
    listenToScopes(process);
  }

  private void listenToScopes(ScopeImpl scope) {
    boolean holdsTask = false;
    for (ActivityImpl activity : scope.getActivities()) {
      holdsTask |= activity.getActivityBehavior() instanceof StreamTaskBehavior;
      listenToScopes(activity);
    }
    if (holdsTask && scope instanceof ActivityImpl) {
      scope.addBuiltInListener(ExecutionListener.EVENTNAME_END, Scopes.endListener(queue.get()));
    }
  }

  private static Consumer<MillraceException> problems(ActivityImpl activity, Element element) {
    if (newDeployment(activity).isEmpty()) {
      return error -> {};
    }
    ProcessDefinitionEntity process = (ProcessDefinitionEntity) activity.getProcessDefinition();
    return error -> DeploymentGate.current().add(error, element, process::getResourceName);
  }

  private static Optional<DeploymentEntity> newDeployment(ScopeImpl scope) {
    ProcessDefinitionEntity process = (ProcessDefinitionEntity) scope.getProcessDefinition();
    return DeploymentGate.current().deployment(process.getDeploymentId());
  }
}
