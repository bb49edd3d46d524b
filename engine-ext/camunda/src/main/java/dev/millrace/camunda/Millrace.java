// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import dev.millrace.camunda.deadletter.DeadLetterService;
import dev.millrace.camunda.hook.HookReceiver;
import dev.millrace.camunda.inbox.InboxService;
import dev.millrace.camunda.node.Department;
import dev.millrace.camunda.node.Equipment;
import dev.millrace.camunda.node.NodeWork;
import dev.millrace.camunda.pipeline.PipelineService;
import dev.millrace.camunda.rollback.RollbackService;
import dev.millrace.engine.PipelineProgress;
import dev.millrace.engine.RunMetrics;
import dev.millrace.store.Pipelines;
import dev.millrace.store.RunQuery;
import dev.millrace.store.Store;
import dev.millrace.store.Undo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.CompositeProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;

/**
 * Millrace in one engine: what programs and plugins ask. Thread-safe; {@link #of} finds it.
 *
 * <p>Nothing here asks who may do what: callers do.
 */
public final class Millrace implements AutoCloseable {
  private final NodeWork work;
  private final Equipment equipment;
  private final Store store;
  private final RollbackService rollbacks;

  Millrace(NodeWork work) {
    this.work = work;
    equipment = work.equipment();
    store = equipment.store();
    rollbacks =
        new RollbackService(
            equipment.commands(),
            store,
            equipment.runPlans(),
            equipment.configuration().getRuntimeService(),
            bell(Department.ROLLBACKS));
  }

  private Runnable bell(Department department) {
    return equipment.departments().bell(department);
  }

  /** The Millrace of an engine, if it has one. */
  public static Optional<Millrace> of(ProcessEngine engine) {
    ProcessEngineConfigurationImpl configuration =
        (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    return find(configuration.getProcessEnginePlugins());
  }

  private static Optional<Millrace> find(List<ProcessEnginePlugin> plugins) {
    for (ProcessEnginePlugin plugin : plugins) {
      if (plugin instanceof MillracePlugin ours) {
        return ours.millrace();
      }
      if (plugin instanceof CompositeProcessEnginePlugin composite) {
        Optional<Millrace> nested = find(composite.getPlugins());
        if (nested.isPresent()) {
          return nested;
        }
      }
    }
    return Optional.empty();
  }

  /** Runs as stored. */
  public RunQuery runs() {
    return store.runQuery();
  }

  /** What running runs of this node have done so far, by run id. */
  public Map<String, RunMetrics> running() {
    return Map.copyOf(work.running());
  }

  /** The journal of runs. */
  public Undo journal() {
    return store.undo();
  }

  public RollbackService rollbacks() {
    return rollbacks;
  }

  /** Dead letters as operators treat them. */
  public DeadLetterService deadLetters() {
    return new DeadLetterService(
        new DeadLetterService.Tools(
            equipment.commands(),
            equipment.engine(),
            equipment.plans(),
            equipment.runPlans(),
            store.pipelines(),
            store.runQuery(),
            store.deadLetters(),
            store.letterReplays(),
            equipment.outbox(),
            work::services,
            bell(Department.PIPELINES)));
  }

  /** Pipelines as operators steer them. */
  public PipelineService pipelineService() {
    return new PipelineService(
        equipment.commands(), store, work.flowing(), bell(Department.PIPELINES));
  }

  /** Messages that wait for a process, or waited. */
  public InboxService inbox() {
    return work.inbox();
  }

  /** Pipelines as stored, with their totals. */
  public Pipelines pipelines() {
    return store.pipelines();
  }

  /** What pipelines have done on this node since they were started here, by name. */
  public Map<String, RunMetrics> flowing() {
    Map<String, RunMetrics> metrics = new HashMap<>();
    work.flowing().forEach((name, progress) -> metrics.put(name, progress.metrics()));
    return metrics;
  }

  /**
   * How far pipelines of this node have come, by name: each source with its watermark and lag, the
   * windows that wait and why, and how their state is kept.
   */
  public Map<String, PipelineProgress> progress() {
    return Map.copyOf(work.flowing());
  }

  /** What a server hands posts to webhooks to; there once the engine is built. */
  public Optional<HookReceiver> hookReceiver() {
    return work.hookReceiver();
  }

  public Store store() {
    return store;
  }

  /**
   * Stops all work of this node and gives it back, in bounded time. The engine does so, too, when
   * it closes; a container that has this as a bean closes it sooner, while what work needs is
   * there.
   */
  @Override
  public void close() {
    work.close();
  }
}
