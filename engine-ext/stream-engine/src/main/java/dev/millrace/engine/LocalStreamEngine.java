// SPDX-License-Identifier: Apache-2.0
package dev.millrace.engine;

import dev.millrace.codegen.DataflowCompiler;
import dev.millrace.plan.Insert;
import dev.millrace.plan.Plan;
import dev.millrace.plan.node.PlanNode;
import dev.millrace.runtime.dataflow.Dataflow;
import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.runtime.stage.DataflowRun;
import dev.millrace.runtime.stage.DeadRows;
import dev.millrace.runtime.stage.FlowMetrics;
import dev.millrace.runtime.stage.MemoryBudget;
import dev.millrace.runtime.stage.RunSettings;
import dev.millrace.spi.connector.Boundedness;
import dev.millrace.spi.connector.ConnectorFactory;
import dev.millrace.spi.connector.Origin;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.format.FormatFactory;
import dev.millrace.sql.ScriptPlanner;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs plans in this process. Thread-safe; each run has its own threads and state. A plan is
 * compiled once, for as long as somebody holds it.
 */
public final class LocalStreamEngine implements StreamEngine {
  private final ScriptValidator validator;
  private final Clock clock;
  private final long maxMemoryPerTenant;
  private final Ceilings ceilings;
  private final Map<String, MemoryBudget> tenants = new ConcurrentHashMap<>();
  private final Map<Plan, Dataflow> compiled = Collections.synchronizedMap(new WeakHashMap<>());

  /** An engine with exactly these connectors and formats. */
  public static LocalStreamEngine of(
      Collection<ConnectorFactory> connectors,
      Collection<FormatFactory> formats,
      Services services,
      Clock clock) {
    return new LocalStreamEngine(new ScriptPlanner(connectors, formats, services)::plan, clock);
  }

  /** An engine with all connectors and formats on the class path, and these. */
  public static LocalStreamEngine discovering(
      Collection<? extends ConnectorFactory> more, Services services, Clock clock) {
    List<ConnectorFactory> connectors = new ArrayList<>(more);
    ClassLoader loader = LocalStreamEngine.class.getClassLoader();
    ServiceLoader.load(ConnectorFactory.class, loader).forEach(connectors::add);
    List<FormatFactory> formats = new ArrayList<>();
    ServiceLoader.load(FormatFactory.class, loader).forEach(formats::add);
    return of(connectors, formats, services, clock);
  }

  /**
   * @param clock for CURRENT_TIMESTAMP and its kin
   */
  public LocalStreamEngine(ScriptValidator validator, Clock clock) {
    this(validator, clock, Long.MAX_VALUE, Ceilings.none());
  }

  private LocalStreamEngine(
      ScriptValidator validator, Clock clock, long maxMemoryPerTenant, Ceilings ceilings) {
    this.validator = validator;
    this.clock = clock;
    this.maxMemoryPerTenant = maxMemoryPerTenant;
    this.ceilings = ceilings;
  }

  /**
   * The same, but runs of one tenant may not remember more together.
   *
   * @param bytes of memory of this process
   */
  public LocalStreamEngine withMaxMemoryPerTenant(long bytes) {
    return new LocalStreamEngine(validator, clock, bytes, ceilings);
  }

  /** The same, but scripts may not SET their limits higher. */
  public LocalStreamEngine withCeilings(Ceilings allowed) {
    return new LocalStreamEngine(validator, clock, maxMemoryPerTenant, allowed);
  }

  @Override
  public Plan validate(String name, String sql) {
    Plan plan = ceilings.applyTo(validator.plan(name, sql));
    dataflow(plan);
    return plan;
  }

  @Override
  public RunMetrics run(Plan plan, RunRequest request) throws InterruptedException {
    if (request.replay().isPresent()) {
      return replay(plan, request, request.replay().get());
    }
    return run(plan, dataflow(plan), request, Map.of());
  }

  @Override
  public void rehearse(Plan plan, DeadLetter letter, Replay replay, Services services) {
    DeadRows nowhere =
        row -> {
          throw new IllegalStateException("nothing is processed");
        };
    new ReplayedLetters(
            ReplayRequests.none(),
            nowhere,
            RunOptions.of(plan).masks(),
            plan,
            dataflow(plan),
            services)
        .read(letter, replay);
  }

  private RunMetrics replay(Plan plan, RunRequest request, Replay replay)
      throws InterruptedException {
    if (replay.side() == DeadLetter.Side.SINK) {
      Plan into = intoSink(plan, replay);
      return run(into, DataflowCompiler.compile(into), request, Map.of());
    }
    if (plan.isStateful()) {
      throw EngineErrors.statefulReplay(plan.script());
    }
    Dataflow dataflow = dataflow(plan);
    Map<String, TableSource> sources = new HashMap<>();
    for (Vertex vertex : dataflow.vertices()) {
      if (vertex instanceof Vertex.Source source) {
        boolean replayed = source.name().equals(replay.table());
        sources.put(
            source.name(),
            replayed
                ? new ReplayedRows(source.table(), replay)
                : ReplayedRows.nothing(source.table()));
      }
    }
    if (!sources.containsKey(replay.table())) {
      throw EngineErrors.noTable(replay.table(), plan.script());
    }
    return run(plan, dataflow, request, sources);
  }

  /** Writes rows as they are into one table of a script. */
  private static Plan intoSink(Plan plan, Replay replay) {
    Insert insert =
        plan.inserts().stream()
            .filter(each -> each.table().equals(replay.table()))
            .findFirst()
            .orElseThrow(() -> EngineErrors.noTable(replay.table(), plan.script()));
    TableSource rows = new ReplayedRows(null, replay);
    return new Plan(
        plan.script(),
        List.of(
            new Insert(
                insert.table(),
                insert.sink(),
                insert.sinkType(),
                new PlanNode.Scan(insert.table(), rows, insert.sinkType()))),
        plan.settings(),
        plan.zone());
  }

  private RunMetrics run(
      Plan plan, Dataflow dataflow, RunRequest request, Map<String, TableSource> sources)
      throws InterruptedException {
    RunOptions options = RunOptions.of(plan);
    long startNs = System.nanoTime();
    boolean onTheWay = commitsOnTheWay(plan, request);
    Optional<StateKeeping> keeping =
        onTheWay && dataflow.isStateful()
            ? request.host().map(host -> new StateKeeping(host.state(), options))
            : Optional.empty();
    DeadRows deadRows =
        request.committer().isPresent() && !onTheWay
            ? options.deadRowsUntilTheEnd(request)
            : options.deadRows(request);
    Optional<ReplayedLetters> replays =
        keeping.map(
            it ->
                new ReplayedLetters(
                    request.host().orElseThrow().replays(),
                    deadRows,
                    options.masks(),
                    plan,
                    dataflow,
                    request.services()));
    Commits commits =
        new Commits(
            request,
            options,
            onTheWay,
            keeping,
            replays,
            Math.min(options.maxMemoryBytes(), maxMemoryPerTenant),
            startNs);
    RunSettings settings =
        settings(
            onTheWay,
            plan,
            request,
            options,
            replays.<DeadRows>map(it -> it).orElse(deadRows),
            sources,
            commits);
    DataflowRun run =
        new DataflowRun(
            dataflow, keeping.isPresent() ? settings.with(keeping.get().recover()) : settings);
    run.run();
    return metrics(run.metrics(), startNs);
  }

  private Dataflow dataflow(Plan plan) {
    return compiled.computeIfAbsent(plan, fresh -> DataflowCompiler.compile(fresh));
  }

  /** A pipeline commits on its way even if its sources end one day. */
  private static boolean commitsOnTheWay(Plan plan, RunRequest request) {
    return request.committer().isPresent()
        && request.replay().isEmpty()
        && (plan.boundedness() == Boundedness.UNBOUNDED
            || plan.settings().containsKey("millrace.start"));
  }

  /** Only a run of one lane has a consistent cut before its end. */
  private RunSettings settings(
      boolean commitsOnTheWay,
      Plan plan,
      RunRequest request,
      RunOptions options,
      DeadRows deadRows,
      Map<String, TableSource> sources,
      Commits commits) {
    boolean waits = plan.boundedness() == Boundedness.UNBOUNDED && !options.idleTimeout().isZero();
    RunSettings.Time time =
        new RunSettings.Time(
            clock, System::nanoTime, waits ? Optional.of(options.idleTimeout()) : Optional.empty());
    return new RunSettings(
        commitsOnTheWay ? 1 : request.lanes(),
        request.lanes(),
        request.services(),
        request.committer().isPresent(),
        options.maxStagedRows(),
        deadRows,
        request.positions(),
        sources,
        MemoryBudget.ofRun(options.maxMemoryBytes(), tenantMemory(request)),
        Optional.empty(),
        time,
        commits);
  }

  private Optional<MemoryBudget> tenantMemory(RunRequest request) {
    return Origin.of(request.services())
        .tenant()
        .map(
            tenant ->
                tenants.computeIfAbsent(
                    tenant, fresh -> MemoryBudget.ofTenant(fresh, maxMemoryPerTenant)));
  }

  static RunMetrics metrics(FlowMetrics flow, long startNs) {
    return new RunMetrics(
        flow.rowsIn(),
        flow.rowsOut(),
        flow.late(),
        flow.dead(),
        flow.watermarkMicros(),
        System.nanoTime() - startNs);
  }
}
