// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The session's zone and clock. Single-threaded; remembers the offset of the time asked last and
 * how far it reaches, so that a conversion is an addition.
 */
public final class SessionZone {
  private static final long SAFETY_MICROS = 2 * Times.MICROS_PER_DAY;

  private final Clock clock;
  private final ZoneId zone;
  private final ZoneRules rules;
  private long fromMicros = Long.MAX_VALUE;
  private long untilMicros = Long.MIN_VALUE;
  private long offsetMicros;

  public SessionZone(Clock clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
    rules = zone.getRules();
  }

  public ZoneId zone() {
    return zone;
  }

  /** Microseconds since the epoch, of a whole millisecond as in Flink. */
  public long now() {
    return clock.millis() * 1000L;
  }

  /** The local time of an instant. */
  public long toLocal(long micros) {
    if (micros < fromMicros || micros >= untilMicros) {
      learn(micros);
    }
    return micros + offsetMicros;
  }

  /** The instant of a local time: the earlier of two, and behind a gap by the gap's length. */
  public long toInstant(long localMicros) {
    long guess = localMicros - offsetMicros;
    boolean sure =
        guess >= fromMicros
            && guess < untilMicros
            && (fromMicros == Long.MIN_VALUE || guess - fromMicros > SAFETY_MICROS)
            && (untilMicros == Long.MAX_VALUE || untilMicros - guess > SAFETY_MICROS);
    if (sure) {
      return guess;
    }
    long seconds = Math.floorDiv(localMicros, Times.MICROS_PER_SECOND);
    LocalDateTime local = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    long instant =
        local.atZone(zone).toEpochSecond() * Times.MICROS_PER_SECOND
            + Math.floorMod(localMicros, Times.MICROS_PER_SECOND);
    learn(instant);
    return instant;
  }

  private void learn(long micros) {
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, Times.MICROS_PER_SECOND));
    offsetMicros = rules.getOffset(instant).getTotalSeconds() * Times.MICROS_PER_SECOND;
    ZoneOffsetTransition next = rules.nextTransition(instant);
    ZoneOffsetTransition previous = rules.previousTransition(instant.plusSeconds(1));
    fromMicros = previous == null ? Long.MIN_VALUE : micros(previous);
    untilMicros = next == null ? Long.MAX_VALUE : micros(next);
  }

  private static long micros(ZoneOffsetTransition transition) {
    return transition.toEpochSecond() * Times.MICROS_PER_SECOND;
  }
}
