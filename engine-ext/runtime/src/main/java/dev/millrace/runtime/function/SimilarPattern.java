// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import dev.millrace.spi.error.MillraceException;
import java.util.Locale;
import java.util.Map;

/**
 * Patterns of SIMILAR TO as regular expressions: {@code %} and {@code _} as in LIKE, the other
 * operators ({@code | * + ? {m,n} ( ) [ ]}) as they stand, named classes such as {@code [:DIGIT:]}.
 */
final class SimilarPattern {
  private static final String SPECIAL = "[]()|^-+*_%?{}";
  private static final String SPECIAL_IN_REGEX = "[]()|^-+*?{}$\\.";

  private static final Map<String, String> CLASSES =
      Map.of(
          "ALPHA", "\\p{Alpha}",
          "UPPER", "\\p{Upper}",
          "LOWER", "\\p{Lower}",
          "DIGIT", "\\d",
          "SPACE", " ",
          "WHITESPACE", "\\s",
          "ALNUM", "\\p{Alnum}");

  private SimilarPattern() {}

  static String toRegex(String pattern, String escape) {
    if (escape.length() > 1) {
      throw FunctionErrors.badArgument("SIMILAR TO", escape, "one character to escape with");
    }
    int escapeChar = escape.isEmpty() ? -1 : escape.charAt(0);
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      if (c == escapeChar) {
        appendEscaped(pattern, ++i, escapeChar, regex);
      } else if (c == '[') {
        i = appendClass(pattern, i, escapeChar, regex);
      } else if (c == ']') {
        throw wrong(pattern);
      } else {
        regex.append(outside(c));
      }
      i++;
    }
    return regex.toString();
  }

  private static String outside(char c) {
    return switch (c) {
      case '_' -> ".";
      case '%' -> "(?s:.*)";
      case '\\' -> "\\\\";
      case '$' -> "\\$";
      default -> String.valueOf(c);
    };
  }

  /** Appends a class in brackets; answers where it ends. */
  private static int appendClass(String pattern, int start, int escape, StringBuilder regex) {
    regex.append('[');
    for (int i = start + 1; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == ']') {
        regex.append(']');
        return i;
      }
      if (c == escape) {
        appendEscaped(pattern, ++i, escape, regex);
      } else if (pattern.startsWith("[:", i)) {
        int end = pattern.indexOf(":]", i);
        regex.append(namedClass(pattern, i, end));
        i = end + 1;
      } else if (c != '-' && c != '^' && SPECIAL.indexOf(c) >= 0) {
        throw wrong(pattern);
      } else {
        regex.append(c);
      }
    }
    throw wrong(pattern);
  }

  private static void appendEscaped(String pattern, int at, int escape, StringBuilder regex) {
    char next = at < pattern.length() ? pattern.charAt(at) : 0;
    if (at >= pattern.length() || (next != escape && SPECIAL.indexOf(next) < 0)) {
      throw wrong(pattern);
    }
    regex.append(SPECIAL_IN_REGEX.indexOf(next) >= 0 ? "\\" : "").append(next);
  }

  private static MillraceException wrong(String pattern) {
    return FunctionErrors.badArgument("SIMILAR TO", pattern, "a pattern of SQL");
  }

  private static String namedClass(String pattern, int start, int end) {
    String name = end < 0 ? "" : pattern.substring(start + 2, end);
    String known = CLASSES.get(name.toUpperCase(Locale.ROOT));
    if (known == null) {
      throw wrong(pattern);
    }
    return known;
  }
}
