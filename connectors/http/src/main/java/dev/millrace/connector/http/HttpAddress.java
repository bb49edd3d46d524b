// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http;

import dev.millrace.connector.http.client.HttpEndpoint;
import dev.millrace.connector.http.client.HttpErrors;
import dev.millrace.spi.connector.Endpoints;
import dev.millrace.spi.connector.PlainAddresses;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.connector.TableContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** Which host a table is about. */
final class HttpAddress {
  /** Of configured endpoints, and of targets of the outbox. */
  static final String KIND = "http";

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
    Set<String> known = known(table.services());
    if (connection.isPresent()) {
      String name = connection.get();
      return find(name, table.services())
          .orElseThrow(() -> HttpErrors.unknownConnection(table.name(), name, known));
    }
    return plain(table, url.orElseThrow(() -> HttpErrors.noAddress(table.name())), known);
  }

  /**
   * A host by its name.
   *
   * @throws dev.millrace.spi.error.MillraceException category SQL, if it is not configured
   */
  static HttpEndpoint configured(String name, Services services) {
    return find(name, services)
        .orElseThrow(() -> HttpErrors.unknownConnection(name, name, known(services)));
  }

  private static Optional<HttpEndpoint> find(String name, Services services) {
    return services
        .find(Endpoints.class)
        .flatMap(all -> all.find(KIND, name))
        .map(settings -> HttpEndpoint.configured("millrace.http." + name, settings));
  }

  private static Set<String> known(Services services) {
    return services.find(Endpoints.class).map(all -> all.names(KIND)).orElse(Set.of());
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
