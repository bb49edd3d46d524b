// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.rollback;

import dev.millrace.store.Retention;
import dev.millrace.store.Run;
import dev.millrace.store.RunQuery;
import dev.millrace.store.RunState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/** The runs in a scope. In a command of the engine, on its thread. */
record ScopeRuns(CommandContext command, Connection db) {

  /**
   * Runs with something to undo, newest first in the journal's order.
   *
   * @throws dev.millrace.spi.error.MillraceException if the journal has been removed, or there is
   *     no such run
   */
  List<Run> undoable(RollbackScope scope) throws SQLException {
    return all(scope).stream()
        .filter(run -> run.state() == RunState.COMPLETED || run.state() == RunState.UNDOING)
        .sorted(
            Comparator.comparingLong((Run run) -> run.commitSequence().orElseThrow()).reversed())
        .toList();
  }

  /** Runs still at work: what they are about to write would outlive the rollback. */
  List<Run> unfinished(RollbackScope scope) throws SQLException {
    return all(scope).stream()
        .filter(run -> run.state() == RunState.QUEUED || run.state() == RunState.RUNNING)
        .toList();
  }

  /** Why a run that is still at work stands in the way of a rollback. */
  static String describeUnfinished(Run run) {
    return "run %s of '%s' is still at work (%s): let it end, or cancel its activity, then go on; what it writes is not taken back by this"
        .formatted(run.id(), run.origin().activityId(), run.state());
  }

  /** All runs, whatever became of them. */
  List<Run> all(RollbackScope scope) throws SQLException {
    if (scope.runId().isPresent()) {
      String id = scope.runId().get();
      return List.of(RunQuery.find(db, id).orElseThrow(() -> RollbackErrors.noSuchRun(id)));
    }
    String instance = scope.processInstanceId().orElseThrow();
    List<Run> found = scope.withCalled() ? withCalled(instance) : of(Set.of(instance));
    if (found.isEmpty()) {
      Retention.forgotten(db, instance)
          .ifPresent(
              forgotten -> {
                throw RollbackErrors.notCompensatable(instance, forgotten.since());
              });
    }
    return found;
  }

  private List<Run> of(Set<String> instances) throws SQLException {
    return RunQuery.ofProcessInstances(db, instances);
  }

  private List<Run> withCalled(String instance) throws SQLException {
    List<Run> ofRoot = RunQuery.ofRootProcessInstance(db, instance);
    return ofRoot.isEmpty() ? of(family(instance)) : ofRoot;
  }

  private Set<String> family(String instance) {
    Set<String> family = new LinkedHashSet<>();
    Deque<String> callers = new ArrayDeque<>(List.of(instance));
    while (!callers.isEmpty()) {
      String caller = callers.remove();
      if (family.add(caller)) {
        callers.addAll(command.runWithoutAuthorization(() -> called(caller)));
      }
    }
    return family;
  }

  private List<String> called(String caller) {
    ProcessEngineConfigurationImpl engine = command.getProcessEngineConfiguration();
    if (engine.isDbHistoryUsed()) {
      return engine
          .getHistoryService()
          .createHistoricProcessInstanceQuery()
          .superProcessInstanceId(caller)
          .list()
          .stream()
          .map(HistoricProcessInstance::getId)
          .toList();
    }
    return engine
        .getRuntimeService()
        .createProcessInstanceQuery()
        .superProcessInstanceId(caller)
        .list()
        .stream()
        .map(ProcessInstance::getId)
        .toList();
  }
}
