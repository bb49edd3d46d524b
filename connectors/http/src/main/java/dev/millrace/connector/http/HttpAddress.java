// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.HttpEndpoint;
import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.spi.connector.Endpoints;
import dev.millrace.spi.connector.PlainAddresses;
import dev.millrace.spi.connector.TableContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Which host a table is about. */
final class HttpAddress {
  private static final String KIND = "http";

  private HttpAddress() {}

  /**
   * @throws dev.millrace.spi.error.MillraceException category SQL, if the host does not offer it
   */
  static HttpEndpoint of(TableContext table) {
    Optional<String> connection = table.options().find(HttpOptions.CONNECTION);
    Optional<String> url = table.options().find(HttpOptions.URL);
    if (connection.isPresent() && url.isPresent()) {
      throw HttpErrors.twoAddresses(table.name());
    }
    Optional<Endpoints> endpoints = table.services().find(Endpoints.class);
    Set<String> known = endpoints.map(all -> all.names(KIND)).orElse(Set.of());
    if (connection.isPresent()) {
      String name = connection.get();
      return endpoints
          .flatMap(all -> all.find(KIND, name))
          .map(settings -> HttpEndpoint.configured(name, settings))
          .orElseThrow(() -> HttpErrors.unknownConnection(table.name(), name, known));
    }
    return plain(table, url.orElseThrow(() -> HttpErrors.noAddress(table.name())), known);
  }

  /** Who may name any address may name a private one, too. */
  private static HttpEndpoint plain(TableContext table, String url, Set<String> known) {
    boolean allowed =
        table
            .services()
            .find(PlainAddresses.class)
            .filter(addresses -> addresses.allows(url))
            .isPresent();
    if (!allowed) {
      throw HttpErrors.plainAddress(table.name(), known);
    }
    try {
      return HttpEndpoint.of(new URI(url)).withPrivateAddresses();
    } catch (URISyntaxException e) {
      throw HttpErrors.outOfRange(table.name(), "url", "what it is: " + e.getReason());
    }
  }
}
