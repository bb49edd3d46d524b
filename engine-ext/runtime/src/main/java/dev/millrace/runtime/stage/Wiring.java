// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import com.lmax.disruptor.RingBuffer;
import dev.millrace.runtime.dataflow.Dataflow;
import dev.millrace.runtime.dataflow.Distribution;
import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.runtime.stage.Placement.Group;
import dev.millrace.spi.connector.TableSource;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Makes the stages, steps and rings of a run from its description. Cold code. */
final class Wiring {
  private static final int RING_SLOTS = 16;

  private final RunSettings settings;
  private final RunState state;
  private final Counters counters;
  private final Placement placement;
  private final Map<Group, List<Stage>> stages = new HashMap<>();
  private final Map<Vertex, List<Outlet>> outlets = new IdentityHashMap<>();
  private final List<SourceThread> sourceThreads = new ArrayList<>();
  private final List<SinkWriter> sinks = new ArrayList<>();
  private final List<Positioned> sources = new ArrayList<>();

  Wiring(Dataflow dataflow, RunSettings settings, RunState state, Counters counters)
      throws Exception {
    this.settings = settings;
    this.state = state;
    this.counters = counters;
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

  private List<Stage> stages(Group group) {
    return stages.computeIfAbsent(
        group,
        absent -> {
          List<Stage> lanes = new ArrayList<>();
          for (int lane = 0; lane < group.lanes(); lane++) {
            lanes.add(new Stage("stage-" + group.level() + "-lane-" + lane, state));
          }
          return lanes;
        });
  }

  private RunContext context(DeadRow.Side side, String table) {
    return new RunContext(settings, counters, side, table);
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
    String position = settings.positions().get(source.name());
    if (!source.table().blocks()) {
      SourceReader reader =
          new SourceReader(source, new SourceOpener(source, context, position), counters);
      stage.add(reader);
      sources.add(reader);
      outlets.put(vertex, List.of(reader.out()));
      return;
    }
    RingBuffer<Slot> ring = ring(source.type());
    Outlet out = new Outlet();
    SourceRingReader reader = new SourceRingReader(ring, out, source.name(), counters, context);
    stage.add(reader);
    sources.add(reader);
    outlets.put(vertex, List.of(out));
    RingWriter writer = new RingWriter(ring, stage.sleeper(), state);
    HeldLetters letters = new HeldLetters(context, settings.maxStagedRows());
    sourceThreads.add(
        new SourceThread(
            new SourceOpener(source, letters, position),
            state,
            writer,
            settings.transactional(),
            letters));
  }

  private void addStep(Vertex.Step vertex) throws Exception {
    List<Step> steps = new ArrayList<>();
    RunContext context = context(vertex);
    for (Stage stage : stages(placement.of(vertex))) {
      Step step = new Step(vertex.operators().create(context), context);
      stage.add(step);
      steps.add(step);
    }
    for (int i = 0; i < vertex.inputs().size(); i++) {
      int input = i;
      int[] keys = vertex.distribution() instanceof Distribution.ByKey by ? by.of(input) : null;
      connect(
          vertex.inputs().get(input),
          vertex,
          vertex.inputType(input),
          keys,
          lane -> steps.get(lane).channel(input));
    }
    outlets.put(vertex, steps.stream().map(Step::out).toList());
  }

  private void addSink(Vertex.Sink vertex) {
    SinkWriter sink = new SinkWriter(vertex, context(DeadRow.Side.SINK, vertex.name()), counters);
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
      RingBuffer<Slot> ring = ring(type);
      reader.add(new RingReader(ring, channels.apply(i)));
      writers[i] = new RingWriter(ring, reader.sleeper(), state);
      writing.add(writers[i]);
    }
    return writers.length == 1 ? writers[0] : new Exchange(writers, keys);
  }

  private static RingBuffer<Slot> ring(RowType type) {
    return RingBuffer.createSingleProducer(() -> new Slot(type), RING_SLOTS);
  }
}
