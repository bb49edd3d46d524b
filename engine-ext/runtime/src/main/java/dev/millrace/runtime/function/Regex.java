// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions at one place of a query; remembers the pattern compiled last. What is no
 * pattern matches nothing, as in Flink. Single-threaded.
 */
public final class Regex {
  private String regex;
  private RegexPattern compiled;

  /** REGEXP. */
  public boolean find(String text, String regex) {
    RegexPattern pattern = regex.isEmpty() ? null : compile(regex);
    return pattern != null && pattern.find(text);
  }

  /** SIMILAR TO. */
  public boolean isSimilar(String text, String pattern) {
    return isSimilar(text, pattern, "");
  }

  public boolean isSimilar(String text, String pattern, String escape) {
    RegexPattern compiledPattern = compile(SimilarPattern.toRegex(pattern, escape));
    if (compiledPattern == null) {
      throw FunctionErrors.badArgument("SIMILAR TO", pattern, "a pattern");
    }
    return compiledPattern.matches(text);
  }

  /** REGEXP_EXTRACT; null where nothing is found. */
  public String extract(String text, String regex) {
    return extract(text, regex, 0);
  }

  public String extract(String text, String regex, int group) {
    RegexPattern pattern = compile(regex);
    return pattern == null ? null : pattern.extract(text, group);
  }

  /** REGEXP_REPLACE; null for what is no pattern. */
  public String replace(String text, String regex, String replacement) {
    RegexPattern pattern = compile(regex);
    return pattern == null ? null : pattern.replaceAll(text, replacement);
  }

  private RegexPattern compile(String wanted) {
    if (!wanted.equals(regex)) {
      compiled = orNull(wanted);
      regex = wanted;
    }
    return compiled;
  }

  private static RegexPattern orNull(String regex) {
    try {
      return RegexPattern.of(regex);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }
}
