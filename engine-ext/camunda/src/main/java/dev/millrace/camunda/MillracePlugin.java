// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda;

import dev.millrace.camunda.config.ConfigErrors;
import dev.millrace.camunda.config.ConfiguredConnections;
import dev.millrace.camunda.config.ConfiguredEndpoints;
import dev.millrace.camunda.config.ConfiguredRoots;
import dev.millrace.camunda.config.MillraceSettings;
import dev.millrace.camunda.config.Secrets;
import dev.millrace.camunda.config.Surroundings;
import dev.millrace.camunda.history.CapturedEvents;
import dev.millrace.camunda.history.HistoryCapture;
import dev.millrace.camunda.hook.ReceivedHooks;
import dev.millrace.camunda.inbox.InboxSettings;
import dev.millrace.camunda.inbox.WatchedSubscriptions;
import dev.millrace.camunda.live.Streams;
import dev.millrace.camunda.node.Equipment;
import dev.millrace.camunda.node.NodeWork;
import dev.millrace.camunda.parse.DeploymentGate;
import dev.millrace.camunda.parse.StreamTaskParseListener;
import dev.millrace.camunda.parse.WholeDefinitions;
import dev.millrace.camunda.run.IncidentJobs;
import dev.millrace.camunda.run.RetryPolicy;
import dev.millrace.camunda.transaction.EngineTransaction;
import dev.millrace.engine.Ceilings;
import dev.millrace.engine.LocalStreamEngine;
import dev.millrace.engine.StreamEngine;
import dev.millrace.spi.connector.Connections;
import dev.millrace.spi.connector.Endpoints;
import dev.millrace.spi.connector.FileRoots;
import dev.millrace.spi.connector.Hooks;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.effect.EffectUndoer;
import dev.millrace.store.HistoryLog;
import dev.millrace.store.Runs;
import dev.millrace.store.Store;
import dev.millrace.store.TenantQuotas;
import dev.millrace.store.schema.SchemaUpdate;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;

/**
 * Installs Millrace in a process engine. Its properties can be set where engines are configured:
 *
 * <pre>
 *   &lt;plugin&gt;&lt;class&gt;dev.millrace.camunda.MillracePlugin&lt;/class&gt;
 *     &lt;properties&gt;&lt;property name="workers"&gt;4&lt;/property&gt;&lt;/properties&gt;&lt;/plugin&gt;
 * </pre>
 *
 * <p>Tables are created and upgraded as the engine's {@code databaseSchemaUpdate} says. Not to be
 * shared by engines.
 */
public class MillracePlugin extends AbstractProcessEnginePlugin {
  private static final String SPRING = "org.camunda.bpm.engine.spring.";

  /** The kind of endpoint that is one of ours. */
  private static final String HOOKS = "hooks";

  private static final Duration MAX_RETRY_DELAY = Duration.ofMinutes(1);

  private String node = "";
  private int workers = 2;
  private int maxRunsPerTenant = Runs.UNLIMITED;
  private long maxMemoryPerTenant = Long.MAX_VALUE;
  private Map<String, String> limits = Map.of();
  private TenantQuotas tenantQuotas = TenantQuotas.none();
  private int leaseSeconds = 15;
  private long pollMillis = 1000;
  private long sweepSeconds = 300;
  private int retryAttempts = 3;
  private long retryDelayMillis = 1000;
  private int maxTakeovers = 100;
  private long inboxLimit = 100_000;
  private long inboxSweepMillis = 5_000;
  private long inboxKeepHours = 24;
  private long outboxLimit = 1_000_000;
  private Map<String, DataSource> connections = Map.of();
  private Map<String, Path> fileRoots = Map.of();
  private Map<String, Map<String, Map<String, String>>> endpoints = Map.of();
  private Secrets secrets = Secrets.none();
  private Function<Services, StreamEngine> streamEngine =
      services ->
          LocalStreamEngine.discovering(List.of(), services, Clock.systemUTC())
              .withMaxMemoryPerTenant(maxMemoryPerTenant)
              .withCeilings(new Ceilings(limits));
  private SchemaUpdate schemaUpdate;
  private final HistoryCapture historyCapture = new HistoryCapture();
  private Surroundings surroundings = Surroundings.machine();
  private NodeWork work;
  private Millrace millrace;
  private DeploymentGate gate;

  /** A name for this node that outlives a restart; without one, each start has a new name. */
  public void setNode(String name) {
    node = name;
  }

  /** Runs computed at once. */
  public void setWorkers(int count) {
    workers = count;
  }

  /** Runs of one tenant computed at once in the whole cluster; its others wait. */
  public void setMaxRunsPerTenant(int count) {
    maxRunsPerTenant = count;
  }

  /**
   * Bytes that groups, windows and joins of all runs of one tenant may take on this node. No matter
   * to a stream engine of one's own.
   */
  public void setMaxMemoryPerTenant(long bytes) {
    maxMemoryPerTenant = bytes;
  }

  /**
   * The most that scripts may SET limits of their own to: {@code max-memory}, {@code max-run-time}
   * and so on, without {@code millrace.}. No matter to a stream engine of one's own.
   */
  public void setLimits(Map<String, String> byKey) {
    limits = byKey;
  }

  /** What the work of one tenant may store, on all nodes together. */
  public void setTenantQuotas(TenantQuotas quotas) {
    tenantQuotas = quotas;
  }

  /** After so long a silent node's work goes to another. */
  public void setLeaseSeconds(int seconds) {
    leaseSeconds = seconds;
  }

  /** How often this node looks for work of which nobody told it. */
  public void setPollMillis(long millis) {
    pollMillis = millis;
  }

  /** How often this node forgets runs whose process instance the engine's history has forgotten. */
  public void setSweepSeconds(long seconds) {
    sweepSeconds = seconds;
  }

  /** How often in all a run is tried that fails for a passing reason, before it is an incident. */
  public void setRetryAttempts(int attempts) {
    retryAttempts = attempts;
  }

  /** Before the first retry; doubles with each. */
  public void setRetryDelayMillis(long millis) {
    retryDelayMillis = millis;
  }

  /** How often work is taken over from nodes that died with it, before it is an incident. */
  public void setMaxTakeovers(int count) {
    maxTakeovers = count;
  }

  /** Messages that may wait in the inbox. */
  public void setInboxLimit(long messages) {
    inboxLimit = messages;
  }

  /** How often this node looks for messages that expired, or of which nobody told it. */
  public void setInboxSweepMillis(long millis) {
    inboxSweepMillis = millis;
  }

  /** How long delivered and expired messages can be asked for. */
  public void setInboxKeepHours(long hours) {
    inboxKeepHours = hours;
  }

  /** The most records that may wait to be sent to one foreign system. */
  public void setOutboxLimit(long records) {
    outboxLimit = records;
  }

  /** Databases scripts may name besides {@code engine}. */
  public void setConnections(Map<String, DataSource> byName) {
    connections = byName;
  }

  /**
   * Foreign systems that are no databases, and webhooks, which scripts may name: settings by kind
   * ({@code http}, {@code hooks}), name and key.
   */
  public void setEndpoints(Map<String, Map<String, Map<String, String>>> settings) {
    endpoints = settings;
  }

  /** What {@code secret:<name>} in settings of endpoints stands for. */
  public void setSecrets(Secrets others) {
    secrets = others;
  }

  /** The same, with each secret the content of a file of its name. */
  public void setSecretsDirectory(String directory) {
    secrets = new Secrets(Map.of(), Optional.of(Path.of(directory)));
  }

  /** Folders scripts may name. */
  public void setFileRootPaths(Map<String, Path> byName) {
    fileRoots = byName;
  }

  /** Folders scripts may name, as text: {@code exports=/var/exports, imports=/var/imports}. */
  public void setFileRoots(String text) {
    Map<String, Path> roots = new LinkedHashMap<>();
    for (String entry : text.split(",")) {
      int equals = entry.indexOf('=');
      if (equals < 1) {
        throw ConfigErrors.badSetting("fileRoots", text, "name=path, name=path");
      }
      roots.put(entry.substring(0, equals).strip(), Path.of(entry.substring(equals + 1).strip()));
    }
    fileRoots = roots;
  }

  /** Another stream engine than the one in this process. */
  public void setStreamEngine(Function<Services, StreamEngine> factory) {
    streamEngine = factory;
  }

  /** Other clocks or threads than the machine's, for tests. */
  public void setSurroundings(Surroundings others) {
    surroundings = others;
  }

  /** Empty before the engine is configured. */
  public Optional<Millrace> millrace() {
    return Optional.ofNullable(millrace);
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    CloseWithEngine.install(configuration, this::close);
    configuration.getCustomHistoryEventHandlers().add(historyCapture);
    exposeStreams(configuration);
    configuration.setCustomPostBPMNParseListeners(
        with(
            configuration.getCustomPostBPMNParseListeners(),
            new StreamTaskParseListener(() -> work.equipment().plans(), () -> work.queue())));
    configuration.setCustomPreDeployers(
        with(configuration.getCustomPreDeployers(), deployment -> gate.open(deployment)));
    configuration.setCustomPostDeployers(
        with(configuration.getCustomPostDeployers(), deployment -> gate.close(deployment)));
  }

  /** With Spring, the application has a bean of that name: beans set here would hide its own. */
  private void exposeStreams(ProcessEngineConfigurationImpl configuration) {
    for (Class<?> type = configuration.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().startsWith(SPRING)) {
        return;
      }
    }
    Map<Object, Object> beans = new HashMap<>();
    if (configuration.getBeans() != null) {
      beans.putAll(configuration.getBeans());
    }
    beans.putIfAbsent(Streams.BEAN, streams());
    configuration.setBeans(beans);
  }

  /** What expressions see: the bean {@code streams}. */
  public Streams streams() {
    return new Streams(() -> millrace.store().liveTables());
  }

  private static <T> List<T> with(List<T> others, T ours) {
    List<T> all = others == null ? new ArrayList<>() : new ArrayList<>(others);
    all.add(ours);
    return all;
  }

  @Override
  public void postInit(ProcessEngineConfigurationImpl configuration) {
    WholeDefinitions.install(configuration);
    Store store = store(configuration.getDataSource());
    ReceivedHooks hooks =
        ReceivedHooks.of(endpoints.getOrDefault(HOOKS, Map.of()), secrets, store.hookBodies());
    Services services =
        Services.none()
            .with(Hooks.class, hooks)
            .with(
                Connections.class,
                new ConfiguredConnections(configuration.getDataSource(), connections))
            .with(FileRoots.class, new ConfiguredRoots(fileRoots))
            .with(Endpoints.class, new ConfiguredEndpoints(endpoints, secrets));
    work =
        new NodeWork(
            Equipment.of(
                settings(), configuration, streamEngine.apply(services), services, store, hooks));
    millrace = new Millrace(work);
    gate = new DeploymentGate(work.equipment().plans(), work.deployedPipelines());
    for (SessionFactory factory :
        List.of(
            gate,
            EngineTransaction.factory(),
            CapturedEvents.factory(
                store.historyLog(), () -> store.channels().committed(HistoryLog.CHANNEL)),
            WatchedSubscriptions.factory(work.inbox()::subscribed))) {
      configuration.getSessionFactories().put(factory.getSessionType(), factory);
    }
    for (IncidentJobs.Handler handler : work.jobHandlers()) {
      configuration.getJobHandlers().put(handler.getType(), handler);
    }
  }

  private MillraceSettings settings() {
    boolean stable = !node.isBlank();
    return new MillraceSettings(
        stable ? node : "node-" + UUID.randomUUID(),
        stable,
        workers,
        maxRunsPerTenant,
        Duration.ofSeconds(leaseSeconds),
        Duration.ofMillis(pollMillis),
        Duration.ofSeconds(sweepSeconds),
        new RetryPolicy(
            retryAttempts, Duration.ofMillis(retryDelayMillis), MAX_RETRY_DELAY, maxTakeovers),
        new InboxSettings(
            inboxLimit, Duration.ofMillis(inboxSweepMillis), Duration.ofHours(inboxKeepHours)),
        outboxLimit,
        connections,
        fileRoots,
        surroundings);
  }

  private Store store(DataSource dataSource) {
    List<EffectUndoer> undoers =
        StreamSupport.stream(ServiceLoader.load(EffectUndoer.class).spliterator(), false).toList();
    try {
      return Store.open(dataSource, surroundings.clock(), undoers, tenantQuotas);
    } catch (SQLException e) {
      throw new ProcessEngineException("Millrace found no database: " + e.getMessage(), e);
    }
  }

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    schemaUpdate =
        SchemaUpdate.of(engine.getProcessEngineConfiguration().getDatabaseSchemaUpdate());
    try {
      millrace.store().schema().open(schemaUpdate);
      work.start(engine);
      historyCapture.start(work.historyReaders());
    } catch (SQLException e) {
      throw new ProcessEngineException("Millrace could not start: " + e.getMessage(), e);
    }
  }

  private void close() {
    if (work == null || schemaUpdate == null) {
      return;
    }
    work.close();
    try {
      millrace.store().schema().close(schemaUpdate);
    } catch (SQLException e) {
      throw new ProcessEngineException("Millrace could not drop its tables", e);
    }
  }
}
