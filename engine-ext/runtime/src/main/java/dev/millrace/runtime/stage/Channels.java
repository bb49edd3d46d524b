// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.util.Arrays;

/** The event time of several channels together: that of the slowest. Single-threaded. */
final class Channels {
  private long[] watermarks = {};
  private long minimum = Long.MIN_VALUE;
  private int open;

  /** A new channel, without event time yet. */
  int add() {
    watermarks = Arrays.copyOf(watermarks, watermarks.length + 1);
    watermarks[watermarks.length - 1] = Long.MIN_VALUE;
    open++;
    return watermarks.length - 1;
  }

  /** Returns whether event time of all channels has advanced. */
  boolean advance(int channel, long micros) {
    watermarks[channel] = micros;
    long least = micros;
    for (long watermark : watermarks) {
      least = Math.min(least, watermark);
    }
    boolean advanced = least > minimum;
    minimum = least;
    return advanced;
  }

  long watermark() {
    return minimum;
  }

  /** Closes a channel; returns whether it was the last. */
  boolean end() {
    open--;
    return open == 0;
  }
}
