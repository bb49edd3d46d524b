// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import java.util.Locale;
import java.util.Set;

/** Header fields that can end neither their line nor the message, nor speak for the client. */
final class Headers {
  private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

  /** What says where a message goes and where it ends is said by the client alone. */
  private static final Set<String> CLIENTS_OWN =
      Set.of(
          "host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer");

  private Headers() {}

  /**
   * @throws dev.millrace.spi.error.MillraceException category SQL; the value is not told
   */
  static void check(String name, String value) {
    if (name.isEmpty() || !name.chars().allMatch(Headers::isToken)) {
      throw HttpErrors.badHeader(printable(name), "is no header name");
    }
    if (CLIENTS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
      throw HttpErrors.badHeader(name, "is set by the client");
    }
    // Visible ASCII, blank and tab (RFC 9110, 5.5), and ISO-8859-1 as many servers read it.
    if (!value.chars().allMatch(c -> c == '\t' || c >= ' ' && c != 0x7f && c <= 0xff)) {
      throw HttpErrors.badHeader(name, "holds a control character or one that is not ISO-8859-1");
    }
  }

  private static boolean isToken(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || TOKEN_SIGNS.indexOf(c) >= 0);
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
