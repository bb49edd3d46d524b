// SPDX-License-Identifier: Apache-2.0
package dev.millrace.connector.http.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * A path with columns in braces: {@code /stock/{sku}?site={site}}. Immutable.
 *
 * <p>A value is percent-encoded, all but letters, digits, {@code -}, {@code _} and {@code ~}, and
 * {@code .}; it cannot add a segment, leave a folder or start a query.
 *
 * @param parts text and columns in order
 */
public record PathTemplate(List<Part> parts) {
  private static final String UNRESERVED = "-._~";
  private static final String[][] CODES = {
    {"%2e", "."}, {"%2f", "/"}, {"%5c", "\\"}, {"%3b", ";"}, {"%25", "%"}
  };

  /**
   * @param text as it is sent, or a column's name
   * @param isColumn which of the two
   * @param inPath before the query
   */
  record Part(String text, boolean isColumn, boolean inPath) {}

  public PathTemplate {
    parts = List.copyOf(parts);
  }

  /**
   * @param text starts with a slash; what is not in braces is sent as it is
   * @throws dev.millrace.spi.error.MillraceException category SQL, if it is no path, or could leave
   *     the one it is added to
   */
  public static PathTemplate parse(String text) {
    List<Part> parts = new ArrayList<>();
    boolean inPath = true;
    int from = 0;
    while (from < text.length()) {
      int open = text.indexOf('{', from);
      String literal = text.substring(from, open < 0 ? text.length() : open);
      if (!literal.isEmpty()) {
        parts.add(new Part(literal, false, inPath));
      }
      inPath &= literal.indexOf('?') < 0;
      if (open < 0) {
        break;
      }
      int close = text.indexOf('}', open);
      if (close < open + 2) {
        throw HttpErrors.badPath(text, "has a brace without a column");
      }
      parts.add(new Part(text.substring(open + 1, close), true, inPath));
      from = close + 1;
    }
    check(text, parts);
    return new PathTemplate(parts);
  }

  private static void check(String text, List<Part> parts) {
    StringBuilder sample = new StringBuilder();
    parts.forEach(part -> sample.append(part.isColumn() ? "x" : part.text()));
    if (sample.length() == 0 || sample.charAt(0) != '/' || sample.indexOf("//") == 0) {
      throw HttpErrors.badPath(text, "does not start with one slash");
    }
    try {
      // With a host before it, so that '//host' is not taken for one.
      URI uri = new URI("http://host" + sample);
      if (uri.getRawFragment() != null) {
        throw HttpErrors.badPath(text, "has a fragment");
      }
      if (sample.chars().anyMatch(c -> c >= 0x80)) {
        throw HttpErrors.badPath(text, "holds a character that must be percent-encoded");
      }
      checkSegments(uri.getRawPath());
    } catch (URISyntaxException e) {
      throw HttpErrors.badPath(text, "is no path of a URL: " + e.getReason());
    }
  }

  /**
   * @throws dev.millrace.spi.error.MillraceException category SQL, if a segment leads out of its
   *     folder, however it is encoded
   */
  static void checkSegments(String rawPath) {
    if (rawPath != null && leads(rawPath)) {
      throw HttpErrors.badPath(rawPath, "has a segment '.' or '..'");
    }
  }

  /** Whether a path, or what a careless server makes of it, has a segment of dots. */
  static boolean leads(String rawPath) {
    String plain = rawPath.toLowerCase(Locale.ROOT);
    String decoded = null;
    // Some servers decode twice.
    while (!plain.equals(decoded)) {
      decoded = plain;
      for (String[] code : CODES) {
        plain = plain.replace(code[0], code[1]);
      }
    }
    for (String segment : plain.split("[/\\\\]", -1)) {
      // '..;x' is '..' to a server that cuts path parameters off.
      String name = segment.replaceFirst(";.*", "");
      if (name.equals(".") || name.equals("..")) {
        return true;
      }
    }
    return false;
  }

  /** As it was written. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.isColumn() ? "{" + part.text() + "}" : part.text()));
    return text.toString();
  }

  /** The columns it names. */
  public Set<String> columns() {
    Set<String> names = new LinkedHashSet<>();
    parts.stream().filter(Part::isColumn).forEach(part -> names.add(part.text()));
    return names;
  }

  /**
   * The path with values.
   *
   * @param values by column; what they return is text as the server shall read it, or null
   * @throws dev.millrace.spi.error.MillraceException category DATA, if a value cannot be part of a
   *     path: NULL, or empty or dots in a segment
   */
  public String fill(Function<String, String> values) {
    StringBuilder path = new StringBuilder();
    for (Part part : parts) {
      if (!part.isColumn()) {
        path.append(part.text());
        continue;
      }
      String value = values.apply(part.text());
      if (value == null) {
        throw HttpErrors.unusableValue(part.text(), "is NULL");
      }
      if (part.inPath() && value.isEmpty()) {
        throw HttpErrors.unusableValue(part.text(), "is empty");
      }
      encode(value, path);
    }
    int query = path.indexOf("?");
    if (leads(query < 0 ? path.toString() : path.substring(0, query))) {
      throw HttpErrors.unusableValue(String.join(", ", columns()), "leads to another path");
    }
    return path.toString();
  }

  /** Percent-encoded for any place in a path or query. */
  public static void encode(String value, StringBuilder into) {
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      int c = octet & 0xff;
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        into.append((char) c);
      } else {
        into.append('%');
        into.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        into.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
  }
}
