// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import com.lmax.disruptor.RingBuffer;
import dev.millrace.spi.connector.SourceContext;
import java.util.OptionalLong;

/**
 * Reads what a {@link SourceThread} hands over. Single-threaded.
 *
 * <p>Rows, dead letters and positions count when they have gone through the stage, not when they
 * were read: so a commit holds neither more nor less than they say.
 */
final class SourceRingReader extends RingReader {
  private final SharedTable.Share share;
  private final Feed feed;
  private final SourceThread reader;
  private final Sleeper sleeper;
  private final RunState state;
  private final Backoff backoff = new Backoff(SourceThread.LONGEST_PARK_NS);
  private final SourceContext context;
  private final CommitRoom room;
  private String position;
  private boolean repeating;

  SourceRingReader(
      RingBuffer<Slot> ring,
      SharedTable.Share share,
      Feed feed,
      SourceThread reader,
      Sleeper sleeper,
      RunState state,
      SourceContext context,
      CommitRoom room) {
    super(ring, share);
    this.share = share;
    this.feed = feed;
    this.reader = reader;
    this.sleeper = sleeper;
    this.state = state;
    this.context = context;
    this.room = room;
  }

  /** Waits for the slot of the next batch that was recorded. */
  void repeatRows() throws Exception {
    repeating = true;
    backoff.reset();
    while (!poll()) {
      state.check();
      if (!backoff.busy()) {
        sleeper.announce();
        if (!ready()) {
          backoff.park();
        }
        sleeper.awake();
      }
    }
    repeating = false;
  }

  /** The first slot tells what the share is; the next wait until all shares are known. */
  @Override
  boolean mayPass() {
    return repeating || share.mayBegin() || !share.isKnown();
  }

  @Override
  boolean fits(Slot slot) {
    return repeating || room.fits(slot.batch().size());
  }

  @Override
  void handOn(Slot slot) throws Exception {
    if (repeating) {
      feed.repeated(slot.batch());
    } else {
      super.handOn(slot);
    }
  }

  @Override
  void handedOn(Slot slot) throws Exception {
    for (int i = 0; i < slot.letters().size(); i++) {
      slot.letters().get(i).giveTo(context);
    }
    if (slot.position() != null) {
      position = slot.position();
    }
    if (slot.batch().isEmpty() && (slot.position() != null || slot.batch().splits() != null)) {
      share.known(slot.batch().splits());
    }
  }

  @Override
  void listen(long nowNs) throws Exception {
    feed.listen(nowNs);
  }

  @Override
  void drain() throws Exception {
    markEnded();
    share.end();
  }

  /** Behind the rows handed on so far; null if the source cannot tell. */
  String position() {
    return position;
  }

  OptionalLong lag() {
    return reader.lag();
  }
}
