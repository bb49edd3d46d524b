// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import com.fasterxml.jackson.core.JsonPointer;
import dev.millrace.connector.http.client.Backoff;
import java.time.Duration;
import java.util.Optional;

/**
 * How a resource is read. Immutable.
 *
 * @param bounded one complete read
 * @param interval between questions when there is nothing new
 * @param followLinks whether pages are found by {@code Link: rel=next}
 * @param cursor empty to read the resource anew when it has changed
 */
record Polling(
    boolean bounded,
    Duration interval,
    Backoff backoff,
    boolean followLinks,
    Optional<Cursor> cursor) {
  /**
   * What tells the server where to go on.
   *
   * @param parameter of the query
   * @param column of the last row; -1 if the cursor is found by pointer
   * @param pointer to it in the response; empty if it is a column
   * @param initial of the first request
   */
  record Cursor(
      String parameter, int column, Optional<JsonPointer> pointer, Optional<String> initial) {}
}
