// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import com.lmax.disruptor.RingBuffer;
import dev.millrace.runtime.dataflow.Dataflow;
import dev.millrace.runtime.dataflow.Distribution;
import dev.millrace.runtime.dataflow.OperatorSite;
import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.runtime.stage.Placement.Group;
import dev.millrace.spi.connector.ParallelSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Makes the stages, steps and rings of a run from its description. Cold code. */
final class Wiring {
  private static final int RING_SLOTS = 16;

  private final RunSettings settings;
  private final RunState state;
  private final Counters counters;
  private final Awaiting awaiting;
  private final Placement placement;
  private final Map<Group, List<Stage>> stages = new HashMap<>();
  private final Map<Vertex, List<Outlet>> outlets = new IdentityHashMap<>();
  private final List<SourceThread> sourceThreads = new ArrayList<>();
  private final List<SinkWriter> sinks = new ArrayList<>();
  private final List<Positioned> sources = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final FeedTools tools;
  private final Map<String, List<Trace.Event>> batches;
  private final Map<String, String> starts;

  /**
   * @param trace what is to be read once more
   */
  Wiring(Dataflow dataflow, RunSettings settings, RunState state, Counters counters, Trace trace)
      throws Exception {
    this.settings = settings;
    this.state = state;
    batches = trace.batches();
    starts = trace.starts();
    Recorder recorder = settings.state().isPresent() ? Recorder.on() : Recorder.off();
    tools =
        new FeedTools(
            counters,
            recorder,
            new RunClock(settings.time().clock(), recorder),
            settings.boundary().room(),
            settings.time().idleTimeoutNs());
    this.counters = counters;
    awaiting = new Awaiting(settings.memory());
    placement = new Placement(dataflow, settings.lanes());
    stages(placement.last());
    for (Vertex vertex : dataflow.vertices()) {
      if (vertex instanceof Vertex.Source source) {
        addSource(source);
      } else if (vertex instanceof Vertex.Step step) {
        addStep(step);
      } else if (vertex instanceof Vertex.Sink sink) {
        addSink(sink);
      }
    }
  }

  /** The stage of the sinks, run by the thread that called. */
  Stage lastStage() {
    return stages(placement.last()).get(0);
  }

  /** The stages that need a thread. */
  List<Stage> otherStages() {
    List<Stage> others = new ArrayList<>();
    stages.values().forEach(others::addAll);
    others.remove(lastStage());
    return others;
  }

  List<SourceThread> sourceThreads() {
    return sourceThreads;
  }

  List<SinkWriter> sinks() {
    return sinks;
  }

  List<Positioned> sources() {
    return sources;
  }

  /** In the order of the dataflow; in a run of one lane one each. */
  List<Step> steps() {
    return steps;
  }

  Awaiting awaiting() {
    return awaiting;
  }

  Recorder recorder() {
    return tools.recorder();
  }

  RunClock clock() {
    return tools.clock();
  }

  private List<Stage> stages(Group group) {
    return stages.computeIfAbsent(
        group,
        absent -> {
          List<Stage> lanes = new ArrayList<>();
          for (int lane = 0; lane < group.lanes(); lane++) {
            lanes.add(
                new Stage(
                    "stage-" + group.level() + "-lane-" + lane,
                    state,
                    tools,
                    settings.time().nanoClock()));
          }
          return lanes;
        });
  }

  private RunContext context(DeadRow.Side side, String table) {
    return new RunContext(settings, counters, awaiting, this::near, side, table);
  }

  /** Where sources stand while a batch goes through; with several lanes nobody can tell. */
  private String near() {
    if (settings.lanes() > 1) {
      return "";
    }
    return sources.stream()
        .filter(source -> source.position() != null)
        .map(
            source ->
                source.position().isBlank()
                    ? "near the beginning of " + source.table()
                    : "near " + source.table() + " " + source.position())
        .collect(Collectors.joining(", "));
  }

  /** A row just read is still a row of the table: what is put aside then can be read again. */
  private RunContext context(Vertex.Step vertex) {
    return vertex.inputs().size() == 1 && vertex.inputs().get(0) instanceof Vertex.Source source
        ? context(DeadRow.Side.SOURCE, source.name())
        : context(DeadRow.Side.STEP, vertex.name());
  }

  private void addSource(Vertex.Source vertex) {
    TableSource table = settings.sources().getOrDefault(vertex.name(), vertex.table());
    Vertex.Source source = new Vertex.Source(vertex.name(), table, vertex.type());
    RunContext context = context(DeadRow.Side.SOURCE, vertex.name());
    Stage stage = stages(placement.of(vertex)).get(0);
    Feed feed = new Feed(source, settings.positions().containsKey(source.name()), tools);
    outlets.put(vertex, List.of(feed.out()));
    if (table.blocks()) {
      sources.add(addThreads(source, feed, stage, context));
      return;
    }
    SourceOpener opener = opener(source, context, 0, 1);
    SourceReader reader =
        new SourceReader(
            opener, rereading(source, opener), new RowBatch(source.type()), feed, tools.room());
    stage.add(reader);
    sources.add(reader);
  }

  /** One thread, or as many as may share the table. */
  private Positioned addThreads(Vertex.Source source, Feed feed, Stage stage, RunContext context) {
    Optional<ParallelSource> parallel =
        source.table() instanceof ParallelSource it && it.readers(settings.readers()) > 1
            ? Optional.of(it)
            : Optional.empty();
    SharedTable table = new SharedTable(feed, parallel);
    int readers = parallel.map(it -> it.readers(settings.readers())).orElse(1);
    for (int reader = 0; reader < readers; reader++) {
      RingBuffer<Slot> ring = ring(source.type(), tools.room().largest(RowBatch.DEFAULT_CAPACITY));
      RingWriter writer = new RingWriter(ring, stage.sleeper(), state);
      HeldLetters letters = new HeldLetters(context, settings.maxStagedRows());
      SourceOpener opener = opener(source, letters, reader, readers);
      SourceThread thread =
          new SourceThread(
              opener, rereading(source, opener), state, writer, settings.transactional(), letters);
      sourceThreads.add(thread);
      stage.add(table.reader(ring, thread, stage.sleeper(), state, context, tools.room()));
    }
    return table;
  }

  /** All that was read of a table is read again by its first reader, whichever read it then. */
  private Rereading rereading(Vertex.Source source, SourceOpener opener) {
    List<Trace.Event> again =
        opener.isFirst() ? batches.getOrDefault(source.name(), List.of()) : List.of();
    return new Rereading(opener, source.type(), state, again);
  }

  private SourceOpener opener(
      Vertex.Source source, SourceContext context, int reader, int readers) {
    Map<String, String> before =
        settings
            .state()
            .flatMap(StateSettings::recovery)
            .map(recovery -> recovery.snapshot().positions())
            .orElse(Map.of());
    return new SourceOpener(
        source,
        context,
        settings.positions().get(source.name()),
        before.getOrDefault(source.name(), starts.get(source.name())),
        reader,
        readers);
  }

  private void addStep(Vertex.Step vertex) throws Exception {
    List<Step> lanes = new ArrayList<>();
    RunContext context = context(vertex);
    boolean kept = settings.state().isPresent();
    OperatorSite site = new OperatorSite(context, kept ? tools.clock() : settings.time().clock());
    for (Stage stage : stages(placement.of(vertex))) {
      Step step = new Step(vertex, vertex.operators().create(site), context, settings.memory());
      stage.add(step);
      lanes.add(step);
    }
    steps.addAll(lanes);
    for (int i = 0; i < vertex.inputs().size(); i++) {
      int input = i;
      int[] keys = vertex.distribution() instanceof Distribution.ByKey by ? by.of(input) : null;
      connect(
          vertex.inputs().get(input),
          vertex,
          vertex.inputType(input),
          keys,
          lane -> lanes.get(lane).channel(input));
    }
    outlets.put(vertex, lanes.stream().map(Step::out).toList());
  }

  private void addSink(Vertex.Sink vertex) {
    SinkWriter sink =
        new SinkWriter(vertex, context(DeadRow.Side.SINK, vertex.name()), counters, awaiting);
    lastStage().add(sink);
    sinks.add(sink);
    connect(vertex.inputs().get(0), vertex, vertex.type(), null, lane -> sink.channel());
  }

  /**
   * @param keys by which rows are shared out where the reader has lanes of its own
   * @param channels a new channel into the reader's lane of that number
   */
  private void connect(
      Vertex from, Vertex to, RowType type, int[] keys, IntFunction<Inlet> channels) {
    List<Outlet> writers = outlets.get(from);
    boolean direct = placement.of(from).equals(placement.of(to));
    for (int lane = 0; lane < writers.size(); lane++) {
      writers
          .get(lane)
          .connect(direct ? channels.apply(lane) : rings(from, lane, to, type, keys, channels));
    }
  }

  private Inlet rings(
      Vertex from, int lane, Vertex to, RowType type, int[] keys, IntFunction<Inlet> channels) {
    Stage writing = stages(placement.of(from)).get(lane);
    List<Stage> reading = stages(placement.of(to));
    RingWriter[] writers = new RingWriter[reading.size()];
    for (int i = 0; i < writers.length; i++) {
      Stage reader = reading.get(i);
      RingBuffer<Slot> ring = ring(type, RowBatch.DEFAULT_CAPACITY);
      reader.add(new RingReader(ring, channels.apply(i)));
      writers[i] = new RingWriter(ring, reader.sleeper(), state);
      writing.add(writers[i]);
    }
    return writers.length == 1 ? writers[0] : new Exchange(writers, keys);
  }

  /**
   * @param rows in a slot
   */
  private static RingBuffer<Slot> ring(RowType type, int rows) {
    return RingBuffer.createSingleProducer(() -> new Slot(type, rows), RING_SLOTS);
  }
}
