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
import java.util.function.Supplier;

/** Which host a table is about. */
final class HttpAddress {
  /** Of configured endpoints, and of targets of the outbox. */
  static final String KIND = "http";

  private HttpAddress() {}

  /**
   * @return gives the host as it is configured when it is asked, with its secrets
   * @throws dev.millrace.spi.error.MillraceException category SQL, if the host does not offer it
   */
  static Supplier<HttpEndpoint> of(TableContext table) {
    Optional<String> connection = table.options().find(HttpOptions.CONNECTION);
    Optional<String> url = table.options().find(HttpOptions.URL);
    if (connection.isPresent() && url.isPresent()) {
      throw HttpErrors.twoAddresses(table.name());
    }
    Set<String> known = known(table.services());
    if (connection.isPresent()) {
      String name = connection.get();
      Services services = table.services();
      Optional<HttpEndpoint> found =
          services
              .find(Endpoints.class)
              .flatMap(all -> all.find(KIND, name))
              .map(settings -> HttpEndpoint.configured("millrace.http." + name, settings));
      if (found.isEmpty()) {
        throw HttpErrors.unknownConnection(table.name(), name, known);
      }
      return () -> configured(name, services);
    }
    HttpEndpoint endpoint =
        plain(table, url.orElseThrow(() -> HttpErrors.noAddress(table.name())), known);
    return () -> endpoint;
  }

  /**
   * A host by its name, with its secrets.
   *
   * @throws dev.millrace.spi.error.MillraceException category SQL, if it is not configured
   */
  static HttpEndpoint configured(String name, Services services) {
    return services
        .find(Endpoints.class)
        .flatMap(all -> all.withSecrets(KIND, name))
        .map(settings -> HttpEndpoint.configured("millrace.http." + name, settings))
        .orElseThrow(() -> HttpErrors.unknownConnection(name, name, known(services)));
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
