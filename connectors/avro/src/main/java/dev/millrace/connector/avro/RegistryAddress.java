// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.avro;

import dev.millrace.connector.http.client.HttpEndpoint;
import dev.millrace.spi.connector.Endpoints;
import dev.millrace.spi.connector.PlainAddresses;
import dev.millrace.spi.connector.Services;
import dev.millrace.spi.error.MillraceException;
import dev.millrace.spi.option.ConfigOption;
import dev.millrace.spi.option.Options;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Which registry a format asks: a configured one, or where the host allows it any. */
final class RegistryAddress {
  /** Of configured endpoints. */
  static final String KIND = "registry";

  static final ConfigOption<String> CONNECTION =
      ConfigOption.string(
          "connection",
          "The configured registry (millrace.registry.<name>), which knows its URL and credentials.");
  static final ConfigOption<String> URL =
      ConfigOption.string("url", "The registry's URL, where the host allows plain addresses.");
  private static final String CREDENTIALS = "Where the host allows plain addresses.";
  static final ConfigOption<String> BASIC_SOURCE =
      ConfigOption.string("basic-auth.credentials-source", "USER_INFO; " + CREDENTIALS);
  static final ConfigOption<String> BASIC =
      ConfigOption.string("basic-auth.user-info", "user:password; " + CREDENTIALS);
  static final ConfigOption<String> BEARER_SOURCE =
      ConfigOption.string("bearer-auth.credentials-source", "STATIC_TOKEN; " + CREDENTIALS);
  static final ConfigOption<String> BEARER = ConfigOption.string("bearer-auth.token", CREDENTIALS);

  private static final List<ConfigOption<String>> PLAIN =
      List.of(URL, BASIC_SOURCE, BASIC, BEARER_SOURCE, BEARER);

  private RegistryAddress() {}

  /**
   * @return gives the address as it is configured when it is asked
   * @throws MillraceException category SQL, if the host does not offer it
   */
  static Supplier<HttpEndpoint> of(Options options, Services services) {
    Optional<String> connection = options.find(CONNECTION);
    Optional<ConfigOption<String>> plain =
        PLAIN.stream().filter(option -> options.find(option).isPresent()).findFirst();
    if (connection.isPresent()) {
      plain.ifPresent(
          option -> {
            throw AvroErrors.twoAddresses(option.key());
          });
      return configured(connection.get(), services);
    }
    String url = options.find(URL).orElseThrow(() -> AvroErrors.noRegistry(known(services)));
    if (services.find(PlainAddresses.class).filter(all -> all.allows(url)).isEmpty()) {
      throw AvroErrors.plainAddress(plain.get().key(), known(services));
    }
    HttpEndpoint endpoint = plain(url, options);
    return () -> endpoint;
  }

  /** What is wrong with its settings is told now, though they count when it is asked. */
  private static Supplier<HttpEndpoint> configured(String name, Services services) {
    endpoint(name, services, (all, kind) -> all.find(kind, name));
    return () -> endpoint(name, services, (all, kind) -> all.withSecrets(kind, name));
  }

  private static HttpEndpoint endpoint(
      String name,
      Services services,
      BiFunction<Endpoints, String, Optional<Map<String, String>>> settings) {
    return services
        .find(Endpoints.class)
        .flatMap(all -> settings.apply(all, KIND))
        .map(found -> HttpEndpoint.configured("millrace.registry." + name, found))
        .orElseThrow(() -> AvroErrors.unknownRegistry(name, known(services)));
  }

  private static Set<String> known(Services services) {
    return services.find(Endpoints.class).map(all -> all.names(KIND)).orElse(Set.of());
  }

  /** Who may name any address may name a private one, too. */
  private static HttpEndpoint plain(String url, Options options) {
    HttpEndpoint endpoint;
    try {
      endpoint = HttpEndpoint.of(new URI(url)).withPrivateAddresses();
    } catch (URISyntaxException e) {
      throw AvroErrors.badOption(URL.key(), "a URL: " + e.getReason());
    }
    require(options, BASIC_SOURCE, "USER_INFO");
    require(options, BEARER_SOURCE, "STATIC_TOKEN");
    Optional<String> login = options.find(BASIC);
    if (login.isPresent()) {
      int colon = login.get().indexOf(':');
      if (colon < 0) {
        throw AvroErrors.badOption(BASIC.key(), "user:password");
      }
      endpoint =
          endpoint.withLogin(login.get().substring(0, colon), login.get().substring(colon + 1));
    }
    Optional<String> token = options.find(BEARER);
    return token.isPresent() ? endpoint.withBearer(token.get()) : endpoint;
  }

  private static void require(Options options, ConfigOption<String> option, String expected) {
    if (!options.find(option).orElse(expected).equals(expected)) {
      throw AvroErrors.badOption(option.key(), "'" + expected + "'");
    }
  }
}
