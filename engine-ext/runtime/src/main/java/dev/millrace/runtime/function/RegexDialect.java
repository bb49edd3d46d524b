// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

/**
 * Where RE2/J and Java's regular expressions agree. They differ in syntax (class intersection,
 * nested classes, some escapes) and, for {@code . $ \s}, on texts with line ends; for flags and
 * word boundaries, on texts beyond ASCII.
 */
final class RegexDialect {
  /** Escapes that both know and read alike. */
  private static final String COMMON_ESCAPES = "dDwWsSbBtnrfA\\.[](){}*+?|^$/-_ \"'#&,:;<=>@!%~`";

  private RegexDialect() {}

  /** The pattern for RE2/J, or null where that engine has no equal. */
  static com.google.re2j.Pattern linear(String regex) {
    if (!isCommon(regex)) {
      return null;
    }
    try {
      return com.google.re2j.Pattern.compile(regex);
    } catch (com.google.re2j.PatternSyntaxException e) {
      return null;
    }
  }

  private static boolean isCommon(String regex) {
    boolean inClass = false;
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      char next = i + 1 < regex.length() ? regex.charAt(i + 1) : 0;
      if (c == '\\') {
        if (next == 0 || COMMON_ESCAPES.indexOf(next) < 0) {
          return false;
        }
        i++;
      } else if (inClass) {
        if (c == '[' || (c == '&' && next == '&')) {
          return false;
        }
        inClass = c != ']';
      } else if (c == '[') {
        inClass = true;
        i += next == '^' ? 1 : 0;
        if (i + 1 < regex.length() && regex.charAt(i + 1) == ']') {
          return false;
        }
      } else if (c == '(' && next == '?' && !regex.startsWith(":", i + 2)) {
        return regex.startsWith("(?i)") && i == 0 && isCommon(regex.substring(4));
      } else if (isPossessive(c, next)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPossessive(char quantifier, char next) {
    return next == '+'
        && (quantifier == '*' || quantifier == '+' || quantifier == '?' || quantifier == '}');
  }

  static boolean meansTheSame(String text, boolean asciiOnly) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lineEnd =
          (c >= '\n' && c <= '\r' && c != '\f') || c == 0x85 || c == 0x2028 || c == 0x2029;
      if (lineEnd || (asciiOnly && c >= 0x80)) {
        return false;
      }
    }
    return true;
  }
}
