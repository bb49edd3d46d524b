// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

/** What a programmer would write by hand for one thread: the steady denominator. */
final class PlainLoop implements Contender {
  private final Event[] events;

  PlainLoop(Event[] events) {
    this.events = events;
  }

  @Override
  public String name() {
    return "loop";
  }

  @Override
  public Checksum.Outcome run(Query query, int passes) {
    Checksum checksum = new Checksum();
    WindowCounts windows = new WindowCounts(checksum);
    for (int pass = 0; pass < passes; pass++) {
      long shift = Events.shiftMicros(events, pass);
      switch (query) {
        case Q0 -> q0(shift, checksum);
        case Q1 -> q1(shift, checksum);
        case Q2 -> q2(checksum);
        case COUNT -> count(shift, windows);
      }
    }
    windows.fire();
    return checksum.outcome();
  }

  private void q0(long shift, Checksum checksum) {
    for (Event event : events) {
      if (event.kind() == Event.BID) {
        checksum.add(
            event.auction(),
            event.bidder(),
            event.price(),
            event.dateTimeMicros() + shift,
            event.extra());
      }
    }
  }

  private void q1(long shift, Checksum checksum) {
    for (Event event : events) {
      if (event.kind() == Event.BID) {
        checksum.add(
            event.auction(),
            event.bidder(),
            event.price() * 908,
            event.dateTimeMicros() + shift,
            event.extra());
      }
    }
  }

  private void q2(Checksum checksum) {
    for (Event event : events) {
      if (event.kind() == Event.BID && event.auction() % 123 == 0) {
        checksum.add(event.auction(), event.price(), 0);
      }
    }
  }

  private void count(long shift, WindowCounts windows) {
    for (Event event : events) {
      if (event.kind() == Event.BID) {
        windows.add(event.auction(), event.dateTimeMicros() + shift);
      }
    }
  }
}
