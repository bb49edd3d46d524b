// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.spi.connector.RowSource;

/**
 * Reads a source that blocks, on a thread of its own, straight into the slots of a ring.
 * Single-threaded.
 */
final class SourceThread {
  private static final long LONGEST_PARK_NS = 20_000_000;

  private final SourceOpener opener;
  private final RunState state;
  private final RingWriter ring;
  private final boolean positions;
  private final HeldLetters letters;
  private final Backoff backoff = new Backoff(LONGEST_PARK_NS);

  /**
   * @param positions each batch shall carry the position behind it
   * @param letters what the source is given to write dead letters to
   */
  SourceThread(
      SourceOpener opener,
      RunState state,
      RingWriter ring,
      boolean positions,
      HeldLetters letters) {
    this.opener = opener;
    this.state = state;
    this.ring = ring;
    this.positions = positions;
    this.letters = letters;
  }

  String name() {
    return opener.table();
  }

  boolean interruptible() {
    return opener.interruptible();
  }

  void run() throws Exception {
    try (RowSource source = opener.open()) {
      while (poll(source)) {
        state.check();
      }
    }
    ring.watermark(Long.MAX_VALUE);
    ring.end();
  }

  private boolean poll(RowSource source) throws Exception {
    Slot slot = ring.claim();
    RowSource.Status status = source.poll(slot.batch());
    slot.letters(letters.take());
    if (!slot.batch().isEmpty() || !slot.letters().isEmpty()) {
      slot.position(positions ? SourceOpener.position(source) : null);
      ring.publish();
      backoff.reset();
    } else if (status == RowSource.Status.IDLE && !backoff.busy()) {
      backoff.park();
    }
    return status != RowSource.Status.END;
  }
}
