// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.state.SnapshotErrors;
import dev.millrace.spi.connector.PartedSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;
import dev.millrace.spi.type.RowType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Reads again the very batches that were read before. Single-threaded; on the thread that reads the
 * source. What cannot be read is passed over: it was put aside the first time.
 */
final class Rereading implements AutoCloseable {
  private final SourceOpener opener;
  private final RowType type;
  private final RunState state;
  private final Deque<Trace.Event> left;
  private final Backoff backoff = new Backoff(SourceThread.LONGEST_PARK_NS);
  private RowSource source;
  private PartedSource.PartReader parts;
  private Trace.Event event;
  private int timesLeft;
  private RowBatch batch;

  /**
   * @param batches as recorded
   */
  Rereading(SourceOpener opener, RowType type, RunState state, List<Trace.Event> batches) {
    this.opener = opener;
    this.type = type;
    this.state = state;
    left = new ArrayDeque<>(batches);
  }

  boolean hasNext() {
    return timesLeft > 0 || !left.isEmpty();
  }

  /**
   * The next batch, of exactly as many rows as it had.
   *
   * @throws dev.millrace.spi.error.MillraceException if the source has no more, or, behind the last
   *     one, a part has more in front of where reading goes on
   */
  RowBatch next() throws Exception {
    if (source == null) {
      source = opener.openAgain();
    }
    if (timesLeft == 0) {
      event = left.remove();
      timesLeft = event.times();
      if (batch == null || batch.capacity() != event.rows()) {
        batch = new RowBatch(type, event.rows());
      }
      batch.split(
          event.part().map(Trace.Part::all).orElse(null),
          event.part().map(Trace.Part::number).orElse(0));
    }
    timesLeft--;
    batch.clear();
    fill();
    if (!hasNext() && parts != null) {
      checkEnds();
    }
    return batch;
  }

  /** Nothing may be left in front of where reading goes on: it would be lost without a word. */
  private void checkEnds() throws Exception {
    Splits all = event.part().orElseThrow().all();
    RowBatch more = new RowBatch(type, 1);
    for (int part = 0; part < all.size(); part++) {
      backoff.reset();
      while (parts.poll(all.name(part), more) != RowSource.Status.END && more.isEmpty()) {
        if (!backoff.busy()) {
          state.check();
          backoff.park();
        }
      }
      if (!more.isEmpty()) {
        throw SnapshotErrors.sourceLong(opener.table(), all.name(part));
      }
    }
  }

  private void fill() throws Exception {
    backoff.reset();
    while (!batch.isFull()) {
      int before = batch.size();
      RowSource.Status status = poll();
      if (batch.isFull()) {
        return;
      }
      if (status == RowSource.Status.END) {
        throw SnapshotErrors.sourceShort(opener.table(), missing());
      }
      if (batch.size() == before && !backoff.busy()) {
        state.check();
        backoff.park();
      }
    }
  }

  /** How parts mix is nobody's affair but the trace's. */
  private RowSource.Status poll() throws Exception {
    if (event.part().isEmpty()) {
      return source.poll(batch);
    }
    if (parts == null) {
      parts = opener.again(source);
    }
    return parts.poll(event.part().get().name(), batch);
  }

  /** Of a part, as far as can be told: of the others nobody knows yet. */
  private long missing() {
    long rows = batch.capacity() - batch.size() + (long) timesLeft * batch.capacity();
    for (Trace.Event later : left) {
      if (later.part().map(Trace.Part::name).equals(event.part().map(Trace.Part::name))) {
        rows += (long) later.rows() * later.times();
      }
    }
    return rows;
  }

  @Override
  public void close() throws Exception {
    if (source != null) {
      source.close();
      source = null;
    }
  }
}
