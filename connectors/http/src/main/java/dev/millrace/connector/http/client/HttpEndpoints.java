// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A {@link dev.millrace.spi.connector.Services service}: the hosts scripts may name. Immutable.
 *
 * @param byName as in {@code 'connection' = '<name>'}
 */
public record HttpEndpoints(Map<String, HttpEndpoint> byName) {
  public HttpEndpoints {
    byName = Map.copyOf(byName);
  }

  public Optional<HttpEndpoint> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Set<String> names() {
    return byName.keySet();
  }
}
