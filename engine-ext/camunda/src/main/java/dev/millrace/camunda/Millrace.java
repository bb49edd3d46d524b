// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import dev.millrace.camunda.config.MillraceSettings;
import dev.millrace.camunda.deadletter.DeadLetterService;
import dev.millrace.camunda.deadletter.LateLetters;
import dev.millrace.camunda.history.HistoryReaders;
import dev.millrace.camunda.hook.HookReceiver;
import dev.millrace.camunda.hook.ReceivedHooks;
import dev.millrace.camunda.inbox.InboxService;
import dev.millrace.camunda.live.ChannelSweep;
import dev.millrace.camunda.outbox.OutboxSource;
import dev.millrace.camunda.outbox.OutboxWork;
import dev.millrace.camunda.pipeline.DeployedPipelines;
import dev.millrace.camunda.pipeline.PipelineService;
import dev.millrace.camunda.pipeline.PipelineSource;
import dev.millrace.camunda.pipeline.PipelineWork;
import dev.millrace.camunda.pipeline.Wishes;
import dev.millrace.camunda.rollback.RetryRollback;
import dev.millrace.camunda.rollback.RollbackService;
import dev.millrace.camunda.rollback.RollbackSource;
import dev.millrace.camunda.rollback.RollbackWork;
import dev.millrace.camunda.run.HistorySweep;
import dev.millrace.camunda.run.IncidentJobs;
import dev.millrace.camunda.run.RunFailures;
import dev.millrace.camunda.run.RunPlans;
import dev.millrace.camunda.run.RunSource;
import dev.millrace.camunda.run.RunWork;
import dev.millrace.camunda.script.Plans;
import dev.millrace.camunda.start.EngineStartedKeys;
import dev.millrace.camunda.start.StartSweep;
import dev.millrace.camunda.task.WorkQueue;
import dev.millrace.camunda.transaction.BatchedCalls;
import dev.millrace.camunda.transaction.EngineCommands;
import dev.millrace.camunda.transaction.OutboxBell;
import dev.millrace.camunda.transaction.OutboxDesk;
import dev.millrace.camunda.work.Coordinator;
import dev.millrace.camunda.work.Dispatching;
import dev.millrace.camunda.work.Repeater;
import dev.millrace.camunda.work.WorkSource;
import dev.millrace.connector.process.EngineCalls;
import dev.millrace.connector.process.HistoryTap;
import dev.millrace.connector.process.MessageDesk;
import dev.millrace.connector.process.StartedKeys;
import dev.millrace.engine.PipelineProgress;
import dev.millrace.engine.RunMetrics;
import dev.millrace.engine.StreamEngine;
import dev.millrace.spi.connector.Channels;
import dev.millrace.spi.connector.LiveTables;
import dev.millrace.spi.connector.PublisherFactory;
import dev.millrace.spi.connector.Services;
import dev.millrace.store.Pipelines;
import dev.millrace.store.RunQuery;
import dev.millrace.store.Store;
import dev.millrace.store.Undo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
  private static final int RUNS = 0;
  private static final int ROLLBACKS = 1;
  private static final int PIPELINES = 2;
  private static final int OUTBOXES = 3;
  private static final int MAX_PIPELINES = 256;
  private static final int MAX_TARGETS = 64;
  private static final Duration STOP = Duration.ofSeconds(10);

  /** What pipelines may take of it to store what they remember. */
  private static final Duration LEAVE = Duration.ofSeconds(3);

  private static final String JSON = "application/json";

  private final MillraceSettings settings;
  private final ProcessEngineConfigurationImpl configuration;
  private final StreamEngine engine;
  private final Services services;
  private volatile Services allServices;
  private final Store store;
  private final EngineCommands commands;
  private final Plans plans;
  private final RunPlans runPlans;
  private final WorkQueue queue;
  private final RunFailures runFailures;
  private final RollbackService rollbacks;
  private final LateLetters lateLetters;
  private final InboxService inbox;
  private final OutboxDesk outbox;
  private final Map<String, RunMetrics> running = new ConcurrentHashMap<>();
  private final HistoryReaders historyReaders;
  private final Repeater historyWatch;
  private final Map<String, PipelineProgress> flowing = new ConcurrentHashMap<>();
  private final ExecutorService snapshotWriter;
  private final Repeater sweeper;
  private final ReceivedHooks hooks;
  private volatile HookReceiver receiver;
  private volatile List<Dispatching> dispatchers = List.of();

  /**
   * @param services offered to all scripts, without the process engine
   * @param hooks configured, not opened yet
   */
  Millrace(
      MillraceSettings settings,
      ProcessEngineConfigurationImpl configuration,
      StreamEngine engine,
      Services services,
      Store store,
      ReceivedHooks hooks) {
    this.settings = settings;
    this.configuration = configuration;
    this.engine = engine;
    this.services = services;
    allServices = services;
    this.store = store;
    this.hooks = hooks;
    commands = new EngineCommands(configuration, settings.surroundings().pause());
    plans = new Plans(engine, configuration);
    queue =
        new StoreQueue(
            store,
            new StoreQueue.Bells(
                () -> wake(RUNS, Duration.ZERO),
                () -> wake(ROLLBACKS, Duration.ZERO),
                this::interruptRuns));
    runFailures =
        new RunFailures(commands, store.runs(), settings.retries(), delay -> wake(RUNS, delay));
    outbox =
        new OutboxDesk(
            store.outboxes(),
            settings.outboxLimit(),
            new OutboxBell(() -> wake(OUTBOXES, Duration.ZERO)));
    runPlans = new RunPlans(commands, plans);
    rollbacks =
        new RollbackService(
            commands,
            store,
            runPlans,
            configuration.getRuntimeService(),
            () -> wake(ROLLBACKS, Duration.ZERO));
    lateLetters =
        new LateLetters(store.deadLetters(), store.pipelines(), store.runQuery(), plans, runPlans);
    inbox =
        new InboxService(
            commands, store, lateLetters, settings.inbox(), settings.retries(), configuration);
    historyReaders = new HistoryReaders(store.channels());
    historyWatch = new Repeater("millrace-history", settings.poll(), historyReaders);
    snapshotWriter =
        Executors.newSingleThreadExecutor(
            action -> {
              Thread thread = new Thread(action, "millrace-snapshots");
              thread.setDaemon(true);
              return thread;
            });
    sweeper =
        new Repeater(
            "millrace-sweep",
            settings.sweep(),
            inTurn(
                new HistorySweep(commands, store.retention(), configuration),
                new StartSweep(commands, configuration),
                new ChannelSweep(store.channels()),
                hooks::sweep));
  }

  private static Runnable inTurn(Runnable... sweeps) {
    return () -> List.of(sweeps).forEach(Runnable::run);
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
    return Map.copyOf(running);
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
            commands,
            engine,
            plans,
            runPlans,
            store.pipelines(),
            store.runQuery(),
            store.deadLetters(),
            store.letterReplays(),
            outbox,
            () -> allServices,
            () -> wake(PIPELINES, Duration.ZERO)));
  }

  /** Pipelines as operators steer them. */
  public PipelineService pipelineService() {
    return new PipelineService(commands, store, flowing, () -> wake(PIPELINES, Duration.ZERO));
  }

  /** Messages that wait for a process, or waited. */
  public InboxService inbox() {
    return inbox;
  }

  /** Pipelines as stored, with their totals. */
  public Pipelines pipelines() {
    return store.pipelines();
  }

  /** What pipelines have done on this node since they were started here, by name. */
  public Map<String, RunMetrics> flowing() {
    Map<String, RunMetrics> metrics = new HashMap<>();
    flowing.forEach((name, progress) -> metrics.put(name, progress.metrics()));
    return metrics;
  }

  /**
   * How far pipelines of this node have come, by name: each source with its watermark and lag, the
   * windows that wait and why, and how their state is kept.
   */
  public Map<String, PipelineProgress> progress() {
    return Map.copyOf(flowing);
  }

  /** What a server hands posts to webhooks to; there once the engine is built. */
  public Optional<HookReceiver> hookReceiver() {
    return Optional.ofNullable(receiver);
  }

  public Store store() {
    return store;
  }

  Plans plans() {
    return plans;
  }

  WorkQueue queue() {
    return queue;
  }

  HistoryReaders historyReaders() {
    return historyReaders;
  }

  DeployedPipelines deployedPipelines() {
    return new DeployedPipelines(
        store, plans, historyReaders, () -> wake(PIPELINES, Duration.ZERO));
  }

  List<IncidentJobs.Handler> jobHandlers() {
    return List.of(
        runFailures.retryHandler(),
        new RetryRollback(store.rollbacks(), () -> wake(ROLLBACKS, Duration.ZERO)));
  }

  private void wake(int dispatcher, Duration delay) {
    List<Dispatching> all = dispatchers;
    if (!all.isEmpty()) {
      all.get(dispatcher).wakeAfter(delay);
    }
  }

  private void interruptRuns(Set<String> runIds) {
    List<Dispatching> all = dispatchers;
    if (!all.isEmpty()) {
      all.get(RUNS).interrupt(runIds);
    }
  }

  /** Takes up work, also what this node left when it died. */
  void start(ProcessEngine processEngine) throws SQLException {
    if (settings.nodeIsStable()) {
      store.runs().releaseDead(settings.node());
      store.rollbacks().releaseDead(settings.node());
      store.rollbackOrders().releaseDead(settings.node());
      store.pipelines().releaseDead(settings.node());
      store.outboxes().releaseDead(settings.node());
    }
    hooks.open();
    receiver = new HookReceiver(hooks, processEngine);
    Services all =
        services
            .with(ProcessEngine.class, processEngine)
            .with(EngineCalls.class, new BatchedCalls(commands))
            .with(StartedKeys.class, new EngineStartedKeys(processEngine, store.starts()))
            .with(LiveTables.class, store.liveTables())
            .with(Channels.class, store.channels())
            .with(HistoryTap.class, store.historyLog()::move)
            .with(MessageDesk.class, inbox.start(processEngine));
    allServices = all;
    dispatchers = List.of(runs(all), rollbackDispatcher(), pipelines(all), outboxes(all));
    dispatchers.forEach(Dispatching::start);
    historyReaders.refresh();
    if (settings.surroundings().housekeeping()) {
      historyWatch.start();
      sweeper.start();
    }
  }

  private Dispatching runs(Services all) {
    RunWork.Tools tools =
        new RunWork.Tools(
            engine,
            runPlans,
            commands,
            store.runs(),
            store.deadLetters(),
            store.usage(),
            runFailures,
            outbox,
            all,
            JSON.equals(configuration.getDefaultSerializationFormat()),
            running);
    return dispatcher(
        "millrace-runs",
        settings.workers(),
        new RunSource(
            store.runs(), tools, settings.node(), settings.lease(), settings.maxRunsPerTenant()));
  }

  private Dispatching rollbackDispatcher() {
    RollbackWork.Tools tools =
        new RollbackWork.Tools(
            commands,
            store.rollbacks(),
            store.undo(),
            runPlans,
            settings.retries(),
            delay -> wake(ROLLBACKS, delay));
    return dispatcher(
        "millrace-rollbacks",
        settings.workers(),
        RollbackSource.withOrders(
            store.rollbackOrders(), store.rollbacks(), tools, settings.node(), settings.lease()));
  }

  private Dispatching pipelines(Services all) {
    PipelineWork.Tools tools =
        new PipelineWork.Tools(
            engine,
            plans,
            commands,
            store,
            new Wishes(),
            outbox,
            settings.retries(),
            all,
            flowing,
            snapshotWriter,
            delay -> wake(PIPELINES, delay));
    return dispatcher(
        "millrace-pipelines",
        MAX_PIPELINES,
        new PipelineSource(tools, settings.node(), settings.lease()));
  }

  private Dispatching outboxes(Services all) {
    Map<String, PublisherFactory> publishers = new HashMap<>();
    ServiceLoader.load(PublisherFactory.class)
        .forEach(factory -> publishers.put(factory.kind(), factory));
    OutboxWork.Tools tools =
        new OutboxWork.Tools(
            outbox,
            commands,
            lateLetters,
            settings.retries(),
            Map.copyOf(publishers),
            all,
            delay -> wake(OUTBOXES, delay));
    return dispatcher(
        "millrace-outbox", MAX_TARGETS, new OutboxSource(tools, settings.node(), settings.lease()));
  }

  private Dispatching dispatcher(String name, int workers, WorkSource source) {
    return settings
        .surroundings()
        .dispatching()
        .create(new Coordinator.Settings(name, workers, settings.lease(), settings.poll()), source);
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
    if (!dispatchers.isEmpty()) {
      dispatchers.get(PIPELINES).leave(startNanos + LEAVE.toNanos());
    }
    dispatchers.forEach(Dispatching::stop);
    historyWatch.stop();
    sweeper.stop();
    inbox.stop();
    dispatchers.forEach(dispatcher -> dispatcher.close(deadlineNanos));
    historyWatch.close(deadlineNanos);
    sweeper.close(deadlineNanos);
    inbox.close(deadlineNanos);
    snapshotWriter.shutdown();
  }
}
