// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import com.lmax.disruptor.RingBuffer;
import dev.millrace.spi.connector.ParallelSource;
import dev.millrace.spi.connector.SourceContext;
import dev.millrace.spi.row.RowBatch;
import dev.millrace.spi.row.Splits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A table read by one thread or several, as the stage sees it that takes their rows: one feed, one
 * position, and the parts of all. Single-threaded; called only by its stage's thread; allocates
 * when parts change.
 *
 * <p>Several begin together, once all have told their parts: event time is that of the slowest part
 * whoever reads it, and a commit without the start of one of them would lose it.
 */
final class SharedTable implements Positioned {
  private final Feed feed;
  private final List<SourceRingReader> readers = new ArrayList<>();
  private final List<Share> shares = new ArrayList<>();
  private final Optional<ParallelSource> source;

  private int unknown;
  private int open;
  private Splits all;

  /**
   * @param source how positions of shares become one; empty if one thread reads the table
   */
  SharedTable(Feed feed, Optional<ParallelSource> source) {
    this.feed = feed;
    this.source = source;
  }

  /** The stage's end of a further thread's ring; all are made before the first row comes. */
  SourceRingReader reader(
      RingBuffer<Slot> ring,
      SourceThread thread,
      Sleeper sleeper,
      RunState state,
      SourceContext context,
      CommitRoom room) {
    Share share = new Share();
    shares.add(share);
    unknown += source.isPresent() ? 1 : 0;
    open++;
    SourceRingReader reader =
        new SourceRingReader(ring, share, feed, thread, sleeper, state, context, room);
    readers.add(reader);
    return reader;
  }

  @Override
  public Feed feed() {
    return feed;
  }

  @Override
  public String table() {
    return feed.table();
  }

  @Override
  public String position() {
    if (source.isEmpty()) {
      return readers.get(0).position();
    }
    return unknown > 0
        ? null
        : source.get().position(readers.stream().map(SourceRingReader::position).toList());
  }

  @Override
  public OptionalLong lag() {
    long rows = 0;
    for (SourceRingReader reader : readers) {
      OptionalLong lag = reader.lag();
      if (lag.isEmpty()) {
        return lag;
      }
      rows += lag.getAsLong();
    }
    return OptionalLong.of(rows);
  }

  /** All that was recorded is read by the first, whichever read it then. */
  @Override
  public void repeatRows() throws Exception {
    readers.get(0).repeatRows();
  }

  private void gather() {
    List<String> names = new ArrayList<>();
    for (Share share : shares) {
      share.first = names.size();
      for (int part = 0; part < share.parts.size(); part++) {
        names.add(share.parts.name(part));
      }
    }
    boolean[] silent = new boolean[names.size()];
    for (Share share : shares) {
      for (int part = 0; part < share.parts.size(); part++) {
        silent[share.first + part] = share.parts.isSilent(part);
      }
    }
    all = new Splits(names, silent);
  }

  /** What one thread hands over. */
  final class Share implements Inlet {
    private Splits parts;
    private int first;
    private boolean known;

    /** Whether rows may come: all that read the table know what they read. */
    boolean mayBegin() {
      return unknown == 0;
    }

    boolean isKnown() {
      return known;
    }

    /**
     * Where it begins is known, or that it has other parts by now.
     *
     * @param found its parts, or null for those it had
     */
    void known(Splits found) throws Exception {
      if (!known) {
        known = true;
        unknown -= source.isPresent() ? 1 : 0;
      }
      if (found != null) {
        parts = found;
        all = null;
      }
      if (mayBegin()) {
        feed.place(position());
        tellParts(found);
      }
    }

    /** Event time may wait for others than before. */
    private void tellParts(Splits found) throws Exception {
      if (found != null) {
        gather();
        feed.parts(all);
      }
    }

    @Override
    public void rows(RowBatch batch) throws Exception {
      if (source.isPresent()) {
        if (all == null || batch.splits() != parts) {
          parts = batch.splits();
          gather();
        }
        batch.split(all, first + batch.split());
      }
      feed.rows(batch);
    }

    /** Only that of the end: event time is made of all shares, behind this. */
    @Override
    public void watermark(long micros) {}

    @Override
    public void idle(boolean now) {
      throw new IllegalStateException("nobody but the feed knows whether a table is idle");
    }

    @Override
    public void end() throws Exception {
      open--;
      if (open == 0) {
        feed.watermark(Long.MAX_VALUE);
        feed.end();
      }
    }
  }
}
