// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.Sequencer;

/** The reading end of a ring: one slot a poll. Single-threaded; does not allocate. */
class RingReader extends StageInput {
  private final RingBuffer<Slot> ring;
  private final Inlet target;
  private final Sequence read = new Sequence(Sequencer.INITIAL_CURSOR_VALUE);
  private long available = Sequencer.INITIAL_CURSOR_VALUE;

  RingReader(RingBuffer<Slot> ring, Inlet target) {
    this.ring = ring;
    this.target = target;
    ring.addGatingSequences(read);
  }

  @Override
  final boolean poll() throws Exception {
    long next = read.get() + 1;
    if (next > available) {
      available = ring.getCursor();
    }
    if (next > available || !mayPass()) {
      return false;
    }
    Slot slot = ring.get(next);
    if (!fits(slot)) {
      return true;
    }
    handOn(slot);
    handedOn(slot);
    read.set(next);
    return true;
  }

  /** Hands on what is in a slot. */
  void handOn(Slot slot) throws Exception {
    if (!slot.batch().isEmpty()) {
      target.rows(slot.batch());
    }
    if (slot.watermark() != Long.MIN_VALUE) {
      target.watermark(slot.watermark());
    }
    if (slot.changesIdle()) {
      target.idle(slot.idle());
    }
    if (slot.end()) {
      markEnded();
      target.end();
    }
  }

  /** Whether the next slot may go through the stage by now. */
  boolean mayPass() {
    return true;
  }

  /** Whether the next commit can take the rows of a slot; else they wait for the one after. */
  boolean fits(Slot slot) {
    return true;
  }

  /** Called once a slot has gone through the stage. */
  void handedOn(Slot slot) throws Exception {}

  @Override
  final boolean ready() {
    return !ended() && ring.getCursor() > read.get() && mayPass();
  }
}
