// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The clock of a run that can be repeated: it stands still while one batch goes through, and what
 * it said is recorded, if anybody asked. Single-threaded.
 */
final class RunClock extends Clock {
  private final Clock clock;
  private final Recorder recorder;
  private boolean read;
  private long millis;

  RunClock(Clock clock, Recorder recorder) {
    this.clock = clock;
    this.recorder = recorder;
  }

  /** A new batch: time goes on. */
  void tick() {
    read = false;
  }

  /** It was so late when this happened first. */
  void set(long past) {
    read = true;
    millis = past;
  }

  @Override
  public long millis() {
    if (!read) {
      read = true;
      millis = clock.millis();
      recorder.clock(millis);
    }
    return millis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("generated code converts by itself");
  }
}
