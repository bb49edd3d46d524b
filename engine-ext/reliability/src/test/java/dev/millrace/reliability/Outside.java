// SPDX-License-Identifier: Apache-2.0
package dev.millrace.reliability;

import java.util.HashMap;
import java.util.Map;

/**
 * Foreign systems a node knows; an empty one it does not.
 *
 * @param kafkaServers of the cluster {@code local}
 * @param eventsUrl of the host {@code events}
 */
record Outside(String kafkaServers, String eventsUrl) {
  static final Outside NOTHING = new Outside("", "");

  /** A webhook every node has, and what its senders sign with. */
  static final String HOOK = "ledger";

  static final String SECRET = "known to the tests alone";

  /** What a node is configured with. */
  Map<String, Map<String, Map<String, String>>> endpoints() {
    Map<String, Map<String, Map<String, String>>> endpoints = new HashMap<>();
    endpoints.put("hooks", Map.of(HOOK, Map.of("secret", SECRET)));
    if (!kafkaServers.isEmpty()) {
      endpoints.putAll(Broker.endpoints(kafkaServers));
    }
    if (!eventsUrl.isEmpty()) {
      Map<String, String> host = Map.of("url", eventsUrl, "allow-private", "true");
      endpoints.put("http", Map.of("events", host));
    }
    return endpoints;
  }
}
