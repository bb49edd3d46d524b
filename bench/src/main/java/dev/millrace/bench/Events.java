// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Events in memory: person, auction and bid as 1 : 3 : 46, 10,000 a second of event time. */
final class Events {
  private static final int CYCLE = 50;
  private static final int AUCTIONS = 4;
  private static final long MICROS_PER_EVENT = 100;
  private static final long START_MICROS = 1_767_225_600_000_000L;
  private static final int HOT_AUCTIONS = 10_000;
  private static final int SHARED_TEXTS = 64;

  /** Strings of bids. */
  enum Texts {
    /** Every bid has one of its own, as real bids have: whoever looks at it misses the cache. */
    OWN,
    /** All bids share a few: kindest to who copies nothing. */
    SHARED
  }

  private Events() {}

  /** What to add to the event times of a pass. */
  static long shiftMicros(Event[] events, int pass) {
    return pass * events.length * MICROS_PER_EVENT;
  }

  /**
   * @param texts what the bids' strings are
   */
  static Event[] generate(int count, Texts texts) {
    SplittableRandom random = new SplittableRandom(42);
    Event[] events = new Event[count];
    String[] shared = new String[SHARED_TEXTS];
    Arrays.setAll(shared, i -> extra(random));
    for (int i = 0; i < count; i++) {
      int place = i % CYCLE;
      int kind = place == 0 ? Event.PERSON : place < AUCTIONS ? Event.AUCTION : Event.BID;
      events[i] =
          new Event(
              kind,
              1000 + random.nextInt(HOT_AUCTIONS),
              random.nextInt(50_000),
              random.nextInt(1, 10_000_000),
              START_MICROS + i * MICROS_PER_EVENT,
              texts == Texts.OWN ? extra(random) : shared[random.nextInt(SHARED_TEXTS)]);
    }
    return events;
  }

  private static String extra(SplittableRandom random) {
    return Long.toHexString(random.nextLong()).repeat(random.nextInt(1, 5));
  }
}
