// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.util.Locale;
import java.util.Map;

/**
 * Patterns of SIMILAR TO as regular expressions: {@code %} and {@code _} as in LIKE, the other
 * operators ({@code | * + ? {m,n} ( ) [ ]}) as they stand, named classes such as {@code [:DIGIT:]}.
 */
final class SimilarPattern {
  private static final String OPERATORS = "[]()|^-+*?{}";
  private static final String ESCAPABLE = "[]()|^-+*_%?{}";
  private static final String LITERALS = "$\\.";

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
    char escapeChar = escape.isEmpty() ? 0 : escape.charAt(0);
    StringBuilder regex = new StringBuilder();
    boolean inClass = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == escapeChar && escapeChar != 0) {
        regex.append('\\').append(escaped(pattern, ++i, escapeChar));
      } else if (c == '[' && pattern.startsWith("[:", i)) {
        int end = pattern.indexOf(":]", i);
        regex.append(namedClass(pattern, i, end));
        i = end + 1;
      } else if (inClass) {
        inClass = c != ']';
        regex.append(LITERALS.indexOf(c) >= 0 ? "\\" : "").append(c);
      } else if (c == '%') {
        regex.append("(?s:.*)");
      } else if (c == '_') {
        regex.append('.');
      } else {
        inClass = c == '[';
        regex.append(LITERALS.indexOf(c) >= 0 ? "\\" : "").append(c);
      }
    }
    return regex.toString();
  }

  private static char escaped(String pattern, int at, char escape) {
    char next = at < pattern.length() ? pattern.charAt(at) : 0;
    if (next == 0
        || (next != escape && ESCAPABLE.indexOf(next) < 0 && OPERATORS.indexOf(next) < 0)) {
      throw FunctionErrors.badArgument(
          "SIMILAR TO", pattern, "an operator or the escape behind each escape");
    }
    return next;
  }

  private static String namedClass(String pattern, int start, int end) {
    String name = end < 0 ? "" : pattern.substring(start + 2, end).toUpperCase(Locale.ROOT);
    String known = CLASSES.get(name);
    if (known == null) {
      throw FunctionErrors.badArgument("SIMILAR TO", pattern, "a class such as [:DIGIT:]");
    }
    return known;
  }
}
