// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.parse;

import dev.millrace.plan.Plan;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.error.ScriptException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.Problem;
import org.camunda.bpm.engine.impl.bpmn.parser.ResourceReportImpl;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * What is wrong with the deployment that the current command makes. One per command, on its thread.
 */
final class DeploymentCheck implements Session {
  /** A stream task whose script is right. */
  record ValidTask(Element element, Plan plan) {}

  private final List<ScriptProblem> problems = new ArrayList<>();
  private final Map<ActivityImpl, ValidTask> validTasks = new HashMap<>();
  private DeploymentEntity deployment;

  void begin(DeploymentEntity entity) {
    deployment = entity;
    problems.clear();
    validTasks.clear();
  }

  void validated(ActivityImpl task, Element element, Plan plan) {
    validTasks.put(task, new ValidTask(element, plan));
  }

  /** The task's script, if it is right, or null. */
  ValidTask valid(ActivityImpl task) {
    return validTasks.get(task);
  }

  /** The new deployment of that id, if this command is making it. */
  Optional<DeploymentEntity> deployment(String id) {
    return Optional.ofNullable(deployment).filter(each -> each.getId().equals(id));
  }

  void add(MillraceException error, Element model, Supplier<String> file) {
    problems.add(new ScriptProblem(error, Optional.ofNullable(model), file));
  }

  void add(ScriptException errors, Element model, Supplier<String> file) {
    errors.errors().forEach(error -> add(error, model, file));
  }

  /**
   * @throws ParseException with all problems, so that the deployment is rolled back
   */
  void end() {
    deployment = null;
    if (problems.isEmpty()) {
      return;
    }
    Map<String, List<Problem>> byFile =
        problems.stream()
            .collect(
                Collectors.groupingBy(
                    ScriptProblem::resource,
                    LinkedHashMap::new,
                    Collectors.mapping(Problem.class::cast, Collectors.toList())));
    String message =
        problems.stream()
            .map(ScriptProblem::line)
            .collect(Collectors.joining("\n* ", "The deployment is wrong:\n* ", ""));
    String first = byFile.keySet().iterator().next();
    ParseException exception = new ParseException(message, first, byFile.remove(first), List.of());
    byFile.forEach(
        (file, found) ->
            exception.getResorceReports().add(new ResourceReportImpl(file, found, List.of())));
    throw exception;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
