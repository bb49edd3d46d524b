// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * When a request that failed for a passing reason is sent again. Immutable.
 *
 * @param maxRetries attempts after the first
 * @param delay before the second attempt; doubles with each
 * @param maxDelay more is never waited, also if the server asks for more
 */
public record Backoff(int maxRetries, Duration delay, Duration maxDelay) {
  private static final int MAX_DOUBLINGS = 20;

  /**
   * How long to wait before the next attempt; empty to give up.
   *
   * @param failures so far, at least 1
   * @param answer the last, null if there was none
   */
  public Optional<Duration> afterFailure(int failures, Answer answer) {
    if (failures > maxRetries || answer != null && !answer.isPassing()) {
      return Optional.empty();
    }
    Duration own = delay.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    Duration asked =
        answer == null ? Duration.ZERO : answer.retryAfter(Clock.systemUTC()).orElse(Duration.ZERO);
    if (asked.compareTo(maxDelay) > 0) {
      return Optional.empty(); // to ask sooner than it wants would only anger it
    }
    Duration longer = own.compareTo(asked) > 0 ? own : asked;
    return Optional.of(longer.compareTo(maxDelay) > 0 ? maxDelay : longer);
  }
}
