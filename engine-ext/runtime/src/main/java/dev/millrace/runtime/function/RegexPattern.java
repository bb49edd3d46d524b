// SPDX-License-Identifier: Apache-2.0
package dev.millrace.runtime.function;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A compiled regular expression of Flink's, that is Java's, syntax. Runs in linear time on RE2/J
 * where that engine means the same by pattern and text, else on {@code java.util.regex} within a
 * bounded number of steps. Immutable.
 */
public final class RegexPattern {
  private final Pattern java;
  private final com.google.re2j.Pattern linear;
  private final boolean asciiOnly;

  private RegexPattern(Pattern java, com.google.re2j.Pattern linear, boolean asciiOnly) {
    this.java = java;
    this.linear = linear;
    this.asciiOnly = asciiOnly;
  }

  /**
   * @throws PatternSyntaxException if it is no pattern
   */
  public static RegexPattern of(String regex) {
    Pattern java = Pattern.compile(regex);
    boolean asciiOnly = regex.contains("(?") || regex.contains("\\b") || regex.contains("\\B");
    return new RegexPattern(java, RegexDialect.linear(regex), asciiOnly);
  }

  /** Whether a part of the text matches. */
  public boolean find(String text) {
    return isLinear(text)
        ? linear.matcher(text).find()
        : guarded(() -> java.matcher(new BoundedText(text)).find());
  }

  public boolean matches(String text) {
    return isLinear(text)
        ? linear.matcher(text).matches()
        : guarded(() -> java.matcher(new BoundedText(text)).matches());
  }

  /** A group of the first match; null without a match or without such a group. */
  public String extract(String text, int group) {
    if (group < 0) {
      return null;
    }
    if (isLinear(text)) {
      com.google.re2j.Matcher matcher = linear.matcher(text);
      return matcher.find() && group <= matcher.groupCount() ? matcher.group(group) : null;
    }
    return guarded(
        () -> {
          Matcher matcher = java.matcher(new BoundedText(text));
          return matcher.find() && group <= matcher.groupCount() ? matcher.group(group) : null;
        });
  }

  /** Every match replaced by the replacement as it stands. */
  public String replaceAll(String text, String replacement) {
    return isLinear(text)
        ? linear.matcher(text).replaceAll(com.google.re2j.Matcher.quoteReplacement(replacement))
        : guarded(
            () ->
                java.matcher(new BoundedText(text))
                    .replaceAll(Matcher.quoteReplacement(replacement)));
  }

  private boolean isLinear(String text) {
    return linear != null && RegexDialect.meansTheSame(text, asciiOnly);
  }

  private static <T> T guarded(java.util.function.Supplier<T> match) {
    try {
      return match.get();
    } catch (StackOverflowError e) {
      throw FunctionErrors.regexTooCostly();
    }
  }
}
