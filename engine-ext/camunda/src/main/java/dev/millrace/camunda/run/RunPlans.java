// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.run;

import dev.millrace.camunda.script.Plans;
import dev.millrace.camunda.script.ScriptSource;
import dev.millrace.camunda.task.StreamTaskBehavior;
import dev.millrace.camunda.task.TaskErrors;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.plan.Insert;
import dev.millrace.plan.Plan;
import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.effect.EffectClass;
import dev.millrace.store.Run;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;

/** The plans of runs, by the models they were queued for. Thread-safe. */
public record RunPlans(EngineCommands commands, Plans plans) {
  /**
   * @throws dev.millrace.spi.error.MillraceException if the model or its script is gone or wrong
   */
  public Plan of(Run run) throws Exception {
    Optional<ScriptSource> source = commands.read((command, db) -> source(run, command));
    return plans.plan(
        run.origin().deploymentId(),
        source.orElseThrow(() -> TaskErrors.taskNotValidated(run.origin().activityId())));
  }

  /** Whether the model a run was queued for is still there, and so its script. */
  public boolean isDeployed(Run run) throws Exception {
    String definition = run.origin().processDefinitionId();
    return commands.read(
            (command, db) ->
                command.getProcessDefinitionManager().findLatestProcessDefinitionById(definition)
                    != null)
        && plans.isDeployed(run.origin().deploymentId());
  }

  /** For whom a run works. */
  public Origin origin(Run run) throws Exception {
    String process = commands.read((command, db) -> definition(run, command).getKey());
    return Origin.ofRun(
        run.id(),
        new Origin.Task(process, run.origin().processInstanceId(), run.origin().activityId()),
        Optional.ofNullable(run.origin().tenantId()));
  }

  private static ProcessDefinitionEntity definition(Run run, CommandContext command) {
    return command
        .getProcessEngineConfiguration()
        .getDeploymentCache()
        .findDeployedProcessDefinitionById(run.origin().processDefinitionId());
  }

  private static Optional<ScriptSource> source(Run run, CommandContext command) {
    ActivityImpl activity = definition(run, command).findActivity(run.origin().activityId());
    return ((StreamTaskBehavior) activity.getActivityBehavior()).source();
  }

  /** Tables a plan writes with final effects of which the journal tells nothing. */
  public static List<String> finalTables(Plan plan) {
    return finalTables(plan, insert -> !insert.sink().isJournaled());
  }

  /** Tables a plan writes with final effects, journaled or not. */
  public static List<String> allFinalTables(Plan plan) {
    return finalTables(plan, insert -> true);
  }

  private static List<String> finalTables(Plan plan, Predicate<Insert> which) {
    return plan.inserts().stream()
        .filter(insert -> insert.sink().effectClass() == EffectClass.FINAL)
        .filter(which)
        .map(Insert::table)
        .distinct()
        .toList();
  }
}
