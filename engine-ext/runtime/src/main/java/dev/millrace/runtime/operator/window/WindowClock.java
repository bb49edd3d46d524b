// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.operator.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Event time to the time windows are aligned in: for TIMESTAMP_LTZ the session's local time, else
 * the same. All times are microseconds. Single-threaded; allocates only where the zone's offset
 * changes. As Flink's {@code TimeWindowUtil}.
 */
public final class WindowClock {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_HOUR = 3600 * MICROS_PER_SECOND;
  private static final long MICROS_PER_MILLI = 1000;

  private final ZoneRules rules;
  private final boolean shifts;
  private long validFrom;
  private long validTo;
  private long shift;

  private WindowClock(ZoneId zone) {
    rules = zone.getRules();
    shifts = !(rules.isFixedOffset() && rules.getOffset(Instant.EPOCH).equals(ZoneOffset.UTC));
  }

  /** For TIMESTAMP: windows are aligned in the column's own time. */
  public static WindowClock plain() {
    return new WindowClock(ZoneOffset.UTC);
  }

  /** For TIMESTAMP_LTZ: windows are aligned in the zone's local time. */
  public static WindowClock of(ZoneId zone) {
    return new WindowClock(zone);
  }

  /** Event time to windows' time. */
  public long toWindowTime(long micros) {
    if (!shifts) {
      return micros;
    }
    if (micros < validFrom || micros >= validTo) {
      findShift(micros);
    }
    return micros + shift;
  }

  private void findShift(long micros) {
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND));
    shift = rules.getOffset(instant).getTotalSeconds() * MICROS_PER_SECOND;
    ZoneOffsetTransition before = rules.previousTransition(instant.plusSeconds(1));
    ZoneOffsetTransition after = rules.nextTransition(instant);
    validFrom = before == null ? Long.MIN_VALUE : before.toEpochSecond() * MICROS_PER_SECOND;
    validTo = after == null ? Long.MAX_VALUE : after.toEpochSecond() * MICROS_PER_SECOND;
  }

  /** Windows' time to event time, for {@code window_time}. */
  public long toEventTime(long windowTime) {
    if (!shifts) {
      return windowTime;
    }
    LocalDateTime local = local(windowTime);
    ZoneOffsetTransition gap = rules.getTransition(local);
    ZoneOffset offset = gap != null ? gap.getOffsetBefore() : rules.getOffset(local);
    return windowTime - offset.getTotalSeconds() * MICROS_PER_SECOND;
  }

  private static LocalDateTime local(long windowTime) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(windowTime, MICROS_PER_SECOND), 0, ZoneOffset.UTC);
  }

  /**
   * The watermark that says a window is over: a millisecond before its end. Where clocks are set
   * forward, the end of a window that never was comes with the change; where they are set back, a
   * window lasts until its end has come twice.
   */
  public long firesAt(long end) {
    long last = end - MICROS_PER_MILLI;
    if (!shifts) {
      return last;
    }
    long event = toEventTime(last);
    long hourLater = toEventTime(last + MICROS_PER_HOUR);
    if (event == hourLater) {
      return event - Math.floorMod(event, MICROS_PER_HOUR);
    }
    return hourLater - event > MICROS_PER_HOUR ? event + MICROS_PER_HOUR : event;
  }
}
