// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets what was recorded happen once more, in the same order and without effect outside: so state
 * becomes what it was. Called by the stage's thread, before the run goes on.
 */
final class Repeater {
  private final Stage stage;
  private final RunClock clock;
  private final Counters counters;
  private final List<SinkWriter> sinks;
  private final Boundary boundary;
  private final Map<String, Positioned> sources = new HashMap<>();

  Repeater(Wiring wiring, Counters counters, Boundary boundary) {
    this.counters = counters;
    this.boundary = boundary;
    stage = wiring.lastStage();
    clock = wiring.clock();
    sinks = wiring.sinks();
    wiring.sources().forEach(source -> sources.put(source.table(), source));
  }

  void repeat(Trace trace) throws Exception {
    counters.repeating = true;
    sinks.forEach(sink -> sink.discard(true));
    for (Trace.Event event : trace.events()) {
      for (int time = 0; time < event.times(); time++) {
        boundary.repeating();
        repeat(event);
      }
    }
    clock.tick();
    sinks.forEach(sink -> sink.discard(false));
    counters.repeating = false;
  }

  private void repeat(Trace.Event event) throws Exception {
    clock.tick();
    event.clockMillis().ifPresent(clock::set);
    if (event.kind() == Recorder.PAUSE) {
      stage.repeatPause();
      return;
    }
    Positioned source = sources.get(event.table());
    if (source == null) {
      return; // only statements that remember nothing have read it, and they are gone
    }
    switch (event.kind()) {
      case Recorder.ROWS -> source.repeatRows();
      case Recorder.INSERTED -> source.feed().repeatedInsert(event);
      case Recorder.PARTS_ALONE -> source.feed().repeatedParts(event.part().orElseThrow().all());
      case Recorder.IDLE -> source.feed().repeatedIdle();
      case Recorder.END -> source.feed().repeatedEnd();
      default -> throw new IllegalStateException("event " + event);
    }
  }
}
