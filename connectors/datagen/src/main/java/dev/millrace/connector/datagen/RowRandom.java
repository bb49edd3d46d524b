// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.datagen;

/**
 * Single-threaded; does not allocate. Random numbers that depend on a seed and a row's number only:
 * SplitMix64 (Steele, Lea, Flood, OOPSLA 2014), started anew for each row.
 */
final class RowRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private final long seed;
  private long state;

  RowRandom(long seed) {
    this.seed = seed;
  }

  long seed() {
    return seed;
  }

  void startRow(long number) {
    state = mix(seed + mix(number));
  }

  long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** From 0, below 1. */
  double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Both bounds are possible. */
  long nextLong(long min, long max) {
    long range = max - min + 1;
    if (range > 0) {
      return min + Math.floorMod(nextLong() >>> 1, range);
    }
    long value = nextLong();
    while (value < min || value > max) {
      value = nextLong();
    }
    return value;
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
