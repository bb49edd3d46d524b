// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import java.time.Duration;

/**
 * What one exchange may take.
 *
 * @param timeout from the first byte out to the last byte in; connecting has as much on its own
 * @param maxResponseBytes of the body, unpacked; -1 if it is of no interest
 */
public record Limits(Duration timeout, int maxResponseBytes) {
  /** Where the status is all that is wanted: the body may be of any size, and is not told. */
  public static Limits ofStatus(Duration timeout) {
    return new Limits(timeout, -1);
  }

  boolean wantsBody() {
    return maxResponseBytes >= 0;
  }
}
