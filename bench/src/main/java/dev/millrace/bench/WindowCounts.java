// SPDX-License-Identifier: Apache-2.0
package dev.millrace.bench;

import java.util.Arrays;

/** The hand-written 10-second count per auction: one open-addressing table, emptied per window. */
final class WindowCounts {
  private static final long WINDOW_MICROS = 10_000_000L;
  private static final long FREE = Long.MIN_VALUE;

  private final long[] keys = new long[1 << 15];
  private final long[] counts = new long[1 << 15];
  private final Checksum checksum;
  private long windowEnd = Long.MIN_VALUE;

  WindowCounts(Checksum checksum) {
    this.checksum = checksum;
    Arrays.fill(keys, FREE);
  }

  void add(long key, long micros) {
    if (micros >= windowEnd) {
      fire();
      windowEnd = micros - micros % WINDOW_MICROS + WINDOW_MICROS;
    }
    int mask = keys.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (keys[slot] != key) {
      if (keys[slot] == FREE) {
        keys[slot] = key;
        counts[slot] = 0;
        break;
      }
      slot = (slot + 1) & mask;
    }
    counts[slot]++;
  }

  void fire() {
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != FREE) {
        checksum.add(keys[slot], counts[slot], windowEnd);
        keys[slot] = FREE;
      }
    }
  }
}
