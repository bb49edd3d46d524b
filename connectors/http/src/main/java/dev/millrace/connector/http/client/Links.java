// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Link} header (RFC 8288). */
final class Links {
  private static final Pattern LINK =
      Pattern.compile("<([^<>]*)>((?:[^,\"]|\"(?:[^\"\\\\]|\\\\.)*+\")*+)");
  private static final Pattern NEXT =
      Pattern.compile(
          ";\\s*rel\\s*=\\s*(?:next\\b|\"[^\"]*\\bnext\\b[^\"]*\")", Pattern.CASE_INSENSITIVE);

  private Links() {}

  /** The target with {@code rel=next}, as written. */
  static Optional<String> next(List<String> headers) {
    for (String header : headers) {
      Matcher link = LINK.matcher(header);
      while (link.find()) {
        if (NEXT.matcher(link.group(2)).find()) {
          return Optional.of(link.group(1));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * What a link adds to an endpoint; empty if it leads elsewhere.
   *
   * @param from the path the link was found at, below the endpoint's
   */
  static Optional<String> below(HttpEndpoint endpoint, String from, String link) {
    URI base = URI.create(endpoint.origin() + endpoint.prefix() + from);
    URI target;
    try {
      // Java resolves a bare query beside the folder (RFC 2396), not the page (RFC 3986).
      target = base.resolve(link.startsWith("?") ? base.getRawPath() + link : link);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    String path = target.getRawPath() == null ? "" : target.getRawPath();
    boolean below =
        target.getRawUserInfo() == null
            && sameOrigin(base, target)
            && path.startsWith(endpoint.prefix() + "/")
            && !path.startsWith(endpoint.prefix() + "//")
            && !PathTemplate.leads(path);
    if (!below) {
      return Optional.empty();
    }
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    return Optional.of(path.substring(endpoint.prefix().length()) + query);
  }

  private static boolean sameOrigin(URI left, URI right) {
    return left.getScheme().equalsIgnoreCase(right.getScheme())
        && left.getHost().equalsIgnoreCase(right.getHost())
        && port(left) == port(right);
  }

  private static int port(URI uri) {
    int byScheme = uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    return uri.getPort() < 0 ? byScheme : uri.getPort();
  }
}
