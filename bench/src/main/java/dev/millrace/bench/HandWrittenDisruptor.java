// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;

/** One producer publishing batches of 256, one consumer that runs the query. */
final class HandWrittenDisruptor implements Contender {
  private static final int BATCH = 256;
  private static final int RING = 1 << 16;

  private final Event[] events;

  HandWrittenDisruptor(Event[] events) {
    this.events = events;
  }

  /** A ring slot. */
  private static final class Slot {
    Event event;
    long shift;
  }

  @Override
  public String name() {
    return "disruptor";
  }

  @Override
  public Checksum.Outcome run(Query query, int passes) throws InterruptedException {
    Checksum checksum = new Checksum();
    WindowCounts windows = new WindowCounts(checksum);
    RingBuffer<Slot> ring =
        RingBuffer.createSingleProducer(Slot::new, RING, new YieldingWaitStrategy());
    BatchEventProcessor<Slot> consumer =
        new BatchEventProcessorBuilder()
            .build(ring, ring.newBarrier(), handler(query, checksum, windows));
    ring.addGatingSequences(consumer.getSequence());
    Thread thread = new Thread(consumer, "consumer");
    thread.start();
    for (int pass = 0; pass < passes; pass++) {
      publishAll(ring, Events.shiftMicros(events, pass));
    }
    while (consumer.getSequence().get() < ring.getCursor()) {
      Thread.onSpinWait();
    }
    consumer.halt();
    thread.join();
    windows.fire();
    return checksum.outcome();
  }

  private void publishAll(RingBuffer<Slot> ring, long shift) {
    for (int from = 0; from < events.length; from += BATCH) {
      int size = Math.min(BATCH, events.length - from);
      while (!ring.hasAvailableCapacity(size)) {
        Thread.onSpinWait();
      }
      long high = ring.next(size);
      long low = high - size + 1;
      for (int i = 0; i < size; i++) {
        Slot slot = ring.get(low + i);
        slot.event = events[from + i];
        slot.shift = shift;
      }
      ring.publish(low, high);
    }
  }

  private static EventHandler<Slot> handler(Query query, Checksum checksum, WindowCounts windows) {
    return switch (query) {
      case Q0 -> (slot, sequence, last) -> q0(slot, checksum);
      case Q1 -> (slot, sequence, last) -> q1(slot, checksum);
      case Q2 -> (slot, sequence, last) -> q2(slot.event, checksum);
      case COUNT -> (slot, sequence, last) -> count(slot, windows);
    };
  }

  private static void q0(Slot slot, Checksum checksum) {
    Event e = slot.event;
    if (e.kind() == Event.BID) {
      checksum.add(e.auction(), e.bidder(), e.price(), e.dateTimeMicros() + slot.shift, e.extra());
    }
  }

  private static void q1(Slot slot, Checksum checksum) {
    Event e = slot.event;
    if (e.kind() == Event.BID) {
      checksum.add(
          e.auction(), e.bidder(), e.price() * 908, e.dateTimeMicros() + slot.shift, e.extra());
    }
  }

  private static void q2(Event e, Checksum checksum) {
    if (e.kind() == Event.BID && e.auction() % 123 == 0) {
      checksum.add(e.auction(), e.price(), 0);
    }
  }

  private static void count(Slot slot, WindowCounts windows) {
    Event e = slot.event;
    if (e.kind() == Event.BID) {
      windows.add(e.auction(), e.dateTimeMicros() + slot.shift);
    }
  }
}
