// SPDX-License-Identifier: Apache-2.0
package dev.millrace.spi.connector;

import java.util.function.LongSupplier;

/**
 * How many rows a source with {@code rows-per-second} may give by now. Single-threaded, as the
 * source. The first row is due at once, each further one evenly after it; a source that could not
 * keep up catches up.
 */
public final class RowRate {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double rowsPerSecond;
  private final LongSupplier nanoClock;
  private boolean started;
  private long startNs;
  private long given;

  /**
   * @param rowsPerSecond more than 0; infinite for all rows at once
   * @param nanoClock {@code System::nanoTime}
   */
  public RowRate(double rowsPerSecond, LongSupplier nanoClock) {
    this.rowsPerSecond = rowsPerSecond;
    this.nanoClock = nanoClock;
  }

  /** Rows due and not yet {@linkplain #give given}; the clock starts at the first call. */
  public long due() {
    if (Double.isInfinite(rowsPerSecond)) {
      return Long.MAX_VALUE;
    }
    long nowNs = nanoClock.getAsLong();
    if (!started) {
      started = true;
      startNs = nowNs;
    }
    double all = Math.floor(1 + (nowNs - startNs) / NANOS_PER_SECOND * rowsPerSecond);
    return (long) Math.max(0, all - given);
  }

  /** Counts rows handed out. */
  public void give(long rows) {
    given += rows;
  }
}
