// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.node;

import dev.millrace.camunda.config.MillraceSettings;
import dev.millrace.camunda.outbox.OutboxSource;
import dev.millrace.camunda.outbox.OutboxWork;
import dev.millrace.camunda.pipeline.PipelineSource;
import dev.millrace.camunda.pipeline.PipelineWork;
import dev.millrace.camunda.pipeline.Wishes;
import dev.millrace.camunda.rollback.RollbackSource;
import dev.millrace.camunda.rollback.RollbackWork;
import dev.millrace.camunda.run.RunFailures;
import dev.millrace.camunda.run.RunSource;
import dev.millrace.camunda.run.RunWork;
import dev.millrace.camunda.work.Coordinator;
import dev.millrace.camunda.work.Dispatching;
import dev.millrace.camunda.work.WorkSource;
import dev.millrace.engine.PipelineProgress;
import dev.millrace.engine.RunMetrics;
import dev.millrace.spi.connector.PublisherFactory;
import dev.millrace.spi.connector.Services;
import dev.millrace.store.Store;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What each department works at, and how far that has come. Thread-safe. */
final class DepartmentWork {
  private static final int MAX_PIPELINES = 256;
  private static final int MAX_TARGETS = 64;
  private static final String JSON = "application/json";

  private final Equipment equipment;
  private final MillraceSettings settings;
  private final Store store;
  private final Departments departments;
  private final RunFailures runFailures;
  private final Map<String, RunMetrics> running = new ConcurrentHashMap<>();
  private final Map<String, PipelineProgress> flowing = new ConcurrentHashMap<>();
  private final ExecutorService snapshotWriter;

  DepartmentWork(Equipment equipment) {
    this.equipment = equipment;
    settings = equipment.settings();
    store = equipment.store();
    departments = equipment.departments();
    runFailures =
        new RunFailures(
            equipment.commands(),
            store.runs(),
            settings.retries(),
            departments.alarm(Department.RUNS));
    snapshotWriter =
        Executors.newSingleThreadExecutor(
            action -> {
              Thread thread = new Thread(action, "millrace-snapshots");
              thread.setDaemon(true);
              return thread;
            });
  }

  RunFailures runFailures() {
    return runFailures;
  }

  /** By run id; changes as runs do. */
  Map<String, RunMetrics> running() {
    return running;
  }

  /** By name of the pipeline; changes as pipelines do. */
  Map<String, PipelineProgress> flowing() {
    return flowing;
  }

  /**
   * @param services with the process engine
   */
  Dispatching dispatcher(Department department, Services services) {
    WorkSource source =
        switch (department) {
          case RUNS -> runs(services);
          case ROLLBACKS -> rollbacks();
          case PIPELINES -> pipelines(services);
          case OUTBOXES -> outboxes(services);
        };
    return settings
        .surroundings()
        .dispatching()
        .create(
            new Coordinator.Settings(
                department.threads(), workers(department), settings.lease(), settings.poll()),
            source);
  }

  private int workers(Department department) {
    return switch (department) {
      case RUNS, ROLLBACKS -> settings.workers();
      case PIPELINES -> MAX_PIPELINES;
      case OUTBOXES -> MAX_TARGETS;
    };
  }

  private WorkSource runs(Services services) {
    RunWork.Tools tools =
        new RunWork.Tools(
            equipment.engine(),
            equipment.runPlans(),
            equipment.commands(),
            store.runs(),
            store.deadLetters(),
            store.usage(),
            runFailures,
            equipment.outbox(),
            services,
            JSON.equals(equipment.configuration().getDefaultSerializationFormat()),
            running);
    return new RunSource(
        store.runs(), tools, settings.node(), settings.lease(), settings.maxRunsPerTenant());
  }

  private WorkSource rollbacks() {
    RollbackWork.Tools tools =
        new RollbackWork.Tools(
            equipment.commands(),
            store.rollbacks(),
            store.undo(),
            equipment.runPlans(),
            settings.retries(),
            departments.alarm(Department.ROLLBACKS));
    return RollbackSource.withOrders(
        store.rollbackOrders(), store.rollbacks(), tools, settings.node(), settings.lease());
  }

  private WorkSource pipelines(Services services) {
    PipelineWork.Tools tools =
        new PipelineWork.Tools(
            equipment.engine(),
            equipment.plans(),
            equipment.commands(),
            store,
            new Wishes(),
            equipment.outbox(),
            settings.retries(),
            services,
            flowing,
            snapshotWriter,
            departments.alarm(Department.PIPELINES));
    return new PipelineSource(tools, settings.node(), settings.lease());
  }

  private WorkSource outboxes(Services services) {
    Map<String, PublisherFactory> publishers = new HashMap<>();
    ServiceLoader.load(PublisherFactory.class)
        .forEach(factory -> publishers.put(factory.kind(), factory));
    OutboxWork.Tools tools =
        new OutboxWork.Tools(
            equipment.outbox(),
            equipment.commands(),
            equipment.lateLetters(),
            settings.retries(),
            Map.copyOf(publishers),
            services,
            departments.alarm(Department.OUTBOXES));
    return new OutboxSource(tools, settings.node(), settings.lease());
  }

  /** Once all departments are closed: until then pipelines have what they remember written. */
  void close() {
    snapshotWriter.shutdown();
  }
}
