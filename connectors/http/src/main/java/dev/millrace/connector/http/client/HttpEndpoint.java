// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A configured host: all requests of a table go below its URL. Immutable.
 *
 * @param url {@code https://api.example.com/v1}: scheme, host, port and the path all requests start
 *     with; no user, query or fragment
 * @param headers sent with each request; values may be secret
 * @param allowPrivate whether it may be at a private, loopback or link-local address
 */
public record HttpEndpoint(URI url, Map<String, String> headers, boolean allowPrivate) {
  private static final String HEADER = "header.";
  private static final Set<String> SETTINGS =
      Set.of("url", "allow-private", "username", "password", "token");

  public HttpEndpoint {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw HttpErrors.badUrl("is neither http nor https");
    }
    if (url.getHost() == null) {
      throw HttpErrors.badUrl("names no host");
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw HttpErrors.badUrl("has a user, a query or a fragment");
    }
    PathTemplate.checkSegments(url.getRawPath());
    headers = Map.copyOf(headers);
    headers.forEach(Headers::check);
  }

  /**
   * A host as configured: {@code url}, {@code allow-private}, {@code username} and {@code password}
   * or {@code token}, {@code header.<name>}.
   *
   * @param name for messages: the property its settings are under, such as {@code millrace.http.x}
   * @throws dev.millrace.spi.error.MillraceException category SQL; no value is told
   */
  public static HttpEndpoint configured(String name, Map<String, String> settings) {
    HttpEndpoint endpoint = of(url(name, settings.get("url")));
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      String key = setting.getKey();
      if (key.startsWith(HEADER)) {
        endpoint = endpoint.withHeader(key.substring(HEADER.length()), setting.getValue());
      } else if (!SETTINGS.contains(key)) {
        throw HttpErrors.badSetting(name, "'%s' is none of its settings".formatted(key));
      }
    }
    if (settings.containsKey("username")) {
      endpoint =
          endpoint.withLogin(settings.get("username"), settings.getOrDefault("password", ""));
    }
    if (settings.containsKey("token")) {
      endpoint = endpoint.withBearer(settings.get("token"));
    }
    return Boolean.parseBoolean(settings.get("allow-private"))
        ? endpoint.withPrivateAddresses()
        : endpoint;
  }

  private static URI url(String name, String text) {
    try {
      return new URI(text == null ? "" : text);
    } catch (URISyntaxException e) {
      throw HttpErrors.badSetting(name, "its 'url' is none");
    }
  }

  /** Without headers, at public addresses only. */
  public static HttpEndpoint of(URI url) {
    return new HttpEndpoint(url, Map.of(), false);
  }

  public HttpEndpoint withHeader(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new HttpEndpoint(url, all, allowPrivate);
  }

  /** HTTP Basic, sent without being asked. */
  public HttpEndpoint withLogin(String username, String password) {
    byte[] login = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return withHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
  }

  public HttpEndpoint withBearer(String token) {
    return withHeader("Authorization", "Bearer " + token);
  }

  public HttpEndpoint withPrivateAddresses() {
    return new HttpEndpoint(url, headers, true);
  }

  /** {@code https://api.example.com}. */
  String origin() {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  /** The path all requests start with, without a slash at its end. */
  String prefix() {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Without the headers. */
  @Override
  public String toString() {
    return origin() + prefix();
  }
}
