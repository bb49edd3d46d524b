// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.spi.connector.LaggingSource;
import dev.millrace.spi.connector.RowSource;
import dev.millrace.spi.row.RowBatch;
import java.util.OptionalLong;

/**
 * Reads a source that blocks, on a thread of its own, straight into the slots of a ring.
 * Single-threaded.
 */
final class SourceThread {
  static final long LONGEST_PARK_NS = 20_000_000;

  private final SourceOpener opener;
  private final Rereading rereading;
  private final RunState state;
  private final RingWriter ring;
  private final boolean positions;
  private final HeldLetters letters;
  private final Backoff backoff = new Backoff(LONGEST_PARK_NS);
  private volatile OptionalLong lag = OptionalLong.empty();

  /** Whether those behind the ring know where it begins, if anybody wants to. */
  private boolean told;

  /**
   * @param rereading what is to be read once more first
   * @param transactional each batch shall carry the position behind it
   * @param letters what the source is given to write dead letters to
   */
  SourceThread(
      SourceOpener opener,
      Rereading rereading,
      RunState state,
      RingWriter ring,
      boolean transactional,
      HeldLetters letters) {
    this.opener = opener;
    this.rereading = rereading;
    this.state = state;
    this.ring = ring;
    positions = transactional || opener.isShare();
    told = !positions;
    this.letters = letters;
  }

  String name() {
    return opener.name();
  }

  boolean interruptible() {
    return opener.interruptible();
  }

  /** Rows the source has beyond those read, where it can tell. Any thread. */
  OptionalLong lag() {
    return lag;
  }

  void run() throws Exception {
    try (rereading) {
      while (rereading.hasNext()) {
        RowBatch batch = rereading.next();
        RowBatch target = ring.claim().batch();
        target.addRange(batch, 0, batch.size());
        target.split(batch.splits(), batch.split());
        ring.publish();
        state.check();
      }
    }
    try (RowSource source = opener.open()) {
      boolean more = true;
      while (more) {
        told = told || tellStart(source);
        more = poll(source);
        state.check();
      }
    }
    ring.watermark(Long.MAX_VALUE);
    ring.end();
  }

  /**
   * Where it begins may be known only now, or once the first poll has looked: without it, its first
   * rows could not be read again.
   */
  private boolean tellStart(RowSource source) throws InterruptedException {
    String position = SourceOpener.position(source);
    if (position == null) {
      return false;
    }
    ring.claim().position(position);
    ring.publish();
    return true;
  }

  private boolean poll(RowSource source) throws Exception {
    Slot slot = ring.claim();
    RowSource.Status status = source.poll(slot.batch());
    if (source instanceof LaggingSource lagging) {
      lag = lagging.lag();
    }
    slot.letters(letters.take());
    if (tellsSomething(slot)) {
      slot.position(positions ? SourceOpener.position(source) : null);
      told |= slot.position() != null;
      ring.publish();
      backoff.reset();
    } else if (status == RowSource.Status.IDLE && !backoff.busy()) {
      backoff.park();
    }
    return status != RowSource.Status.END;
  }

  /** Rows, what could not be read, or that there are other parts than before. */
  private static boolean tellsSomething(Slot slot) {
    return !slot.batch().isEmpty() || slot.batch().splits() != null || !slot.letters().isEmpty();
  }
}
