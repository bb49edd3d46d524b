// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.stage;

import java.util.concurrent.locks.LockSupport;

/**
 * Waits longer the longer there is nothing to do: spins, yields, then parks. Single-threaded.
 *
 * <p>A parked thread costs nothing; the price is a delay of at most the longest park, or none where
 * someone wakes it.
 */
final class Backoff {
  private static final int SPINS = 64;
  private static final int YIELDS = 32;
  private static final long FIRST_PARK_NS = 20_000;

  private final long longestParkNs;
  private int attempts;
  private long parkNs = FIRST_PARK_NS;

  Backoff(long longestParkNs) {
    this.longestParkNs = longestParkNs;
  }

  void reset() {
    attempts = 0;
    parkNs = FIRST_PARK_NS;
  }

  /** Spins or yields; false if it is time to {@link #park}. */
  boolean busy() {
    attempts++;
    if (attempts <= SPINS) {
      Thread.onSpinWait();
      return true;
    }
    if (attempts <= SPINS + YIELDS) {
      Thread.yield();
      return true;
    }
    return false;
  }

  void park() {
    LockSupport.parkNanos(this, parkNs);
    parkNs = Math.min(parkNs * 2, longestParkNs);
  }
}
