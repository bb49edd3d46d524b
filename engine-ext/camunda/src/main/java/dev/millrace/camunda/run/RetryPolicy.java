// SPDX-License-Identifier: Apache-2.0
package dev.millrace.camunda.run;

import java.time.Duration;

/**
 * How often and when what failed for a passing reason is tried again.
 *
 * @param attempts in all, 1 or more
 * @param firstDelay doubles with each failure
 * @param maxDelay its bound
 * @param takeovers how often work is taken over from nodes that died with it, before it is an
 *     incident: it may be what kills them
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration maxDelay, int takeovers) {
  private static final int MAX_DOUBLINGS = 20;
  private static final int SHARE_OF_WAITING = 8;

  /** Whether another attempt follows. */
  public boolean allows(int failedAttempts) {
    return failedAttempts < attempts;
  }

  public boolean allowsTakeovers(int taken) {
    return taken <= takeovers;
  }

  /**
   * @param taken how often it was taken over
   * @throws dev.millrace.spi.error.MillraceException if that is too often
   */
  public void checkTakeovers(int taken) {
    if (!allowsTakeovers(taken)) {
      throw TaskRunErrors.takenOverTooOften(taken, takeovers);
    }
  }

  /**
   * @param failedAttempts 1 after the first failure
   */
  public Duration delay(int failedAttempts) {
    int doublings = Math.min(failedAttempts - 1, MAX_DOUBLINGS);
    Duration delay = firstDelay.multipliedBy(1L << doublings);
    return atMostMax(delay);
  }

  /** Before the next look at what is held up: grows with the time it has waited. */
  public Duration delayAfter(Duration waited) {
    Duration share = waited.dividedBy(SHARE_OF_WAITING);
    return atMostMax(share.compareTo(firstDelay) > 0 ? share : firstDelay);
  }

  private Duration atMostMax(Duration delay) {
    return delay.compareTo(maxDelay) < 0 ? delay : maxDelay;
  }
}
