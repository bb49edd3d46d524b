// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.spi.connector.ParallelSource;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;
import dev.millrace.spi.type.RowType;
import java.util.ArrayList;
import java.util.List;

/**
 * What a source hands to its stage: counted, recorded, and marked idle when nothing has come for
 * long. Single-threaded; called only by its stage's thread; does not allocate unless rows are
 * inserted.
 */
final class Feed implements Inlet, Stateful {
  /** The part of rows of which nobody knows the part: event time never waits for it. */
  private static final String NO_PART = "(inserted)";

  private final String table;
  private final RowType type;

  /** It tells its parts before its first row. */
  private final boolean parted;

  private final FeedTools tools;
  private final int number;
  private final Outlet out = new Outlet();
  private long rows;
  private final boolean repeats;
  private boolean placed;
  private boolean ended;

  /** Its parts as it has told them last; null if it has none, or none yet. */
  private Splits parts;

  private boolean strayed;
  private boolean heard = true;
  private boolean idle;
  private long lastHeardNs;
  private long silentNs;

  /**
   * Of a changing table only the latest rows may be kept: it is not read again.
   *
   * @param placed it goes on from a position
   */
  Feed(Vertex.Source source, boolean placed, FeedTools tools) {
    table = source.name();
    type = source.type();
    parted = source.table() instanceof ParallelSource;
    repeats =
        source.table().repeats() && source.table().changelogMode() == ChangelogMode.INSERT_ONLY;
    this.placed = placed;
    this.tools = tools;
    number = tools.recorder().source(table);
  }

  Outlet out() {
    return out;
  }

  /** Where its rows begin, if that was not known before. */
  void place(String position) {
    if (!placed && position != null) {
      placed = true;
      tools.recorder().start(number, position);
    }
  }

  /** Whether rows have come that could not be read again as they were. */
  boolean strayed() {
    return strayed;
  }

  /**
   * What has come is in a commit.
   *
   * @param position behind it, or null if the source cannot tell
   */
  void settle(String position) {
    strayed = false;
    placed |= position != null;
  }

  String table() {
    return table;
  }

  /** Rows handed on, those repeated aside. */
  long rows() {
    return rows;
  }

  boolean isIdle() {
    return idle;
  }

  /** How long nothing has come, as of the last look. */
  long silentNs() {
    return silentNs;
  }

  @Override
  public void rows(RowBatch batch) throws Exception {
    tools.counters().rowsIn.add(batch.size());
    tools.room().take(batch.size());
    rows += batch.size();
    know(batch.splits());
    strayed |= !placed || !repeats;
    heard = true;
    tools.recorder().rows(number, batch);
    tools.clock().tick();
    forward(batch);
  }

  /**
   * Whether rows can be inserted: not before its parts are known, as event time is that of the
   * slowest, and not behind its end.
   */
  boolean takesInserts() {
    return !ended && (parts != null || !parted);
  }

  /**
   * Takes rows no source has read as if it had just read them.
   *
   * @param position where they were found when they were read, which may tell the part
   */
  void insert(RowBatch batch, String position) throws Exception {
    if (parts == null) {
      batch.split(null, 0);
    } else {
      mark(batch, position);
    }
    tools.counters().rowsIn.add(batch.size());
    tools.room().take(batch.size());
    rows += batch.size();
    heard = true;
    tools.recorder().inserted(number, batch);
    tools.clock().tick();
    forward(batch);
  }

  /** The one row inserted last was none. */
  void uncount() {
    tools.counters().rowsIn.decrement();
    tools.counters().dead.decrement();
    rows--;
  }

  private void mark(RowBatch batch, String position) {
    for (int part = 0; part < parts.size(); part++) {
      if (position.startsWith(parts.name(part) + "/")) {
        batch.split(parts, part);
        return;
      }
    }
    int known = parts.size();
    List<String> names = new ArrayList<>();
    boolean[] silent = new boolean[known + 1];
    for (int part = 0; part < known; part++) {
      names.add(parts.name(part));
      silent[part] = parts.isSilent(part);
    }
    names.add(NO_PART);
    silent[known] = true;
    batch.split(new Splits(names, silent), known);
  }

  void repeatedInsert(Trace.Event event) throws Exception {
    RowBatch batch = event.cells().orElseThrow().batch(type);
    batch.split(
        event.part().map(Trace.Part::all).orElse(null),
        event.part().map(Trace.Part::number).orElse(0));
    forward(batch);
  }

  /** Rows that were counted and recorded before. */
  void repeated(RowBatch batch) throws Exception {
    know(batch.splits());
    forward(batch);
  }

  private void know(Splits told) {
    if (told != null) {
      parts = told;
    }
  }

  private void forward(RowBatch batch) throws Exception {
    if (idle) {
      idle = false;
      out.idle(false);
    }
    out.rows(batch);
  }

  /** The source has other parts than before, or other silent ones, which no rows have told yet. */
  @Override
  public void parts(Splits all) throws Exception {
    tools.recorder().parts(number, all);
    tools.clock().tick();
    repeatedParts(all);
  }

  void repeatedParts(Splits all) throws Exception {
    know(all);
    out.parts(all);
  }

  /** Looks whether it is time to stop waiting for this source. */
  void listen(long nowNs) throws Exception {
    if (heard) {
      heard = false;
      lastHeardNs = nowNs;
    }
    silentNs = nowNs - lastHeardNs;
    if (!idle && silentNs >= tools.idleTimeoutNs()) {
      tools.recorder().idle(number);
      tools.clock().tick();
      repeatedIdle();
    }
  }

  void repeatedIdle() throws Exception {
    idle = true;
    out.idle(true);
  }

  @Override
  public void watermark(long micros) throws Exception {
    tools.recorder().end(number);
    tools.clock().tick();
    out.watermark(micros);
  }

  void repeatedEnd() throws Exception {
    out.watermark(Long.MAX_VALUE);
  }

  @Override
  public void idle(boolean now) {
    throw new IllegalStateException("nobody but this knows whether '" + table + "' is idle");
  }

  @Override
  public void end() throws Exception {
    ended = true;
    out.end();
  }

  @Override
  public void snapshot(StateWriter state) {
    state.flag(idle);
  }

  @Override
  public void restore(StateReader state) {
    idle = state.flag();
    state.finish();
  }
}
