// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.node;

import dev.millrace.camunda.history.HistoryReaders;
import dev.millrace.camunda.hook.HookReceiver;
import dev.millrace.camunda.inbox.InboxService;
import dev.millrace.camunda.pipeline.DeployedPipelines;
import dev.millrace.camunda.rollback.RetryRollback;
import dev.millrace.camunda.run.IncidentJobs;
import dev.millrace.camunda.start.EngineStartedKeys;
import dev.millrace.camunda.task.WorkQueue;
import dev.millrace.camunda.transaction.BatchedCalls;
import dev.millrace.connector.process.EngineCalls;
import dev.millrace.connector.process.HistoryTap;
import dev.millrace.connector.process.MessageDesk;
import dev.millrace.connector.process.StartedKeys;
import dev.millrace.engine.PipelineProgress;
import dev.millrace.engine.RunMetrics;
import dev.millrace.spi.connector.Channels;
import dev.millrace.spi.connector.LiveTables;
import dev.millrace.spi.connector.Services;
import dev.millrace.store.Store;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;

/**
 * All work of one node, from {@link #start} to {@link #close}. Thread-safe; the plugin calls these
 * two once each, as it opens and closes the engine.
 */
public final class NodeWork implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(10);

  /** What pipelines may take of it to store what they remember. */
  private static final Duration LEAVE = Duration.ofSeconds(3);

  private final Equipment equipment;
  private final Store store;
  private final Departments departments;
  private final DepartmentWork work;
  private final WorkQueue queue;
  private final InboxService inbox;
  private final HistoryReaders historyReaders;
  private final Housekeeping housekeeping;
  private volatile Services services;
  private volatile HookReceiver receiver;

  public NodeWork(Equipment equipment) {
    this.equipment = equipment;
    store = equipment.store();
    departments = equipment.departments();
    work = new DepartmentWork(equipment);
    queue = new StoreQueue(store, departments);
    inbox =
        new InboxService(
            equipment.commands(),
            store,
            equipment.lateLetters(),
            equipment.settings().inbox(),
            equipment.settings().retries(),
            equipment.configuration());
    historyReaders = new HistoryReaders(store.channels());
    housekeeping = new Housekeeping(equipment, historyReaders);
    services = equipment.services();
  }

  public Equipment equipment() {
    return equipment;
  }

  /** Where stream tasks leave their work. */
  public WorkQueue queue() {
    return queue;
  }

  public InboxService inbox() {
    return inbox;
  }

  public HistoryReaders historyReaders() {
    return historyReaders;
  }

  public DeployedPipelines deployedPipelines() {
    return new DeployedPipelines(
        store, equipment.plans(), historyReaders, departments.bell(Department.PIPELINES));
  }

  /** The engine's jobs by which failed work is tried again. */
  public List<IncidentJobs.Handler> jobHandlers() {
    return List.of(
        work.runFailures().retryHandler(),
        new RetryRollback(store.rollbacks(), departments.bell(Department.ROLLBACKS)));
  }

  /** What running runs of this node have done so far, by run id; changes as they do. */
  public Map<String, RunMetrics> running() {
    return work.running();
  }

  /** How far pipelines of this node have come, by name; changes as they do. */
  public Map<String, PipelineProgress> flowing() {
    return work.flowing();
  }

  /** Offered to all scripts; with the process engine once this has started. */
  public Services services() {
    return services;
  }

  /** There once this has started. */
  public Optional<HookReceiver> hookReceiver() {
    return Optional.ofNullable(receiver);
  }

  /** Takes up work, also what this node left when it died. */
  public void start(ProcessEngine processEngine) throws SQLException {
    if (equipment.settings().nodeIsStable()) {
      takeBack(equipment.settings().node());
    }
    equipment.hooks().open();
    receiver = new HookReceiver(equipment.hooks(), processEngine);
    Services all =
        equipment
            .services()
            .with(ProcessEngine.class, processEngine)
            .with(EngineCalls.class, new BatchedCalls(equipment.commands()))
            .with(StartedKeys.class, new EngineStartedKeys(processEngine, store.starts()))
            .with(LiveTables.class, store.liveTables())
            .with(Channels.class, store.channels())
            .with(HistoryTap.class, store.historyLog()::move)
            .with(MessageDesk.class, inbox.start(processEngine));
    services = all;
    departments.open(department -> work.dispatcher(department, all));
    historyReaders.refresh();
    if (equipment.settings().surroundings().housekeeping()) {
      housekeeping.start();
    }
  }

  private void takeBack(String node) throws SQLException {
    store.runs().releaseDead(node);
    store.rollbacks().releaseDead(node);
    store.rollbackOrders().releaseDead(node);
    store.pipelines().releaseDead(node);
    store.outboxes().releaseDead(node);
  }

  /**
   * Stops all work and gives it back; in bounded time, though the database may not answer.
   * Pipelines commit what they have read and store what they remember first, so that nothing is
   * done again when they go on.
   */
  @Override
  public void close() {
    long startNanos = System.nanoTime();
    long deadlineNanos = startNanos + STOP.toNanos();
    departments.leave(Department.PIPELINES, startNanos + LEAVE.toNanos());
    departments.stop();
    housekeeping.stop();
    inbox.stop();
    departments.close(deadlineNanos);
    housekeeping.close(deadlineNanos);
    inbox.close(deadlineNanos);
    work.close();
  }
}
