// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.dataflow.Dataflow;
import dev.millrace.spi.connector.TransactionalSink;
import dev.millrace.spi.row.RowBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The cut of a run at work. Single-threaded; called only by the thread of its last stage. */
final class CurrentCut implements Cut {
  private final Wiring wiring;
  private final RunSettings settings;
  private final Counters counters;
  private final boolean replayable;
  private final KeptState state;
  private boolean repeatable;
  private final Observer observer;

  CurrentCut(Wiring wiring, Dataflow dataflow, RunSettings settings, Counters counters) {
    this.wiring = wiring;
    this.settings = settings;
    this.counters = counters;
    replayable = dataflow.replayable();
    state = new KeptState(wiring.sources(), wiring.steps());
    observer = new Observer(wiring.sources(), wiring.steps());
  }

  KeptState state() {
    return state;
  }

  @Override
  public List<TransactionalSink> staged() {
    return wiring.sinks().stream().filter(SinkWriter::stages).map(SinkWriter::staged).toList();
  }

  @Override
  public long awaitingBytes() {
    return wiring.awaiting().heldBytes();
  }

  @Override
  public void committed() {
    for (SinkWriter sink : wiring.sinks()) {
      if (sink.stages()) {
        sink.staged().committed();
      }
    }
    wiring.awaiting().release();
  }

  @Override
  public void flush() throws Exception {
    for (SinkWriter sink : wiring.sinks()) {
      sink.flush();
    }
  }

  @Override
  public Map<String, String> positions() {
    Map<String, String> positions = new HashMap<>();
    for (Positioned source : wiring.sources()) {
      String start = settings.positions().get(source.table());
      String position = source.position() == null ? start : source.position();
      if (position != null) {
        positions.put(source.table(), position);
      }
    }
    return positions;
  }

  @Override
  public FlowMetrics metrics() {
    return counters.read();
  }

  @Override
  public boolean takesInserts(String table) {
    return wiring.sources().stream()
        .anyMatch(source -> source.table().equals(table) && source.feed().takesInserts());
  }

  @Override
  public void uncount(String table) {
    wiring.sources().stream()
        .filter(source -> source.table().equals(table))
        .forEach(source -> source.feed().uncount());
  }

  @Override
  public boolean hasRoom(int rows) {
    return settings.boundary().room().fits(rows);
  }

  @Override
  public long insert(String table, RowBatch rows, String position) throws Exception {
    long late = counters.late.sum();
    for (Positioned source : wiring.sources()) {
      if (source.table().equals(table)) {
        source.feed().insert(rows, position);
      }
    }
    return counters.late.sum() - late;
  }

  @Override
  public void pause() throws Exception {
    wiring.lastStage().pause();
  }

  @Override
  public FlowProgress progress() {
    return observer.look();
  }

  @Override
  public void drain() {
    wiring.lastStage().drain();
  }

  @Override
  public long recorded() {
    return wiring.recorder().pending();
  }

  @Override
  public byte[] trace() {
    repeatable =
        replayable && wiring.sources().stream().noneMatch(source -> source.feed().strayed());
    wiring.sources().forEach(source -> source.feed().settle(source.position()));
    return wiring.recorder().take(repeatable);
  }

  @Override
  public boolean replayable() {
    return repeatable;
  }

  @Override
  public byte[] snapshot() {
    return state.snapshot(positions(), settings.state().orElseThrow().maxBytes());
  }
}
