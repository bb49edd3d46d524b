// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import dev.millrace.runtime.state.StateReader;
import dev.millrace.runtime.state.StateWriter;
import dev.millrace.runtime.state.Stateful;
import java.util.Arrays;

/**
 * The event time of several channels together: that of the slowest, those aside that are idle or,
 * having been so, are still behind. As Flink's {@code StatusWatermarkValve}. Single-threaded.
 */
final class Channels implements Stateful {
  private long[] watermarks = {};
  private boolean[] idle = {};
  private long minimum = Long.MIN_VALUE;
  private boolean allIdle;
  private int open;

  /** A new channel, without event time yet. */
  int add() {
    int channel = watermarks.length;
    watermarks = Arrays.copyOf(watermarks, channel + 1);
    idle = Arrays.copyOf(idle, channel + 1);
    watermarks[channel] = Long.MIN_VALUE;
    open++;
    return channel;
  }

  /** Returns whether event time of all channels has advanced. */
  boolean advance(int channel, long micros) {
    watermarks[channel] = micros;
    return advanced();
  }

  /** Returns whether event time of all channels has advanced. */
  boolean idle(int channel, boolean now) {
    idle[channel] = now;
    allIdle = true;
    for (boolean each : idle) {
      allIdle &= each;
    }
    return advanced();
  }

  /** Whether nobody waits for any channel. */
  boolean isIdle() {
    return allIdle;
  }

  private boolean advanced() {
    long reached = allIdle ? largest() : least();
    if (reached <= minimum) {
      return false;
    }
    minimum = reached;
    return true;
  }

  private long least() {
    long least = Long.MAX_VALUE;
    boolean any = false;
    for (int i = 0; i < watermarks.length; i++) {
      if (!idle[i] && watermarks[i] >= minimum) {
        any = true;
        least = Math.min(least, watermarks[i]);
      }
    }
    return any ? least : minimum;
  }

  private long largest() {
    long largest = Long.MIN_VALUE;
    for (long watermark : watermarks) {
      largest = Math.max(largest, watermark);
    }
    return largest;
  }

  long watermark() {
    return minimum;
  }

  /** Closes a channel; returns whether it was the last. */
  boolean end() {
    open--;
    return open == 0;
  }

  @Override
  public void snapshot(StateWriter out) {
    out.count(watermarks.length);
    for (int i = 0; i < watermarks.length; i++) {
      out.number(watermarks[i]);
      out.flag(idle[i]);
    }
    out.number(minimum);
  }

  @Override
  public void restore(StateReader in) {
    in.check(in.count() == watermarks.length, "channels of another plan");
    allIdle = true;
    for (int i = 0; i < watermarks.length; i++) {
      watermarks[i] = in.number();
      idle[i] = in.flag();
      allIdle &= idle[i];
    }
    minimum = in.number();
  }
}
