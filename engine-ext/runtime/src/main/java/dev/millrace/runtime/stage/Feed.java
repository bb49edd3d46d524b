// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.dataflow.Vertex;
import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import dev.millrace.spi.row.ChangelogMode;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;

/**
 * What a source hands to its stage: counted, recorded, and marked idle when nothing has come for
 * long. Single-threaded; called only by its stage's thread; does not allocate.
 */
final class Feed implements Inlet, Stateful {
  private final String table;
  private final FeedTools tools;
  private final int number;
  private final Outlet out = new Outlet();
  private long rows;
  private final boolean repeats;
  private boolean placed;
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
    rows += batch.size();
    strayed |= !placed || !repeats;
    heard = true;
    tools.recorder().rows(number, batch);
    tools.clock().tick();
    forward(batch);
  }

  /** Rows that were counted and recorded before. */
  void repeated(RowBatch batch) throws Exception {
    forward(batch);
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
