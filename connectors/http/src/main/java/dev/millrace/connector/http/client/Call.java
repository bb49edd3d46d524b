// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import java.util.Map;
import java.util.Optional;

/**
 * A request to an endpoint.
 *
 * @param method {@code GET}
 * @param path below the endpoint's, with query: {@code /orders?since=7}
 * @param headers besides the endpoint's
 * @param body with its media type
 */
public record Call(String method, String path, Map<String, String> headers, Optional<Body> body) {
  /** What is sent. */
  @SuppressWarnings("ArrayRecordComponent") // not compared
  public record Body(String mediaType, byte[] bytes) {}

  public Call {
    headers = Map.copyOf(headers);
  }

  public static Call get(String path, Map<String, String> headers) {
    return new Call("GET", path, headers, Optional.empty());
  }
}
